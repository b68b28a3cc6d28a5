import { startEmulator, type Emulator } from "../../../emulator";
import { UNLIMITED } from "../programs";
import { DoorStack, type Operation, type Program } from "./stack";

/** So many to a page. */
const PAGE = 60;
const COUNT = 500;
const STREAMING = 8;

// In steps: each test goes on where the one before it stopped. What asks is the same client behind both doors: each form through another one.
describe.each([
  ["native", "the newer form", "both", 2],
  ["dynamic", "the older form", "definitions", 3],
] as const)("what %s audiences in %s cost in requests", (door, _, audiences, forAChange) => {
  let emulator: Emulator;
  let stack: DoorStack;
  let ids: readonly string[];
  /** What has been changed so far. */
  const changed = new Map<number, object>();
  const program = (): Program =>
    Object.fromEntries(
      ids.map((adoptId, at) => [
        `audience-${at}`,
        ["Audience", { ...argsOf(at), adoptId, ...changed.get(at) }] as const,
      ]),
    );
  const argsOf = (at: number) => ({
    name: `Audience ${at}`,
    expression: `person.birthYear = ${at}`,
    ...(at === STREAMING && { evaluation: "streaming" as const }),
  });
  const run = async (operation: Operation, program: Program = {}) => {
    emulator.control.clearRequests();
    const ran = await stack.run(operation, program);
    expect(ran.failures).toEqual({});
    const sent = emulator.control
      .requests()
      .filter(({ path }) => !path.startsWith("/ims/"))
      .map(({ method, path }) => `${method} ${path}`);
    return { steps: new Set(Object.values(ran.steps)), sent };
  };
  const writesIn = (sent: readonly string[]) =>
    sent.filter((line) => !line.startsWith("GET ") && !/\/(bulk-get|conversion)$/.test(line));

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false, audiences });
    ids = emulator.control.addAudience(Array.from({ length: COUNT }, (_, at) => argsOf(at))).map(({ id }) => id);
    stack = new DoorStack(door, { ...emulator.environment, ...UNLIMITED });
  });
  afterAll(async () => {
    stack.dispose();
    await emulator.close();
  });

  test(`${COUNT} taken over: the pages of the listing, one, and what finds the form out`, async () => {
    const { steps, sent } = await run("up", program());
    expect([steps, writesIn(sent)]).toEqual([new Set(["create"]), []]);
    expect(sent.length).toBeLessThanOrEqual(Math.ceil(COUNT / PAGE) + 2);
  });

  test("nothing to do: none", async () => {
    const { steps, sent } = await run("up", program());
    expect([steps, sent]).toEqual([new Set(["same"]), []]);
  });

  test(`a refresh of ${COUNT}: the pages of the listing, and one`, async () => {
    const before = [...stack.state].map(([name, { outputs }]) => [name, outputs]);
    const { sent } = await run("refresh");
    expect([[...stack.state].map(([name, { outputs }]) => [name, outputs]), writesIn(sent)]).toEqual([before, []]);
    expect(sent.length).toBeLessThanOrEqual(Math.ceil(COUNT / PAGE) + 1);
  });

  test.each([
    ["a changed one", 7, { description: "new" }],
    ["another expression", 7, { expression: "person.birthYear = 2000" }],
    ["another expression of a streaming one", STREAMING, { expression: "person.birthYear = 2001" }],
  ])(`%s: ${forAChange}, preview and run together`, async (_what, at, changes) => {
    changed.set(at, { ...changed.get(at), ...changes });
    const preview = await run("preview", program());
    const up = await run("up", program());
    expect(up.steps).toEqual(new Set(["same", "update"]));
    expect(writesIn(up.sent)).toHaveLength(1);
    expect(preview.sent.length + up.sent.length).toBeLessThanOrEqual(forAChange);
  });
});
