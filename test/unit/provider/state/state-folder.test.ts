import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStateFolder } from "../../../../provider/state/open-state-folder";
import { stateFolderPath, stateFileName } from "../../../../provider/state/state-folder";
import { createTokenFile } from "../../../../provider/http/token";
import { compileTo, packages } from "./compiled";
import { InstantClock } from "../http/virtual-clock";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "cja-state-"));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

/** Only root can give files away. */
const asRoot = process.getuid?.() === 0 ? test : test.skip;
const modeOf = (path: string) => statSync(path).mode & 0o777;

function open(clock = new InstantClock(Date.now())) {
  const warnings: string[] = [];
  const folder = openStateFolder({ XDG_STATE_HOME: home }, (message) => warnings.push(message), clock);
  return { folder, warnings, clock, path: join(home, "pulumi-cja") };
}

describe("stateFolderPath", () => {
  test.each<[NodeJS.ProcessEnv, NodeJS.Platform, string]>([
    [{ HOME: "/home/a", XDG_STATE_HOME: "/var/state" }, "linux", "/var/state/pulumi-cja"],
    [{ HOME: "/home/a" }, "darwin", "/home/a/.local/state/pulumi-cja"],
    [{ HOME: "/home/a", XDG_STATE_HOME: "" }, "linux", "/home/a/.local/state/pulumi-cja"],
    [{ HOME: "/home/a", XDG_STATE_HOME: "relative" }, "linux", "/home/a/.local/state/pulumi-cja"],
    [{ LOCALAPPDATA: "/local" }, "win32", "/local/pulumi-cja"],
    [{ USERPROFILE: "/users/a" }, "win32", "/users/a/AppData/Local/pulumi-cja"],
  ])("%p on %s", (env, platform, expected) => {
    expect(stateFolderPath(env, platform)).toBe(expected);
  });
});

test("names tell the kind, differ by every part, and nothing else", () => {
  const name = stateFileName("token", "https://ims", "client", "secret");
  expect(name).toMatch(/^token-[0-9a-f]{32}$/);
  const others = [
    stateFileName("token", "https://ims", "client"),
    stateFileName("token", "https://im", "sclient", "secret"),
    stateFileName("dialect", "https://ims", "client", "secret"),
  ];
  expect(new Set([name, ...others]).size).toBe(4);
});

