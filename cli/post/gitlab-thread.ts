import { unlessGone } from "./failure";
import { gitlabRequester } from "./gitlab-requester";
import type { Patience } from "./retry-policy";
import { gitlabNotes, gitlabUser, posted } from "./shapes";
import type { Target } from "./target";
import type { Thread } from "./thread";
import { read, told } from "./to-result";
import { GITLAB_WORDS } from "./words";

/** The notes of a merge request on GitLab. https://docs.gitlab.com/api/notes/#merge-requests */
export async function gitlabThread(target: Target, patience: Patience): Promise<Thread> {
  // Its files are many, and who posts nothing should not wait for them.
  const { MergeRequestNotes, Users } = await import("@gitbeaker/rest");
  const { repository: project, pullRequest: iid, token } = target;
  const options = { host: target.apiUrl.replace(/\/api\/v4$/, ""), token, requesterFn: gitlabRequester(patience) };
  const notes = new MergeRequestNotes(options);
  const users = new Users(options);
  const at = `${project}!${iid}`;
  const whose = "tell whose the token is";
  const { id: me } = read(
    GITLAB_WORDS,
    whose,
    gitlabUser,
    await told(GITLAB_WORDS, whose, () => users.showCurrentUser()),
  );

  return {
    list: async () => {
      const what = `list the notes of ${at}`;
      const all: unknown = await told(GITLAB_WORDS, what, () => notes.all(project, iid, { perPage: 100, sort: "asc" }));
      return read(GITLAB_WORDS, what, gitlabNotes, all)
        .filter(({ author, system }) => author?.id === me && !system)
        .map(posted);
    },
    create: async (body) => {
      await told(GITLAB_WORDS, `write a note to ${at}`, () => notes.create(project, iid, body));
    },
    update: async (id, body) => {
      await told(GITLAB_WORDS, `change a note of ${at}`, () => notes.edit(project, iid, id, { body }));
    },
    remove: async (id) => {
      await told(GITLAB_WORDS, `delete a note of ${at}`, () => notes.remove(project, iid, id)).catch(unlessGone);
    },
  };
}
