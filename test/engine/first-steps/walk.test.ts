/** docs/first-steps.md, walked literally, then the test of docs/testing.md on the program of README.md. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { startEmulator, type Emulator } from "../../../emulator";
import { UNLIMITED } from "../programs";
import { Walk } from "../walk";

const root = resolve(__dirname, "../../..");
let emulator: Emulator;
let walk: Walk;

/** The first block of a page in this language. */
const blockOf = (page: string, language: string): string =>
  new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "m").exec(readFileSync(join(root, page), "utf8"))?.[1] ?? "";
const names = () =>
  emulator.control
    .segments()
    .filter(({ deleted }) => !deleted)
    .map(({ name }) => name)
    .sort();

beforeAll(async () => {
  emulator = await startEmulator({ limits: false });
  walk = await Walk.start("docs/first-steps.md", { ...emulator.environment, ...UNLIMITED });
});
afterAll(async () => {
  walk.dispose();
  await emulator.close();
});

it("a project", async () => {
  await walk.next();
  expect(walk.standsIn).toBe("segments");
});

it("the first segment", async () => {
  expect(await walk.next()).toContain("4 created");
  expect(names()).toEqual(["Big spenders", "Mobile sessions", "Product page, then an order within a week"]);
});

it("review a change", async () => {
  expect(await walk.next()).toContain("+ Persons where revenue is at least 200");
});

it("drift", async () => {
  expect(await walk.next()).toContain("Mobile sessions → Renamed by hand");
  expect(names()).toContain("Mobile sessions");
});

it("a segment job, and another run", async () => {
  const listed = await walk.next();
  expect(emulator.control.jobs()).toHaveLength(1);
  expect(listed).toContain(`\n${emulator.control.jobs()[0]?.id} `);
  expect(await walk.next()).toContain("1 segment job will run");
  expect(emulator.control.jobs()).toHaveLength(2);
});

it("clean up, and the end of the page", async () => {
  await walk.next();
  expect([names(), walk.left]).toEqual([[], 0]);
});

it("a test of one's own", async () => {
  walk.write("index.ts", blockOf("README.md", "ts"));
  walk.write("segments.test.mjs", blockOf("docs/testing.md", "js"));
  expect(await walk.run([blockOf("docs/testing.md", "sh").trim()])).toContain("# pass 1");
});
