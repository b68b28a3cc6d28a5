import { once } from "node:events";
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../emulator";
import { deviceIs } from "../engine/programs";
import { EVERYTHING } from "../properties";
import { ended, OwnProcesses } from "./own-process";
import { freePort, hasRedis, RedisServer } from "../redis/redis-server";

const suite = hasRedis ? describe : describe.skip;

const SEGMENT = "s300000022_6b02b5cb0000000000000001";

/** Name, arguments, and the status that it ends with. */
const COMMANDS: readonly [string, readonly string[], number][] = [
  ["jobs", ["jobs"], 0],
  ["explain", ["explain", SEGMENT], 0],
  ["export", ["export", "--data-view", "dv_dev", "--out", "exported", "--force"], 0],
  ["compare", ["compare", "dataview:dv_dev", "dataview:dv_prod"], 2],
  ["compare with a stack", ["compare", "stack:dev", "dataview:dv_dev"], 2],
  ["export of a sandbox", ["export", "--sandbox", "prod", "--out", "exported-audiences", "--force"], 0],
  ["compare of sandboxes", ["compare", "sandbox:prod", "sandbox:dev"], 2],
  ["unmanaged of a sandbox", ["unmanaged", "--sandbox", "prod", "--stack", "dev"], 2],
  ["unmanaged", ["unmanaged", "--data-view", "dv_dev", "--stack", "dev"], 2],
  ["check-target", ["check-target", "preview.json"], 0],
  ["holders", ["holders"], 0],
  ["review", ["review", "preview.json"], 2],
  ["review that asks for names", ["review", "--ask", "preview.json"], 2],
  ["drift", ["drift"], 0],
  ["one that fails", ["explain", SEGMENT.replace("1", "2")], 1],
  ["one that is used wrongly", ["export"], 1],
];

const LOOKUPS = [
  `getSegment {"id":"${SEGMENT}"}`,
  'getSegment {"name":"Phones"}',
  'findSegments {"dataViewId":"dv_dev"}',
  'getDataView {"name":"Development"}',
  "findDataViews",
  'getSegmentJob {"id":"job-1"}',
  "findSegmentJobs",
  'getAudience {"id":"audience-1"}',
  "findAudiences",
  "findMergePolicies",
];
const ANSWERED = LOOKUPS.map((lookup) => `${lookup.split(" ")[0] ?? ""}\n`).join("");

