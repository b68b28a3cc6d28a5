import { SizeBudget } from "../../../../provider/size/budget";
import { runtimeWorld, type RuntimeWorld } from "../lookup/world";

const text = 'homeAddress.countryISO = "CA"';
const subject = (expression: unknown) => ({ sandbox: "dev", schemaName: "_xdm.context.profile", expression });

let world: RuntimeWorld;
beforeEach(async () => (world = await runtimeWorld()));
afterEach(() => world.stop());

const requests = (method?: string) =>
  world.emulator.control
    .requests()
    .filter((request) => /^\/data\/core\/ups\//.test(request.path) && (method ?? request.method) === request.method)
    .map((request) => `${request.method} ${request.path.replace(/^.*ups/, "").replace(/(estimate).*/, "$1")}`);

test("an expression is estimated once in 24 hours, whoever asks, and polled until it is ready", async () => {
  const [first, same] = await world.runtime.audienceSizes.find([subject(text), subject(text)], new SizeBudget(9));
  expect(first).toEqual({ selected: { size: { persons: expect.any(Number) as number } }, allPersons: 4275 });
  expect(same).toEqual(first);
  expect(requests()).toEqual(["POST /preview", "GET /estimate", "GET /estimate", "GET /estimate"]);
  expect(world.clock.slept).toEqual([2_000, 5_000, 5_000]);
  const budget = new SizeBudget(9);
  expect(await world.another().audienceSizes.find([subject(text)], budget)).toEqual([first]);
  expect([requests().length, budget.requests]).toEqual([4, 0]);
  world.clock.time += 24 * 3_600_000 + 1;
  await world.another().audienceSizes.find([subject(text)], budget);
  expect([requests("POST").length, budget.requests]).toEqual([2, 1]);
});

test("JSON is converted by the service first: only text has estimates", async () => {
  const json = {
    nodeType: "fnApply",
    fnName: "=",
    params: [
      { nodeType: "fieldLookup", fieldName: "countryISO", object: { nodeType: "parameterReference", position: 1 } },
      { nodeType: "literal", literalType: "XDMString", value: "CA" },
    ],
  };
  const [found] = await world.runtime.audienceSizes.find([subject(json)], new SizeBudget(9));
  expect(found?.selected).toHaveProperty("size");
  expect(requests("POST")).toEqual(["POST /segment/conversion", "POST /preview"]);
});

test("an expression that Adobe cannot read has no size, and says why; it is no reason for the next one", async () => {
  const found = await world.runtime.audienceSizes.find([subject("a = ("), subject(text)], new SizeBudget(9));
  expect(found[0]?.selected).toEqual({ unknown: expect.stringContaining("cannot be read") as string });
  expect(found[1]?.selected).toHaveProperty("size");
});

test("what takes longer than 90 seconds is not waited for", async () => {
  world.emulator.control.addFault({
    method: "GET",
    path: "/estimate/",
    status: 200,
    body: { state: "RUNNING" },
    times: 99,
  });
  const [found] = await world.runtime.audienceSizes.find([subject(text)], new SizeBudget(9));
  expect(found?.selected).toEqual({ unknown: "the estimate took longer than 90 seconds" });
  expect(requests("GET").length).toBeLessThanOrEqual(19);
});

test("the limit of a run counts estimates, too", async () => {
  const found = await world.runtime.audienceSizes.find(
    [subject(text), subject(`${text} and a = 1`)],
    new SizeBudget(1),
  );
  expect(found.map(({ selected }) => "size" in selected)).toEqual([true, false]);
  expect(found[1]?.selected).toEqual({ unknown: "the limit of 1 report is reached (--max-reports)" });
});
