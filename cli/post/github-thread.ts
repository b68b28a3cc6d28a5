import { unlessGone } from "./failure";
import { askedIdentity, shownIdentity } from "./github-identity";
import { openOctokit } from "./octokit";
import type { Patience } from "./retry-policy";
import { githubComments, githubMade, posted } from "./shapes";
import type { Target } from "./target";
import type { Thread } from "./thread";
import { read, told } from "./to-result";
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

  let isOurs = await askedIdentity(octokit, target.token);
  const create = async (body: string) => {
    const what = `comment on ${at}`;
    return told(GITHUB_WORDS, what, () => octokit.request(`POST ${COMMENTS}`, { ...place, body }));
  };
  const remove = async (id: number) => {
    const what = `delete a comment on ${at}`;
    await told(GITHUB_WORDS, what, () => octokit.request(`DELETE ${COMMENT}`, comment(id))).catch(unlessGone);
  };
  const writeOnce = async () => {
    const { data } = await create("pulumi-cja asks whose its token is. This comment is removed at once.");
    const { id, user } = read(GITHUB_WORDS, `comment on ${at}`, githubMade, data);
    await remove(id);
    return user;
  };

  return {
    list: async () => {
      const what = `list the comments of ${at}`;
      const all = await told(GITHUB_WORDS, what, () =>
        octokit.paginate(`GET ${COMMENTS}`, { ...place, per_page: 100 }),
      );
      const comments = read(GITHUB_WORDS, what, githubComments, all);
      isOurs ??= await shownIdentity(comments, writeOnce);
      return comments.filter(({ user }) => user && isOurs?.(user)).map(posted);
    },
    create: async (body) => void (await create(body)),
    update: async (id, body) => {
      const what = `change a comment on ${at}`;
      await told(GITHUB_WORDS, what, () => octokit.request(`PATCH ${COMMENT}`, { ...comment(id), body }));
    },
    remove,
  };
}
