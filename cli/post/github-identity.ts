import { isRateLimit, ServiceError } from "./failure";
import { markerOf } from "./marker";
import type { openOctokit } from "./octokit";
import { githubUser, githubViewer, type GitHubAuthor, type GitHubComment } from "./shapes";
import { read, told } from "./to-result";
import { GITHUB_WORDS } from "./words";

type Octokit = Awaited<ReturnType<typeof openOctokit>>;

/** Whether this run's identity wrote a comment: by whom GitHub says that it is. */
export type Ours = (author: GitHubAuthor) => boolean;

/** As what every workflow's own token writes. Nobody else can be called so. */
const isWorkflows: Ours = ({ login, type }) => login === "github-actions[bot]" && type === "Bot";

/** The tokens of installations, those of workflows among them: https://github.blog/engineering/behind-githubs-new-authentication-token-formats */
const INSTALLATION = "ghs_";

/**
 * Asks whose a token is. That of an installation may not ask as users do, but GraphQL tells it.
 *
 * @returns undefined where GitHub does not say
 */
export async function askedIdentity(octokit: Octokit, token: string): Promise<Ours | undefined> {
  const what = "tell whose the token is";
  try {
    const { data } = await told(GITHUB_WORDS, what, () => octokit.request("GET /user"));
    return isId(read(GITHUB_WORDS, what, githubUser, data).id);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.failure.status !== 403 || isRateLimit(error.failure)) throw error;
  }
  if (!token.startsWith(INSTALLATION)) return undefined;
  const answer = await octokit.graphql("query { viewer { databaseId } }").catch(() => undefined);
  const { data } = githubViewer.safeParse(answer);
  return data && isId(data.viewer.databaseId);
}

/**
 * Whose a token is, where GitHub does not say: the workflow's bot is taken for us where it has written a review, and of other bots' the
 * answer to a comment of our own tells, which `write` makes and removes.
 *
 * @returns undefined where no bot has written any
 */
export async function shownIdentity(
  comments: readonly GitHubComment[],
  write: () => Promise<GitHubAuthor>,
): Promise<Ours | undefined> {
  const bots = comments.flatMap(({ user, body }) => (user?.type === "Bot" && markerOf(body ?? "") ? [user] : []));
  if (bots.length === 0) return undefined;
  return bots.some(isWorkflows) ? isWorkflows : isId((await write()).id);
}

const isId =
  (id: number): Ours =>
  (author) =>
    author.id === id;
