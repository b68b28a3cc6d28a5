import type { Service } from "../../../../cli/post/post";
import type { Dialect } from "./comment-server";

/** A service, and how a job of its CI tells where it runs. */
export interface TestedService {
  readonly service: Service;
  readonly dialect: Dialect;
  readonly environment: (url: string, run?: number) => Record<string, string>;
}

/** No token of any service, and like one of theirs. */
export const TOKEN = "ghp_0123456789abcdefSECRET";

/** https://docs.github.com/rest/issues/comments */
const github: TestedService = {
  service: "github",
  dialect: {
    user: "/user",
    comments: "/repos/acme/web/issues/7/comments",
    comment: "/repos/acme/web/issues/comments/",
    edit: "PATCH",
    removed: { status: 204 },
    isTooLong: (body) => [...body].length > 65_536,
    hasToken: ({ authorization }, token) => authorization === `token ${token}`,
    shown: ({ id, body, author }) => ({ id, body, user: author, html_url: "https://github.example/7" }),
  },
  environment: (url, run = 1) => ({
    GITHUB_TOKEN: TOKEN,
    GITHUB_API_URL: url,
    GITHUB_REPOSITORY: "acme/web",
    GITHUB_REF: "refs/pull/7/merge",
    GITHUB_SERVER_URL: "https://github.example",
    GITHUB_RUN_ID: String(run),
  }),
};

/** https://docs.gitlab.com/api/notes/#merge-requests */
const gitlab: TestedService = {
  service: "gitlab",
  dialect: {
    user: "/api/v4/user",
    comments: "/api/v4/projects/acme%2Fweb/merge_requests/7/notes",
    comment: "/api/v4/projects/acme%2Fweb/merge_requests/7/notes/",
    edit: "PUT",
    removed: { status: 204 },
    isTooLong: (body) => Buffer.byteLength(body) > 1_000_000,
    hasToken: (headers, token) => headers["private-token"] === token,
    shown: ({ id, body, author, system }) => ({ id, body, author: { id: author.id, username: author.login }, system }),
  },
  environment: (url, run = 1) => ({
    GITLAB_TOKEN: TOKEN,
    CI_API_V4_URL: `${url}/api/v4`,
    CI_PROJECT_ID: "acme/web",
    CI_MERGE_REQUEST_IID: "7",
    CI_PIPELINE_URL: `https://gitlab.example/acme/web/-/pipelines/${run}`,
  }),
};

export const services: readonly TestedService[] = [github, gitlab];
export { github, gitlab };
