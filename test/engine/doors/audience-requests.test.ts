import { startEmulator, type Emulator } from "../../../emulator";
import { UNLIMITED } from "../programs";
import { DoorStack, type Operation, type Program } from "./stack";

/** So many to a page. */
const PAGE = 60;
const COUNT = 500;

// In steps: each test goes on where the one before it stopped. What asks is the same client behind both doors: each form through another one.
describe.each([
  ["native", "the newer form", "both", 2],
  ["dynamic", "the older form", "definitions", 3],
] as const)("what %s audiences in %s cost in requests", (door, _, audiences, forAChange) => {
  let emulator: Emulator;
  let stack: DoorStack;
  let ids: readonly string[];
  const programOf = (descriptionOf: (at: number) => string = () => ""): Program =>
    Object.fromEntries(
      ids.map((adoptId, at) => {
        const description = descriptionOf(at);
        return [
          `audience-${at}`,
          ["Audience", { ...argsOf(at), adoptId, ...(description && { description }) }] as const,
        ];
      }),
    );
  const argsOf = (at: number) => ({ name: `Audience ${at}`, expression: `person.birthYear = ${at}` });
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
    sent.filter((line) => !line.startsWith("GET ") && !line.endsWith("/bulk-get"));

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
    const { steps, sent } = await run("up", programOf());
    expect([steps, writesIn(sent)]).toEqual([new Set(["create"]), []]);
    expect(sent.length).toBeLessThanOrEqual(Math.ceil(COUNT / PAGE) + 2);
  });

  test("nothing to do: none", async () => {
    const { steps, sent } = await run("up", programOf());
    expect([steps, sent]).toEqual([new Set(["same"]), []]);
  });

  test(`a refresh of ${COUNT}: the pages of the listing, and one`, async () => {
    const before = [...stack.state].map(([name, { outputs }]) => [name, outputs]);
    const { sent } = await run("refresh");
    expect([[...stack.state].map(([name, { outputs }]) => [name, outputs]), writesIn(sent)]).toEqual([before, []]);
    expect(sent.length).toBeLessThanOrEqual(Math.ceil(COUNT / PAGE) + 1);
  });

  test(`a changed one: ${forAChange}, preview and run together`, async () => {
    const changed = programOf((at) => (at === 7 ? "new" : ""));
    const preview = await run("preview", changed);
    const up = await run("up", changed);
    expect(up.steps).toEqual(new Set(["same", "update"]));
    expect(writesIn(up.sent)).toHaveLength(1);
    expect(preview.sent.length + up.sent.length).toBeLessThanOrEqual(forAChange);
  });
});