describe("on disk", () => {
  test("what one process writes the next one reads, lists and removes", () => {
    open().folder.writeJson("verdict-1", { at: 5 });
    open().folder.writeJson("verdict-2", [1]);
    open().folder.writeJson("intent-1", "x");
    const { folder, warnings } = open();
    expect(folder.shared).toBe(true);
    expect(folder.readJson("verdict-1")).toEqual({ at: 5 });
    expect(folder.list("verdict-").sort()).toEqual(["verdict-1", "verdict-2"]);
    expect([folder.remove("verdict-1"), folder.remove("verdict-1")]).toEqual([true, false]);
    expect(folder.readJson("verdict-1")).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  test("lines are added, by several processes too, and half of one spoils only itself", () => {
    const [one, other] = [open(), open()];
    expect(one.folder.readLines("claim-1")).toEqual([]);
    one.folder.appendLine("claim-1", { a: 1 });
    other.folder.appendLine("claim-1", "two\nlines");
    appendFileSync(join(one.path, "claim-1.jsonl"), '\n{"half');
    other.folder.appendLine("claim-1", [3]);
    expect(one.folder.readLines("claim-1")).toEqual([{ a: 1 }, "two\nlines", [3]]);
    expect(statSync(join(one.path, "claim-1.jsonl")).mode & 0o777).toBe(0o600);
    one.folder.writeLines("claim-1", [4]);
    other.folder.appendLine("claim-1", 5);
    expect(one.folder.readLines("claim-1")).toEqual([4, 5]);
  });

  test("only this user can read it", () => {
    const { folder, path } = open();
    folder.writeJson("token-1", {});
    folder.appendLine("claim-1", {});
    expect(modeOf(path)).toBe(0o700);
    expect(["token-1.json", "claim-1.jsonl"].map((file) => modeOf(join(path, file)))).toEqual([0o600, 0o600]);
  });

  test.each([0o755, 0o750, 0o775, 0o700])(
    "a folder that was there keeps its rights (%#), and the files are private",
    (mode) => {
      mkdirSync(join(home, "pulumi-cja"));
      chmodSync(join(home, "pulumi-cja"), mode);
      const { folder, path, warnings } = open();
      folder.writeJson("token-1", {});
      folder.appendLine("claim-1", {});
      expect(modeOf(path)).toBe(mode);
      expect(["token-1.json", "claim-1.jsonl"].map((file) => modeOf(join(path, file)))).toEqual([0o600, 0o600]);
      expect([folder.shared, warnings]).toEqual([true, []]);
    },
  );

  test("a value replaces the old one whole, and leaves nothing beside it", async () => {
    const { folder, path } = open();
    folder.writeJson("a", { long: "x".repeat(1000) });
    folder.writeJson("a", 1);
    await folder.lock("a", () => folder.writeJson("b", 2));
    expect(readdirSync(path).sort()).toEqual(["a.json", "b.json"]);
    expect(readFileSync(join(path, "a.json"), "utf8")).toBe("1");
  });

  test("a write that fails leaves nothing beside it either", () => {
    const { folder, path } = open();
    mkdirSync(join(path, "a.json"));
    folder.writeJson("a", 1);
    expect(folder.readJson("a")).toBe(1);
    expect([folder.shared, readdirSync(path)]).toEqual([false, ["a.json"]]);
  });

  test("a damaged file is as good as none", () => {
    const { folder, path, warnings } = open();
    writeFileSync(join(path, "a.json"), '{"half": ');
    writeFileSync(join(path, "empty.json"), "");
    expect([folder.readJson("a"), folder.readJson("empty"), folder.readJson("absent")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(warnings).toEqual([]);
  });

  describe("what nobody has touched for a month", () => {
    const hash = "0123456789abcdef0123456789abcdef";
    const aged = (path: string) => lutimesSync(path, 1_000_000_000, 1_000_000_000);

    test.each([
      `${stateFileName("token", "a")}.json`,
      `${stateFileName("created-segments", "a")}.json`,
      `intent-${hash}-7863c010-e092-41c8-ae5e-9e533186752e.json`,
      `intent-${hash}-${hash}.json`,
      `claim-${hash}-5f.jsonl`,
      "claim-5f.jsonl",
      "verdict-5f.lock",
      `sends-${hash}.lock`,
      `sends-${hash}.lock.0123456789ab.tmp`,
      `token-${hash}.json.0123456789ab.tmp`,
      "0123456789ab.tmp",
    ])("goes if it was written here: %s", (name) => {
      const { path } = open();
      writeFileSync(join(path, name), "");
      open();
      expect(readdirSync(path)).toEqual([name]);
      aged(join(path, name));
      open();
      expect(readdirSync(path)).toEqual([]);
    });

    test("goes whatever lies beside it", () => {
      const { folder, path } = open();
      folder.writeJson("token-1", 1);
      const ours = [stateFileName("token", "a"), stateFileName("sends", "a")];
      for (const name of ours) folder.writeJson(name, 1);
      mkdirSync(join(path, "docs"));
      for (const name of readdirSync(path)) aged(join(path, name));
      open();
      expect(readdirSync(path).sort()).toEqual(["docs", "token-1.json"]);
    });

    test.each([
      "notes.json",
      "README.md",
      "token.json",
      "claim-.jsonl",
      "data-5f.jsonl",
      `${hash}.json`,
      `token-${hash}`,
      `token-${hash}.json.bak`,
      `token-${hash}.json.tmp`,
      `Token-${hash}.json`,
      `.token-${hash}.json`,
      `token-${hash}.json\n`,
      "backup.tmp",
      ".gitkeep",
    ])("stays if it is somebody's: %j", (name) => {
      const { path } = open();
      writeFileSync(join(path, name), "somebody's");
      aged(join(path, name));
      open();
      expect(readFileSync(join(path, name), "utf8")).toBe("somebody's");
    });

    test.each(["docs", `token-${hash}.json`, `sends-${hash}.lock`])("stays if it is a folder: %s", (name) => {
      const { path, warnings } = open();
      mkdirSync(join(path, name, "inner"), { recursive: true });
      const inner = [`token-${hash}.json`, "inner/page.md"].map((file) => join(path, name, file));
      for (const file of inner) {
        writeFileSync(file, "somebody's");
        aged(file);
      }
      aged(join(path, name));
      open();
      expect(inner.map((file) => readFileSync(file, "utf8"))).toEqual(["somebody's", "somebody's"]);
      expect(warnings).toEqual([]);
    });

    test.each([
      ["a file", (target: string) => writeFileSync(target, "somebody's")],
      ["a folder", (target: string) => mkdirSync(target)],
      ["nothing", () => undefined],
    ])("stays if it is a link to %s, and so does what it leads to", (_, make) => {
      const { path } = open();
      const target = join(home, `target-${hash}.json`);
      make(target);
      const link = join(path, `token-${hash}.json`);
      symlinkSync(target, link);
      for (const file of readdirSync(home)) aged(join(home, file));
      aged(link);
      const before = readdirSync(home);
      open();
      expect([readdirSync(home), readlinkSync(link)]).toEqual([before, target]);
    });

    asRoot("stays if another user wrote it", () => {
      const { path } = open();
      const file = join(path, `token-${hash}.json`);
      writeFileSync(file, "");
      chownSync(file, 12_345, 12_345);
      aged(file);
      open();
      expect(readdirSync(path)).toEqual([`token-${hash}.json`]);
    });
  });

  describe("what somebody put in the place of a file", () => {
    test("is not read through a link, and the link gives way to what is written", () => {
      const { folder, path, warnings } = open();
      const target = join(home, "target.json");
      writeFileSync(target, '"planted"');
      symlinkSync(target, join(path, "token-1.json"));
      expect(folder.readJson("token-1")).toBeUndefined();
      folder.writeJson("token-1", "ours");
      expect(folder.readJson("token-1")).toBe("ours");
      expect(readFileSync(target, "utf8")).toBe('"planted"');
      expect(warnings).toEqual([]);
    });

    test("gets no lines through a link", () => {
      const { folder, path, warnings } = open();
      const target = join(home, "target.jsonl");
      writeFileSync(target, "");
      symlinkSync(target, join(path, "claim-1.jsonl"));
      folder.appendLine("claim-1", "ours");
      expect(folder.readLines("claim-1")).toEqual(["ours"]);
      expect(readFileSync(target, "utf8")).toBe("");
      expect(warnings).toEqual([expect.stringContaining("ELOOP")]);
    });

    test("holds nobody up as a link for a lock", async () => {
      const { folder, path, clock, warnings } = open();
      symlinkSync(join(home, "nothing"), join(path, "a.lock"));
      expect(await folder.lock("a", () => 1)).toBe(1);
      expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(2_100);
      expect([warnings, readdirSync(path)]).toEqual([[], []]);
    });

    test("is no reason to wait for ever, as a pipe", () => {
      const { folder, path, warnings } = open();
      execFileSync("mkfifo", [join(path, "token-1.json"), join(path, "claim-1.jsonl")]);
      expect([folder.readJson("token-1"), folder.readLines("claim-1")]).toEqual([undefined, []]);
      folder.appendLine("claim-1", "ours");
      expect(folder.readLines("claim-1")).toEqual(["ours"]);
      expect(warnings).toHaveLength(1);
    });

    asRoot("is neither believed nor told anything if it is another user's", () => {
      const { folder, path, warnings } = open();
      const files = ["token-1.json", "claim-1.jsonl"].map((name) => join(path, name));
      for (const file of files) {
        writeFileSync(file, '"planted"', { mode: 0o666 });
        chownSync(file, 12_345, 12_345);
      }
      expect([folder.readJson("token-1"), folder.readLines("claim-1")]).toEqual([undefined, []]);
      folder.appendLine("claim-1", "ours");
      expect(files.map((file) => readFileSync(file, "utf8"))).toEqual(['"planted"', '"planted"']);
      expect(folder.readLines("claim-1")).toEqual(["ours"]);
      expect(warnings).toEqual([expect.stringMatching(/claim-1\.jsonl belongs to another user.*Remove that file/)]);
    });
  });

  test.each(["../escape", "a/b", "", ".hidden", "a.json"])("%p is no name", (name) => {
    const { folder, warnings } = open();
    expect(() => folder.writeJson(name, 1)).toThrow(TypeError);
    expect(() => folder.readJson(name)).toThrow(TypeError);
    expect(warnings).toEqual([]);
  });
});

describe("where the folder cannot be used", () => {
  test("memory takes its place, with one warning", async () => {
    writeFileSync(join(home, "pulumi-cja"), "a file is in the way");
    const { folder, warnings } = open();
    folder.writeJson("a", { b: 1 });
    folder.writeJson("a2", 2);
    expect(folder.shared).toBe(false);
    expect(folder.readJson("a")).toEqual({ b: 1 });
    expect(folder.list("a").sort()).toEqual(["a", "a2"]);
    expect(await folder.lock("a", () => folder.remove("a"))).toBe(true);
    expect(folder.remove("a")).toBe(false);
    expect(warnings).toEqual([
      `the state folder cannot be used (${join(home, "pulumi-cja")}: it is a file): processes do not share tokens, rate limits and records of unfinished requests. Move the file away, or set XDG_STATE_HOME to another folder.`,
    ]);
  });

  test.each([
    ["a folder of ours", () => mkdirSync(join(home, "target"))],
    ["nothing", () => undefined],
  ])("a link to %s is refused, and nothing is written or removed there", (_, make) => {
    make();
    const target = join(home, "target");
    const old = existsSync(target) ? [join(target, `${stateFileName("token", "old")}.json`)] : [];
    for (const file of old) {
      writeFileSync(file, "somebody's");
      lutimesSync(file, 1, 1);
    }
    symlinkSync(target, join(home, "pulumi-cja"));
    const { folder, warnings } = open();
    folder.writeJson("token-1", "secret");
    expect(folder.readJson("token-1")).toBe("secret");
    expect(existsSync(target) ? readdirSync(target).map((name) => join(target, name)) : []).toEqual(old);
    expect([folder.shared, warnings]).toEqual([
      false,
      [
        expect.stringMatching(
          /\(.*pulumi-cja: it is a link\).*Put a folder of your own in its place, or set XDG_STATE_HOME/,
        ),
      ],
    ]);
  });

  test("a folder of another user is refused, and nothing is written there", () => {
    const { path } = open();
    const { getuid } = process;
    process.getuid = () => 12_345;
    try {
      const { folder, warnings } = open();
      folder.writeJson("token-1", "secret");
      expect([folder.shared, readdirSync(path)]).toEqual([false, []]);
      expect(warnings).toEqual([
        expect.stringMatching(/it belongs to another user\).*Give it to the user that runs this/),
      ]);
    } finally {
      if (getuid) process.getuid = getuid;
    }
  });

  test("a link above it is the user's own business", () => {
    mkdirSync(join(home, "elsewhere"));
    symlinkSync(join(home, "elsewhere"), join(home, "state"));
    const folder = openStateFolder({ XDG_STATE_HOME: join(home, "state") }, (message) => expect(message).toBe(""));
    folder.writeJson("token-1", 1);
    expect(readdirSync(join(home, "elsewhere/pulumi-cja"))).toEqual(["token-1.json"]);
  });

  test.each<[string, (path: string) => void]>([
    ["vanishes", (path) => rmSync(path, { recursive: true })],
    [
      "becomes a file",
      (path) => {
        rmSync(path, { recursive: true });
        writeFileSync(path, "");
      },
    ],
  ])("also when it %s later", async (_, spoil) => {
    const { folder, warnings, path } = open();
    folder.writeJson("a", 1);
    spoil(path);
    expect(await folder.lock("a", () => "section")).toBe("section");
    folder.writeJson("a", 2);
    expect(folder.readJson("a")).toBe(2);
    expect(folder.shared).toBe(false);
    expect(warnings).toHaveLength(1);
  });
});

describe("lock", () => {
  test("what the section throws is its caller's, and the lock is free again", async () => {
    const { folder, warnings, clock } = open();
    await expect(
      folder.lock("a", () => {
        throw new Error("mine");
      }),
    ).rejects.toThrow("mine");
    expect(await folder.lock("a", () => 1)).toBe(1);
    expect([warnings, clock.slept]).toEqual([[], []]);
  });

  test("one that a killed process left is taken over after two seconds", async () => {
    const { folder, clock, path, warnings } = open();
    writeFileSync(join(path, "a.lock"), "");
    expect(await folder.lock("a", () => 1)).toBe(1);
    const waited = clock.slept.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThanOrEqual(2_000);
    expect(waited).toBeLessThan(2_100);
    expect(warnings).toEqual([]);
    expect(readdirSync(path)).toEqual([]);
  });

  test("one that passes from hand to hand is waited for", async () => {
    const { folder, clock, path } = open();
    const file = join(path, "a.lock");
    const hand = () => {
      // Another process gave it back and a third one took it: a new file with a new time.
      rmSync(file, { force: true });
      writeFileSync(file, "");
      utimesSync(file, clock.now() / 1000, clock.now() / 1000);
    };
    hand();
    let sections = 0;
    clock.onSleep = () => {
      expect(sections).toBe(0);
      // Each holds it for a second and a half: none is left over, however long all of them take.
      if (clock.slept.length === 1_000) rmSync(file);
      else if (clock.slept.length % 300 === 0) hand();
    };
    await folder.lock("a", () => (sections += 1));
    expect(clock.slept.length).toBe(1_000);
  });

  test("one that is never free ends in memory, with a warning", async () => {
    const { folder, clock, path, warnings } = open();
    const file = join(path, "a.lock");
    clock.onSleep = () => {
      rmSync(file, { force: true });
      writeFileSync(file, "");
      utimesSync(file, clock.now() / 1000, clock.now() / 1000);
    };
    await clock.onSleep(0);
    expect(await folder.lock("a", () => 1)).toBe(1);
    expect(warnings).toHaveLength(1);
  });

  test("who was stopped for so long that the lock was taken does not remove its successor's", async () => {
    const { folder, path } = open();
    const file = join(path, "a.lock");
    await folder.lock("a", () => {
      unlinkSync(file);
      writeFileSync(file, "the successor");
      utimesSync(file, 1, 1);
    });
    expect(readFileSync(file, "utf8")).toBe("the successor");
  });

  test("processes exclude each other, one that is killed inside holds nobody up, and no count is lost", async () => {
    compileTo(home);
    const script = `
      const { openStateFolder } = require(${JSON.stringify(join(home, "state", "open-state-folder.js"))});
      const folder = openStateFolder({ XDG_STATE_HOME: ${JSON.stringify(home)} }, (message) => { throw new Error(message); });
      const [, kill] = process.argv;
      (async () => {
        for (let i = 0; i < 100; i += 1) {
          await folder.lock("count", () => folder.writeJson("count", (folder.readJson("count") ?? 0) + 1));
          if (kill && i === 50) await folder.lock("count", () => process.kill(process.pid, "SIGKILL"));
          await new Promise(setImmediate);
        }
      })();
    `;
    const run = async (...args: string[]) => {
      const child = spawn(process.execPath, ["-e", script, ...args], {
        env: { ...process.env, ...packages },
        stdio: "inherit",
      });
      const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
      return code ?? signal;
    };
    expect(await Promise.all([run(), run(), run("kill")])).toEqual([0, 0, "SIGKILL"]);
    expect(open().folder.readJson("count")).toBe(251);
  });
});

test("a token is kept between processes; damage is no token", () => {
  const name = stateFileName("token", "https://ims", "client", "secret");
  const { folder, path } = open();
  const cache = createTokenFile(folder, name);
  expect(cache.load()).toBeUndefined();
  cache.save({ token: "t-1", expiresAt: 5 });
  expect(createTokenFile(open().folder, name).load()).toEqual({ token: "t-1", expiresAt: 5 });
  for (const damage of [
    '{"token": 5, "expiresAt": 5}',
    '{"token": "t-1"}',
    '{"token": "", "expiresAt": 5}',
    "[]",
    "nothing",
  ]) {
    writeFileSync(join(path, `${name}.json`), damage);
    expect(cache.load()).toBeUndefined();
  }
});
