/** `review --post` as users run it: the compiled command in a process of its own. */
import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { startCommentServer, type CommentServer, type Fault } from "../unit/cli/post/comment-server";
import { services, TOKEN } from "../unit/cli/post/services";

const main = resolve(__dirname, "../../dist/cli/main.js");
const preview = (scene: string): string => join(__dirname, "../unit/cli/post/previews", `${scene}.json`);

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly said: string;
}

const review = (args: readonly string[], environment: Record<string, string>): Promise<Ended> =>
  new Promise((done) => {
    const { PATH = "" } = process.env;
    const child = execFile(
      process.execPath,
      [main, "review", ...args],
      { env: { PATH, ...environment } },
      (_, out, said) => done({ status: child.exitCode, out, said }),
    );
  });

describe.each(services)("on $service", ({ service, dialect, environment }) => {
  let server: CommentServer;
  beforeEach(async () => (server = await startCommentServer(dialect, TOKEN)));
  afterEach(() => server.close());
  const posted = (scene: string, more: Record<string, string> = {}) =>
    review([preview(scene), "--post", service], { ...environment(server.url), ...more });

  test("a comment is made, found again and brought up to date", async () => {
    const made = await posted("create");
    expect(made).toMatchObject({ status: 2, said: "pulumi-cja: web/prod: comment created\n" });
    expect(server.comments[0]?.body).toMatch(/^<!-- pulumi-cja review web\/prod from \S+ in \w+ -->\n/);
    expect(server.comments[0]?.body.endsWith(made.out)).toBe(true);
    expect(await posted("create")).toMatchObject({ said: "pulumi-cja: web/prod: the comment is up to date\n" });
    expect(await posted("nothing")).toMatchObject({ status: 0, said: "pulumi-cja: web/prod: comment updated\n" });
    expect(server.writes()).toEqual(["POST", dialect.edit]);
  });

  test("faults are outlasted, and a comment whose answer was lost is not made twice", async () => {
    const soon = { "retry-after": "0" };
    const down: Fault = { status: 503, headers: soon };
    server.fail("GET", "", down, { status: 429, headers: soon });
    server.fail("POST", "", { status: 429, headers: soon }, { whenDone: { status: 502, headers: soon } });
    expect(await posted("create")).toMatchObject({ status: 2 });
    expect(server.writes()).toEqual(["POST", "POST"]);
    expect(server.comments).toHaveLength(1);
  });

  test("what cannot be posted is printed, and ends with 1 and without the token", async () => {
    server.fail("POST", "", { status: 403, body: { message: `Forbidden for ${TOKEN}` } });
    const refused = await posted("create");
    expect(refused.status).toBe(1);
    expect(refused.out).toContain("Returning");
    expect(refused.said).toMatch(
      /^pulumi-cja: the review was not posted: .*403 Forbidden for \[redacted\]; the token may not/,
    );
    const wrong = await posted("create", { GITHUB_TOKEN: "ghp_WRONG", GITLAB_TOKEN: "ghp_WRONG" });
    expect(wrong.status).toBe(1);
    expect(`${refused.said}${refused.out}${wrong.said}${wrong.out}`).not.toMatch(/SECRET|WRONG/);
  });
});

test("all that is missing is said at once", async () => {
  const { status, out, said } = await review([preview("create"), "--post", "github"], {});
  expect(status).toBe(1);
  expect(out).toContain("Returning");
  expect(said.split("\n")).toHaveLength(5);
});
