/** docs/first-steps.md, walked literally, then what docs/testing.md shows on the program of README.md. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../../emulator";
import { UNLIMITED } from "../programs";
import { blocksOf, checkout, Walk } from "../walk";

let emulator: Emulator;
let walk: Walk;

/** The first block of a page in this language. */
const blockOf = (page: string, language: string): string[] =>
  blocksOf(readFileSync(join(checkout, page), "utf8"), language)[0] ?? [];
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

it("the example's unit tests, and whom a segment selects, as docs/trying.md shows it", async () => {
  const printed = await walk.next();
  expect(printed).toContain("# pass 3");
  expect(printed).toContain(blockOf("docs/trying.md", "text").join("\n"));
});

it("a test of one's own, which leaves stack and emulator as they are", async () => {
  walk.write("segments.test.mjs", blockOf("docs/testing.md", "js").join("\n"));
  const before = emulator.control.requests().length;
  expect(await walk.next()).toContain("# pass 1");
  expect(emulator.control.requests()).toHaveLength(before);
});

it("clean up, and the end of the page", async () => {
  await walk.next();
  expect([names(), walk.left]).toEqual([[], 0]);
});

it("the same test on the program of README.md", async () => {
  walk.write("index.ts", blockOf("README.md", "ts").join("\n"));
  expect(await walk.run(["node --test"])).toContain("# pass 1");
});

it("a CI job, with an emulator of its own on a port of its own", async () => {
  const [, job = []] = blocksOf(readFileSync(join(checkout, "docs/testing.md"), "utf8"));
  const before = emulator.control.requests().length;
  expect(await walk.run(job)).toContain("2 to create");
  expect(emulator.control.requests()).toHaveLength(before);
});