/** Each process ends by itself when its work is done; one that does not ends with status 99 and tells what keeps it alive. */
suite("a process with a rate-limit store", () => {
  let emulator: Emulator;
  let processes: OwnProcesses;
  let redis: RedisServer;

  beforeAll(async () => {
    processes = new OwnProcesses();
    emulator = await startEmulator({ limits: false });
    emulator.control.addSegment({ id: SEGMENT, name: "Phones", dataViewId: "dv_dev", definition: deviceIs("Phone") });
    emulator.control.addAudience({ id: "audience-1", name: "Phones" });
    emulator.control.addJob({ id: "job-1", segmentIds: ["*"], status: "SUCCEEDED" });
    copyFileSync(join(__dirname, "../unit/cli/post/previews/create.json"), processes.path("preview.json"));
    mkdirSync(processes.path("bin"));
    const empty = JSON.stringify({ version: 3, deployment: { resources: [] } });
    const script = `#!/bin/sh\n[ "$1" = refresh ] && echo '{ "duration": 1 }' || echo '${empty}'\n`;
    writeFileSync(processes.path("bin/pulumi"), script);
    chmodSync(processes.path("bin/pulumi"), 0o755);
    redis = await RedisServer.start("pass-word");
  });
  afterAll(async () => {
    await redis.stop();
    await emulator.close();
    await processes.dispose();
  });

  const environment = (store?: string) => ({
    ...emulator.environment,
    CJA_REQUESTS_PER_MINUTE: "1000",
    PATH: `${processes.path("bin")}:${process.env["PATH"] ?? ""}`,
    ...(store !== undefined && { CJA_RATE_LIMIT_STORE: store }),
  });

  /** What each command ended with, several of them at a time. */
  async function statuses(store?: string): Promise<Record<string, number | string | null>> {
    const queue = [...COMMANDS];
    const found: Record<string, number | string | null> = {};
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [name, args] = next;
        const placed = args.map((arg) =>
          /^(exported(-audiences)?|preview\.json)$/.test(arg) ? processes.path(arg) : arg,
        );
        const { status, said } = await processes.run("cli", placed, environment(store));
        found[name] = status === 99 ? said : status;
      }
    };
    await Promise.all([work(), work(), work()]);
    return found;
  }

  const EXPECTED = Object.fromEntries(COMMANDS.map(([name, , status]) => [name, status]));

  const STORES: readonly [string, () => Promise<string | undefined> | string][] = [
    ["with a healthy one", () => redis.url],
    ["with one that is not there", async () => `redis://127.0.0.1:${await freePort()}`],
    ["without one", async () => undefined],
  ];
  test.each(EVERYTHING ? STORES : STORES.slice(0, 1))("every command ends %s", async (_, store) => {
    expect(await statuses(await store())).toEqual(EXPECTED);
  });

  /** A command and all lookups, each in a process of its own. @returns what they have said, warnings with their reason */
  async function work(store: string): Promise<string[]> {
    const results = await Promise.all([
      processes.run("cli", ["jobs"], environment(store)),
      processes.run("lookups", LOOKUPS, environment(store)),
    ]);
    const [jobs, lookups] = results;
    expect(results).toEqual([expect.objectContaining({ status: 0 }), expect.objectContaining({ status: 0 })]);
    expect(jobs.written).toContain("SUCCEEDED");
    expect(lookups.written).toBe(ANSWERED);
    return results.map(({ said }) => said);
  }

  // On a slow machine any of them may be lost for a moment, and be back.
  const line = (reason: string) =>
    `(?:warning: the rate-limit store \\(cja:rateLimitStore\\) cannot be used \\(.*(?:${reason}|no answer within).*\\)\\. .*|The .* is back\\.)\\n`;
  const warning = (reason: string) => expect.stringMatching(new RegExp(`^(?:${line(reason)})+$`)) as string;
  const quiet = expect.stringMatching(new RegExp(`^(?:${line("no answer within")})*$`)) as string;

  describe("a command and all lookups end", () => {
    test("with a healthy one, without a word", async () => {
      expect(await work(redis.url)).toEqual([quiet, quiet]);
    });

    test("with one that is not there", async () => {
      const refused = warning("ECONNREFUSED");
      expect(await work(`redis://127.0.0.1:${await freePort()}`)).toEqual([refused, refused]);
    });

    test("with a wrong password", async () => {
      const refused = warning("WRONGPASS");
      expect(await work(redis.url.replace("pass-word", "wrong"))).toEqual([refused, refused]);
    });

    test("with one that takes connections and says nothing", async () => {
      const server = await RedisServer.start();
      try {
        server.freeze();
        const silent = warning("no answer within 2 s");
        expect(await work(server.url)).toEqual([silent, silent]);
      } finally {
        await server.stop();
      }
    });

    test("with something else at its port", async () => {
      const other = createServer((socket) => {
        socket.on("error", () => undefined).resume();
        socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
      });
      other.listen(0, "127.0.0.1");
      await once(other, "listening");
      try {
        const address = other.address();
        const port = typeof address === "object" ? address?.port : undefined;
        const closed = warning("");
        expect(await work(`redis://127.0.0.1:${port}`)).toEqual([closed, closed]);
      } finally {
        other.close();
      }
    });

    test.each([
      ["that is full and evicts nothing", ["--maxmemory", "1mb", "--maxmemory-policy", "noeviction"], "OOM"],
      ["without Lua", ["--rename-command", "EVAL", ""], "unknown command"],
      ["that only reads", ["--replicaof", "127.0.0.1 1", "--replica-serve-stale-data", "no"], "MASTERDOWN"],
    ])("with one %s", async (_, settings, reason) => {
      const server = await RedisServer.start(undefined, settings);
      try {
        expect(await work(server.url)).toEqual([warning(reason), warning(reason)]);
      } finally {
        await server.stop();
      }
    });

    test("with one that evicts what it was told", async () => {
      const server = await RedisServer.start(undefined, ["--maxmemory", "1mb", "--maxmemory-policy", "allkeys-lru"]);
      try {
        expect(await work(server.url)).toEqual([quiet, quiet]);
      } finally {
        await server.stop();
      }
    });
  });

  describe("a program ends whose store", () => {
    /** Looks up, waits while the store is changed, and looks up again. */
    async function inBetween(change: (server: RedisServer) => Promise<void> | void) {
      const server = await RedisServer.start();
      try {
        const asked = ["findDataViews", "wait", "findSegmentJobs"];
        const child = processes.start("lookups", asked, environment(server.url));
        const over = ended(child);
        let written = "";
        await new Promise<void>((waiting) => {
          child.stdout.on("data", (chunk: Buffer) => {
            written += chunk.toString();
            if (written.includes("waiting")) waiting();
          });
          child.once("close", () => waiting());
        });
        await change(server);
        child.stdin.end("on\n");
        return await over;
      } finally {
        await server.stop();
      }
    }
    const written = "findDataViews\nwaiting\nfindSegmentJobs\n";

    test("is restarted meanwhile", async () => {
      const restart = async (server: RedisServer) => {
        await server.kill();
        await server.restart();
      };
      expect(await inBetween(restart)).toMatchObject({ status: 0, written });
    });

    test("goes away meanwhile", async () => {
      const result = await inBetween((server) => server.kill());
      expect(result).toEqual({ status: 0, written, said: warning("") });
    });

    test("stops answering meanwhile", async () => {
      const result = await inBetween((server) => server.freeze());
      expect(result).toEqual({ status: 0, written, said: warning("no answer within . s") });
    });
  });
});
