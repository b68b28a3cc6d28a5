import { join } from "node:path";
import { reviewCommand } from "../../../../cli/review/command";
import { startCommentServer, type CommentServer } from "./comment-server";
import { github, TOKEN } from "./services";

const file = join(__dirname, "previews", "create.json");
let server: CommentServer;
beforeEach(async () => (server = await startCommentServer(github.dialect, TOKEN)));
afterEach(() => server.close());

/** What happened, in its order. */
async function review(args: readonly string[], environment: Record<string, string> = github.environment(server.url)) {
  const happened: string[] = [];
  server.before = ({ method }) => void happened.push(method);
  const command = reviewCommand({
    write: (text) => void happened.push(text.includes("Returning") ? "printed" : text),
    log: (line) => void happened.push(line),
    standardInput: async () => "",
    environment,
    exit: (status) => void happened.push(`exit ${status}`),
  });
  command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  const error = await command.parseAsync(args, { from: "user" }).then(
    () => undefined,
    (reason: unknown) => (reason instanceof Error ? reason.message : String(reason)),
  );
  return { happened, error };
}

test("a plan is posted after it was printed", async () => {
  const { happened, error } = await review([file, "--post", "github"]);
  expect(happened).toEqual(["printed", "exit 2", "GET", "GET", "POST", "pulumi-cja: web/prod: comment created"]);
  expect(error).toBeUndefined();
});

test("it is posted, too, where a gate is shut or it is printed in another form", async () => {
  const { happened } = await review([file, "--post", "github", "--fail-on", "delete", "--format", "json"]);
  expect(happened).toContain("POST");
  expect(server.comments[0]?.body).toMatch(/^<!-- pulumi-cja review web\/prod from \S+ in \w+ -->\n### /);
});

test("where it is not known where to, it is printed, nothing is sent, and the error tells", async () => {
  const { happened, error } = await review([file, "--post", "github"], {});
  expect(happened).toEqual(["printed", "exit 2"]);
  expect(error).toMatch(/^missing or wrong settings for --post github; nothing was sent/);
});

test("it is posted, too, where a file could not be written, and ends with 1", async () => {
  const { happened } = await review([file, "--post", "github", "--html", __dirname]);
  expect(happened).toEqual([
    "printed",
    expect.stringMatching(/^pulumi-cja: --html .*EISDIR/),
    "exit 1",
    "GET",
    "GET",
    "POST",
    "pulumi-cja: web/prod: comment created",
  ]);
});

test("flags say where to", async () => {
  const elsewhere = ["--repository", "acme/web", "--pull-request", "7"];
  const { error } = await review([file, "--post", "github", ...elsewhere], {
    GITHUB_TOKEN: TOKEN,
    GITHUB_API_URL: server.url,
  });
  expect(error).toBeUndefined();
  expect(server.comments).toHaveLength(1);
});

test.each([
  ["--post", "gitea"],
  ["--post", "github", "--pull-request", "0"],
])("%s %s %s %s is refused", async (...flags) => {
  const { happened, error } = await review([file, ...flags]);
  expect(error).toMatch(/is invalid/);
  expect(happened).toEqual([]);
});

test("without --post nothing is asked", async () => {
  expect((await review([file])).happened).toEqual(["printed", "exit 2"]);
});
