/**
 * A stack that 0.1.0 made is worked on by the package of today, on the newest Node and the newest SDK. The recorded tarball is what
 * `npm pack` made of 0.1.0 before anything was published; test/engine/old-state.test.ts has the state of an even earlier build.
 */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import { startEmulator, type Emulator } from "../../emulator";
import { PROVIDERS } from "../../sdk/shim";
import type { Stack } from "../engine/harness/stack";
import { stackIn, pulumiYaml } from "./program";
import { dependencies, npm, pack, writeFiles } from "./tarball";

const checkout = resolve(__dirname, "../..");
const RECORDED = join(__dirname, "recorded", "pulumi-cja-0.1.0.tgz");
const run = promisify(execFile);

const program = (threshold: number, release: number) => `
  const cja = require("pulumi-cja");
  const { segment, hits, visits, visitors, dimension, metric } = cja;
  const dataViewId = "dv_dev";
  exports.node = process.version;
  exports.tagged = new cja.Segment("tagged", {
    name: "Big spenders",
    description: "Of each tenant",
    dataViewId,
    definition: segment(visitors(metric("revenue").isAtLeast(${threshold}))),
    tags: ["Web", "Shop"],
    shares: [{ to: "all" }],
    deletionPolicy: "refuseIfUsed",
  }).id;
  new cja.Segment("adopted", {
    name: "Made in the UI",
    dataViewId,
    definition: segment(visits(dimension("device_type").is("Mobile Phone"))),
    adoptId: "s0000_000000000000000000000001",
    deletionPolicy: "retain",
  });
  new cja.Segment("plain", { name: "Products", dataViewId, definition: segment(hits(dimension("page").contains("product"))) });
  new cja.SegmentJob("nightly", {
    segmentIds: ["54669488-03ab-4e0d-a694-37fe49e32be8"],
    triggers: { release: "${release}" },
  });`;

describe("a stack that 0.1.0 made", () => {
  let folder: string;
  let emulator: Emulator;
  let stack: Stack;
  let newest: { env: { PATH: string } };
  const live = () => emulator.control.segments().filter(({ deleted }) => !deleted);
  const wrote = () =>
    emulator.control.requests().filter(({ method, path }) => method !== "GET" && !/^\/ims|search$/.test(path));

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), "pulumi-cja-upgrade-")));
    const jobTiming = { newMs: 0, queuedMs: 0, processingMs: 0 };
    emulator = await startEmulator({ port: 0, limits: false, jobTiming });
    const tarball = await pack(folder);
    const tools = await run(process.execPath, [join(checkout, "tools", "pinned-tools.mjs"), "node-26"]);
    newest = { env: { PATH: [join(tools.stdout.trim(), "bin"), process.env["PULUMI_CJA_TEST_PATH"]].join(delimiter) } };
    emulator.control.addSegment({
      id: "s0000_000000000000000000000001",
      name: "By hand",
      dataViewId: "dv_dev",
      definition: {
        func: "segment",
        version: [1, 0, 0],
        container: {
          func: "container",
          context: "hits",
          pred: { func: "exists", val: { func: "attr", name: "variables/page" } },
        },
      },
    });

    const shop = join(folder, "shop");
    const { "pulumi-cja": today, ...others } = await dependencies(tarball);
    const manifest = (ours: string | undefined, sdk: string | undefined) => ({
      "package.json": {
        name: "shop",
        private: true,
        main: "index.js",
        dependencies: { ...others, "@pulumi/pulumi": sdk, "pulumi-cja": ours },
      },
    });
    await writeFiles(shop, {
      ...manifest(`file:${RECORDED}`, others["@pulumi/pulumi"]),
      "Pulumi.yaml": pulumiYaml,
      "index.js": program(100, 1),
    });
    await npm(shop, "install", "--prefer-offline");
    stack = await stackIn(shop, emulator);
    await stack.up();
    const { Segment: segment, SegmentJob: segmentJob } = PROVIDERS.here;
    const texts = stack.resources().map(({ name, inputs }) => [name, inputs["__provider"]]);
    expect(Object.fromEntries(texts)).toEqual({
      tagged: segment,
      adopted: segment,
      plain: segment,
      nightly: segmentJob,
    });

    await writeFiles(shop, manifest(today, newestSdk()));
    await npm(shop, "install", "--prefer-offline");
  });
  beforeEach(() => emulator.control.clearRequests());
  afterAll(async () => {
    await emulator.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  test("is what the same program wants", async () => {
    const { changes } = await stack.up({ ...newest, args: ["--expect-no-changes"] });
    expect(changes).toEqual({ same: 4 });
    expect(wrote()).toEqual([]);
    expect(stack.outputs()["node"]).toMatch(/^v26\./);
  });

  test("is refreshed", async () => {
    emulator.control.editSegment(stack.resource("plain").id ?? "", { name: "Renamed by hand" });
    const { changes } = await stack.refresh(newest);
    expect(changes).toEqual({ update: 1, same: 3 });
    expect(stack.resource("plain").inputs["name"]).toBe("Renamed by hand");
    expect(wrote()).toEqual([]);
  });

  test("is changed", async () => {
    stack.setProgram(program(250, 2));
    const { changes } = await stack.up(newest);
    expect(changes).toEqual({ update: 2, replace: 1, same: 1 });
    expect(
      live()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["Big spenders", "Made in the UI", "Products"]);
    const { id } = stack.resource("tagged");
    expect(live().find((segment) => segment.id === id)).toMatchObject({
      definition: { container: { pred: { num: 250 } } },
      tags: ["Web", "Shop"],
    });
    expect(emulator.control.jobs()).toHaveLength(2);
  });

  test("is destroyed", async () => {
    const { changes } = await stack.destroy(newest);
    expect(changes).toEqual({ delete: 4 });
    // Its policy says so.
    expect(live()).toMatchObject([{ name: "Made in the UI" }]);
    expect(stack.resources()).toEqual([]);
  });
});

/** What is pinned as the newest CLI is the newest SDK, too. */
function newestSdk(): string | undefined {
  const text = readFileSync(join(checkout, "tools", "pulumi-cli", "cli", "go.mod"), "utf8");
  return /pulumi\/pkg\/v3 v(\S+)/.exec(text)?.[1];
}
