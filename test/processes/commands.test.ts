import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { startCommentServer } from "../unit/cli/post/comment-server";
import { services, TOKEN } from "../unit/cli/post/services";
import { HOSTILE, obeyed } from "../unit/obeyed";
import { ended, OwnProcesses } from "./own-process";

/** Commands that talk to others than Adobe, whose connections may stay. Each ends by itself when its work is done. */
describe("a process", () => {
  let processes: OwnProcesses;
  beforeAll(() => void (processes = new OwnProcesses()));
  afterAll(() => processes.dispose());

  test.each(services)(
    "that posts to $service ends",
    async ({ service, dialect, environment }) => {
      const server = await startCommentServer(dialect, TOKEN);
      try {
        const preview = join(__dirname, "../unit/cli/post/previews/create.json");
        const result = await processes.run("cli", ["review", preview, "--post", service], environment(server.url));
        expect(result).toMatchObject({ status: 2, said: expect.not.stringContaining("kept alive") as string });
        expect(server.comments).toHaveLength(1);
      } finally {
        await server.close();
      }
    },
    60_000,
  );

  test("that emulates ends when it is told to, whoever holds a connection", async () => {
    const child = processes.start("cli", ["emulate", "--port", "0", "--json"], {});
    const over = ended(child);
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const { url } = JSON.parse(line.toString()) as { url: string };
    expect((await fetch(`${url}/__emulator/limits`)).status).toBe(200);
    const stream = await fetch(`${url}/__emulator/limits`);
    child.kill("SIGTERM");
    expect(await over).toMatchObject({ status: 0, said: "" });
    await stream.body?.cancel().catch(() => undefined);
  });

  test("whose service keeps connections open ends", async () => {
    const server = createServer((request, response) => {
      request.resume();
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify({ access_token: "t", expires_in: 3_600, children: [], _page: { next: "" } }));
    });
    server.keepAliveTimeout = 600_000;
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      const address = server.address();
      const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
      const result = await processes.run("cli", ["jobs"], {
        CJA_ORG_ID: "ORG@AdobeOrg",
        CJA_CLIENT_ID: "client",
        CJA_CLIENT_SECRET: "secret",
        CJA_URL: url,
        CJA_PLATFORM_URL: url,
        CJA_IMS_URL: url,
      });
      expect(result).toMatchObject({ status: 0, written: "No such jobs.\n" });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  const hostile = HOSTILE.join("\n").replace("\u0000", "");
  test.each<readonly [string, readonly string[]]>([
    ["is no command", [hostile]],
    ["is no option", ["jobs", `--${hostile}`]],
    ["is no number", ["jobs", "--limit", hostile]],
    ["is no gate", ["review", "--fail-on", hostile]],
    ["is no file", ["explain", hostile]],
  ])("says nothing that is obeyed, where what it is given %s", async (_, args) => {
    const { status, said } = await processes.run("cli", args, {});
    expect([status, obeyed(said)]).toEqual([1, []]);
    expect(said).toContain("\\u0023vso[");
  });
});
