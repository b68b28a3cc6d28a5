import { z } from "zod";
import { Client, type Access, type ClientOptions } from "./client";
import { CommentServiceError, isRateLimit, ignoreNotFound, type ServiceWords } from "./comment-service-error";
import { parseMarker } from "./marker";
import { toPostedComment } from "./comment-plan";
import type { Thread } from "./reconcile-comments";
import type { Target } from "./target";

const WORDS: ServiceWords = {
  name: "GitHub",
  address: "GITHUB_API_URL",
  token: "GITHUB_TOKEN or GH_TOKEN",
  permission:
    'the token may not write comments: give the job "permissions: pull-requests: write" (on an issue "issues: write"); a token ' +
    "of a person or an app needs the same for this repository. In a run for a pull request from a fork GITHUB_TOKEN is read-only: " +
    "post from a workflow on workflow_run",
  notFound:
    'there is no such pull request, or the token may not see the repository ("permissions: pull-requests: write")',
};

const userSchema = z.looseObject({ id: z.int() });
const author = z.looseObject({ id: z.int(), login: z.string().optional(), type: z.string().optional() });
// Whoever has left GitHub is nobody.
const comment = z.looseObject({ id: z.int(), body: z.string().nullish(), user: author.nullish() });
const createdComment = z.looseObject({ id: z.int(), user: author });
const graphqlViewer = z.looseObject({
  data: z.looseObject({ viewer: z.looseObject({ databaseId: z.int() }) }),
  errors: z.undefined().optional(),
});

/** The comments of a pull request on GitHub. https://docs.github.com/rest/issues/comments */
export async function githubThread(target: Target, options: ClientOptions): Promise<Thread> {
  const access = createAccess(target);
  const client = new Client(access, options);
  const comments = `/repos/${target.repository}/issues/${target.pullRequest}/comments`;
  const pathOf = (id: number) => `/repos/${target.repository}/issues/comments/${id}`;
  const at = `${target.repository}#${target.pullRequest}`;
  const creation = (body: string) => [`comment on ${at}`, { method: "POST", path: comments, body: { body } }] as const;
  const remove = (id: number) =>
    client.send(`delete a comment on ${at}`, { method: "DELETE", path: pathOf(id) }).catch(ignoreNotFound);

  let isOurs = await identifyByApi(access, options, target.token);
  const writeProbe = async () => {
    const [what, request] = creation("pulumi-cja is finding out whose token it has. It removes this comment at once.");
    const { id, user } = await client.request(what, createdComment, request);
    await remove(id);
    return user;
  };
  return {
    list: async () => {
      const all = await client.list(`list the comments of ${at}`, comment, comments);
      isOurs ??= await identifyByComments(all, writeProbe);
      return all.filter(({ user }) => user && isOurs?.(user)).map(toPostedComment);
    },
    create: (body) => client.send(...creation(body)),
    update: (id, body) =>
      client.send(`change a comment on ${at}`, { method: "PATCH", path: pathOf(id), body: { body } }),
    remove,
  };
}

function createAccess({ apiUrl, token }: Target): Access {
  // A JWT has three parts. https://docs.github.com/rest/authentication/authenticating-to-the-rest-api
  const scheme = token.split(".").length === 3 ? "bearer" : "token";
  const headers = { accept: "application/vnd.github+json", authorization: `${scheme} ${token}` };
  return { serviceWords: WORDS, apiUrl, headers, mayRedirect: true };
}

type Author = z.infer<typeof author>;

/** Whether this run's identity wrote a comment: by whom GitHub says that it is. */
type AuthorCheck = (author: Author) => boolean;

const hasId =
  (id: number): AuthorCheck =>
  (author) =>
    author.id === id;

/** As what every workflow's own token writes. Nobody else can be called so. */
const isWorkflowBot: AuthorCheck = ({ login, type }) => login === "github-actions[bot]" && type === "Bot";

/** The tokens of installations, those of workflows among them: https://github.blog/engineering/behind-githubs-new-authentication-token-formats */
const INSTALLATION_TOKEN_PREFIX = "ghs_";

/**
 * Asks whose a token is. That of an installation may not ask as users do, but GraphQL tells it.
 *
 * @returns undefined where GitHub does not say
 */
async function identifyByApi(access: Access, options: ClientOptions, token: string): Promise<AuthorCheck | undefined> {
  const what = "say whose token it is";
  try {
    const { id } = await new Client(access, options).request(what, userSchema, { method: "GET", path: "/user" });
    return hasId(id);
  } catch (error) {
    if (!(error instanceof CommentServiceError) || error.failure.status !== 403 || isRateLimit(error.failure))
      throw error;
  }
  if (!token.startsWith(INSTALLATION_TOKEN_PREFIX)) return undefined;
  // On a server of one's own it is beside version 3, not below. https://docs.github.com/enterprise-server/graphql/guides
  const graphql = new Client({ ...access, apiUrl: access.apiUrl.replace(/\/api\/v3$/, "/api") }, options);
  const body = { query: "query { viewer { databaseId } }" };
  const answer = await graphql
    .request(what, graphqlViewer, { method: "POST", path: "/graphql", body })
    .catch(() => undefined);
  return answer && hasId(answer.data.viewer.databaseId);
}

/**
 * Whose a token is, where GitHub does not say: the workflow's bot is taken for us where it has written a review, and of other bots' the
 * answer to a comment of our own tells, which `write` makes and removes.
 *
 * @returns undefined where no bot has written any
 */
async function identifyByComments(
  comments: readonly z.infer<typeof comment>[],
  write: () => Promise<Author>,
): Promise<AuthorCheck | undefined> {
  const bots = comments.flatMap(({ user, body }) => (user?.type === "Bot" && parseMarker(body ?? "") ? [user] : []));
  if (bots.length === 0) return undefined;
  return bots.some(isWorkflowBot) ? isWorkflowBot : hasId((await write()).id);
}
