import { isRateLimit, ServiceError, unlessGone } from "./failure";
import { openOctokit } from "./octokit";
import type { Patience } from "./patience";
import { githubComments, githubUser, posted, type GitHubAuthor } from "./shapes";
import type { Target } from "./target";
import type { Thread } from "./thread";
import { read, told } from "./told";
import { GITHUB_WORDS } from "./words";

const COMMENTS = "/repos/{owner}/{repo}/issues/{issue_number}/comments";
const COMMENT = "/repos/{owner}/{repo}/issues/comments/{comment_id}";

/** The comments of a pull request on GitHub. https://docs.github.com/rest/issues/comments */
export async function githubThread(target: Target, patience: Patience): Promise<Thread> {
  const octokit = await openOctokit(target, patience);
  const [owner = "", repo = ""] = target.repository.split("/");
  const at = `${target.repository}#${target.pullRequest}`;
  const place = { owner, repo, issue_number: target.pullRequest };
  const comment = (id: number) => ({ owner, repo, comment_id: id });

  const ownership = async (): Promise<(author: GitHubAuthor) => boolean> => {
    const what = "tell whose the token is";
    try {
      const { data } = await told(GITHUB_WORDS, what, () => octokit.request("GET /user"));
      const { id } = read(GITHUB_WORDS, what, githubUser, data);
      return (author) => author.id === id;
    } catch (error) {
      // A workflow's token is no user's, nor is an app's: what they write is a bot's.
      if (!(error instanceof ServiceError) || error.failure.status !== 403 || isRateLimit(error.failure)) throw error;
      return ({ type }) => type === "Bot";
    }
  };
  const isOurs = await ownership();

  return {
    list: async () => {
      const what = `list the comments of ${at}`;
      const all = await told(GITHUB_WORDS, what, () =>
        octokit.paginate(`GET ${COMMENTS}`, { ...place, per_page: 100 }),
      );
      return read(GITHUB_WORDS, what, githubComments, all)
        .filter(({ user }) => user && isOurs(user))
        .map(posted);
    },
    create: async (body) => {
      await told(GITHUB_WORDS, `comment on ${at}`, () => octokit.request(`POST ${COMMENTS}`, { ...place, body }));
    },
    update: async (id, body) => {
      const what = `change a comment on ${at}`;
      await told(GITHUB_WORDS, what, () => octokit.request(`PATCH ${COMMENT}`, { ...comment(id), body }));
    },
    remove: async (id) => {
      const what = `delete a comment on ${at}`;
      await told(GITHUB_WORDS, what, () => octokit.request(`DELETE ${COMMENT}`, comment(id))).catch(unlessGone);
    },
  };
}
