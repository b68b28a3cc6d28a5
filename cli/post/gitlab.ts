import { z } from "zod";
import { Client, type ClientOptions } from "./client";
import { ignoreNotFound, type ServiceWords } from "./comment-service-error";
import { toPostedComment } from "./comment-plan";
import type { Thread } from "./reconcile-comments";
import type { Target } from "./target";

const WORDS: ServiceWords = {
  name: "GitLab",
  address: "CI_API_V4_URL",
  token: "GITLAB_TOKEN",
  permission: "the token may not write notes: it needs the scope api, and the role Reporter or above in the project",
  notFound: "there is no such merge request, or the token may not see the project (scope api, role Reporter or above)",
};

const author = z.looseObject({ id: z.int() });
const note = z.looseObject({
  id: z.int(),
  body: z.string().nullish(),
  author: author.nullish(),
  /** GitLab's own lines: "added 1 commit". */
  system: z.boolean().optional(),
});

/** The notes of a merge request on GitLab. https://docs.gitlab.com/api/notes/#merge-requests */
export async function gitlabThread(target: Target, options: ClientOptions): Promise<Thread> {
  const { apiUrl, repository, pullRequest, token } = target;
  const client = new Client({ serviceWords: WORDS, apiUrl, headers: { "private-token": token } }, options);
  const notes = `/projects/${encodeURIComponent(repository)}/merge_requests/${pullRequest}/notes`;
  const at = `${repository}!${pullRequest}`;
  const { id: me } = await client.request("say whose token it is", author, { method: "GET", path: "/user" });
  return {
    list: async () =>
      (await client.list(`list the notes of ${at}`, note, notes, "&sort=asc"))
        .filter(({ author, system }) => author?.id === me && !system)
        .map(toPostedComment),
    create: (body) => client.send(`write a note to ${at}`, { method: "POST", path: notes, body: { body } }),
    update: (id, body) =>
      client.send(`change a note of ${at}`, { method: "PUT", path: `${notes}/${id}`, body: { body } }),
    remove: (id) =>
      client.send(`delete a note of ${at}`, { method: "DELETE", path: `${notes}/${id}` }).catch(ignoreNotFound),
  };
}
