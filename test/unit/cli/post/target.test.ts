import { githubTarget } from "../../../../cli/post/github-target";
import { gitlabTarget } from "../../../../cli/post/gitlab-target";
import type { TargetFlags } from "../../../../cli/post/target";

const token = "ghp_1";
const noFile = (): string => {
  throw new Error("ENOENT");
};

describe("GitHub", () => {
  const job = { GITHUB_TOKEN: token, GITHUB_REPOSITORY: "acme/web", GITHUB_EVENT_PATH: "event.json" };
  const target = (environment: Record<string, string>, event: unknown = undefined, flags: TargetFlags = {}) => {
    const readFile = event === undefined ? noFile : () => (typeof event === "string" ? event : JSON.stringify(event));
    return githubTarget(flags, { environment, readFile });
  };

  test.each([
    ["a pull request", { pull_request: { number: 7 } }],
    ["a comment on one", { issue: { number: 7, pull_request: { url: "…" } } }],
    ["a workflow that followed one", { workflow_run: { pull_requests: [{ number: 7 }, { number: 8 }] } }],
  ])("the event of %s names it", (_, event) => {
    expect(target(job, event)).toEqual({
      apiUrl: "https://api.github.com",
      repository: "acme/web",
      pullRequest: 7,
      token,
      run: undefined,
    });
  });

  test.each([
    ["none", undefined],
    ["no JSON", "{"],
    ["of something else", { pull_request: "seven" }],
  ])("without such an event (%s) the ref names it", (_, event) => {
    expect(target({ ...job, GITHUB_REF: "refs/pull/12/merge" }, event).pullRequest).toBe(12);
  });

  test.each([
    ["a push", { ref: "refs/heads/main" }, { GITHUB_REF: "refs/heads/main" }],
    ["a comment on an issue", { issue: { number: 7 } }, {}],
    ["a workflow that followed a fork's", { workflow_run: { pull_requests: [] } }, {}],
  ])("%s has no pull request", (_, event, more) => {
    expect(() => target({ ...job, ...more }, event)).toThrow(
      /nothing was sent\.\n {2}no pull request: .*--pull-request/,
    );
  });

  test("flags win, and an Enterprise server is where it says", () => {
    const environment = {
      ...job,
      GITHUB_TOKEN: "",
      GH_TOKEN: " gho_2\n",
      GITHUB_API_URL: "https://ghe.acme.example/api/v3/",
      GITHUB_SERVER_URL: "https://ghe.acme.example",
      GITHUB_RUN_ID: "5",
      GITHUB_RUN_ATTEMPT: "2",
    };
    const flags = { repository: "acme/shop", pullRequest: 9 };
    expect(target(environment, { pull_request: { number: 7 } }, flags)).toEqual({
      apiUrl: "https://ghe.acme.example/api/v3",
      repository: "acme/shop",
      pullRequest: 9,
      token: "gho_2",
      run: "https://ghe.acme.example/acme/web/actions/runs/5/attempts/2",
    });
  });

  test("all that is missing is said at once, with the way out", () => {
    expect(() => target({})).toThrow(
      /^missing or wrong settings for --post github; nothing was sent\.\n {2}no token: .*github\.token.*\n {2}no repository: .*--repository.*\n {2}no pull request: .*$/,
    );
  });

  test.each([
    [{ GITHUB_API_URL: "ftp://x" }, /GITHUB_API_URL is not a URL/],
    [{ GITHUB_API_URL: "https://ada:pass@ghe.example" }, /GITHUB_API_URL is not a URL/],
    [{ GITHUB_TOKEN: "ghp_\u2026SECRET" }, /GITHUB_TOKEN or GH_TOKEN has spaces or characters/],
    [{ GITHUB_TOKEN: "ghp_1\r\nx-evil: SECRET" }, /has spaces or characters/],
    [{ GITHUB_REPOSITORY: "acme/../x" }, /is not owner\/name/],
    [{ GITHUB_REPOSITORY: "acme/.." }, /is not owner\/name/],
  ])("%j is refused, and not shown", (wrong, message) => {
    const attempt = () => target({ ...job, ...wrong }, { pull_request: { number: 7 } });
    expect(attempt).toThrow(message);
    expect(attempt).not.toThrow(/SECRET|ada:pass/);
  });
});

describe("GitLab", () => {
  const job = {
    GITLAB_TOKEN: token,
    CI_PROJECT_ID: "42",
    CI_MERGE_REQUEST_IID: "7",
    CI_API_V4_URL: "https://gitlab.com/api/v4",
  };
  const target = (environment: Record<string, string>, flags: TargetFlags = {}) =>
    gitlabTarget(flags, { environment, readFile: noFile });

  test("a job in a merge request pipeline names all of it", () => {
    expect(target({ ...job, CI_PIPELINE_URL: "https://gitlab.com/acme/web/-/pipelines/5" })).toEqual({
      apiUrl: "https://gitlab.com/api/v4",
      repository: "42",
      pullRequest: 7,
      token,
      run: "https://gitlab.com/acme/web/-/pipelines/5",
    });
  });

  test("flags win, and a server of one's own may live in a folder", () => {
    const environment = { ...job, CI_API_V4_URL: "", CI_SERVER_URL: "https://acme.example/gitlab/" };
    expect(target(environment, { repository: "acme/web", pullRequest: 9 })).toMatchObject({
      apiUrl: "https://acme.example/gitlab/api/v4",
      repository: "acme/web",
      pullRequest: 9,
    });
  });

  test("all that is missing is said at once, with the way out", () => {
    expect(() => target({ CI_JOB_TOKEN: "x" })).toThrow(
      /^missing or wrong settings for --post gitlab; nothing was sent\.\n {2}no token: .*scope api.*CI_JOB_TOKEN cannot write notes.*\n {2}no project: .*\n {2}no merge request: .*\n {2}no address: .*$/,
    );
    expect(() => target({})).not.toThrow(/CI_JOB_TOKEN/);
  });

  test("an address without the API's part is refused", () => {
    expect(() => target({ ...job, CI_API_V4_URL: "https://gitlab.com" })).toThrow(/does not end with \/api\/v4/);
  });
});
