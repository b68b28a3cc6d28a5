import { isExactNumber, readJson, writeJson } from "../../../../definition/json";
import { dynamicProvider } from "../../../../provider/dynamic/resource-provider";
import type { Lifecycle, Values } from "../../../../provider/lifecycle";
import { World } from "../segment-job/world";

/** Case 06: a number that no double holds, beside a condition that the program changes. */
const definitionOf = (number: string, page = "a") =>
  readJson(`{"func":"segment","version":[1,0,0],"container":{"func":"container","context":"hits","pred":{"func":"and","preds":[
    {"func":"eq","num":${number},"val":{"func":"attr","name":"variables/order_number"}},
    {"func":"streq","str":"${page}","val":{"func":"attr","name":"variables/page"}}]}}}`) as object;

const NUMBERS = ["9007199254740993", "0.12345678901234567890", "1e400", "-0"];
const PLACE = "container.pred.preds[0].num";

let world: World;
beforeEach(async () => void (world = await World.start({ dialect: "reference" })));
afterEach(() => world.stop());

const control = () => world.emulator.control;
const exists = (definition: object) =>
  control().addSegment({ name: "Orders", dataViewId: "dv_dev", definition, owner: "Bob" }).id;
const numberOf = (id: string) =>
  /"num":([^,]+)/.exec(
    writeJson(
      control()
        .segments()
        .find((segment) => segment.id === id)?.definition,
    ),
  )?.[1];
const writes = () =>
  control()
    .requests()
    .filter(({ method }) => method === "PUT" || method === "DELETE").length;

describe.each(NUMBERS)("a segment with the number %s", (number) => {
  test("is not taken over, and nothing is written", async () => {
    const adoptId = exists(definitionOf(number));
    const { segments } = world.provider({ CJA_VALIDATE: "never" });
    const inputs = { name: "Orders", dataViewId: "dv_dev", adoptId, definition: definitionOf("7", "b") };
    const { mistakes } = await segments.check({}, inputs);
    expect(mistakes).toEqual([
      {
        path: "adoptId",
        message: expect.stringContaining(`has the number ${number} at ${PLACE}. A program`) as string,
      },
    ]);
    await expect(segments.create(inputs)).rejects.toThrow(`has the number ${number} at ${PLACE}`);
    expect([numberOf(adoptId), writes()]).toEqual([number, 0]);
  });

  test("is read into no state; after its correction in the UI it is", async () => {
    const { segments } = world.provider({ CJA_VALIDATE: "never" });
    const { id, state } = await segments.create({
      name: "Orders",
      dataViewId: "dv_dev",
      definition: definitionOf("7"),
    });
    control().editSegment(id, { definition: definitionOf(number) });
    await expect(segments.read(id, state)).rejects.toThrow(
      `Could not read segment ${id}: its definition has the number ${number} at ${PLACE}, which Pulumi's state would round.`,
    );
    const later = () => world.provider({ CJA_VALIDATE: "never" }).segments;
    expect((await later().diff(id, state, { ...state, definition: definitionOf("7") })).kind).toBe("same");
    await expect(later().read(id, {})).rejects.toThrow(`has the number ${number}`);
    expect(numberOf(id)).toBe(number);
    control().editSegment(id, { definition: definitionOf("8") });
    expect(await later().read(id, state)).toMatchObject({ state: { definition: definitionOf("8") } });
  });

  test("in a program is a mistake with its place", async () => {
    const { segments } = world.provider({ CJA_VALIDATE: "never" });
    const definition = definitionOf(number);
    const { mistakes } = await segments.check({}, { name: "Orders", dataViewId: "dv_dev", definition });
    expect(mistakes).toEqual([
      {
        path: `definition.${PLACE}`,
        message: expect.stringContaining("found a number, which JavaScript would round") as string,
      },
    ]);
  });

  test("can be replaced by what the program says, and deleted", async () => {
    const { segments } = world.provider({ CJA_VALIDATE: "never" });
    const { id, state } = await segments.create({
      name: "Orders",
      dataViewId: "dv_dev",
      definition: definitionOf("7"),
    });
    control().editSegment(id, { definition: definitionOf(number) });
    const after = await segments.update(id, state, { ...state, definition: definitionOf("7", "b") });
    expect(numberOf(id)).toBe("7");
    await world.provider().segments.delete(id, after);
    expect(
      control()
        .segments()
        .find((segment) => segment.id === id)?.deleted,
    ).toBe(true);
  });
});

test("a number that another program has read is refused before it is sent", async () => {
  const { segments } = world.provider({ CJA_VALIDATE: "never" });
  const definition = definitionOf("1e400");
  await expect(segments.create({ name: "Orders", dataViewId: "dv_dev", definition })).rejects.toThrow(
    /the number 1e400 has more digits.* cannot be sent unchanged\. Nothing was sent/,
  );
  expect(control().segments()).toEqual([]);
});

test("one that the service has made of the program's own is no drift, and is not kept", async () => {
  const { segments } = world.provider({ CJA_VALIDATE: "never" });
  const { id, state } = await segments.create({ name: "Orders", dataViewId: "dv_dev", definition: definitionOf("7") });
  control().addFault({ method: "PUT", path: `^/segments/`, process: true, status: 200, body: rewritten(id) });
  const after = await segments.update(id, state, { ...state, definition: definitionOf("7", "b") });
  control().editSegment(id, { definition: definitionOf("9007199254740993", "b") });
  const found = await segments.read(id, after);
  expect(found?.state).toMatchObject({ definition: definitionOf("7", "b") });
  expect(JSON.stringify(found)).not.toContain("900719925474099");
});

const rewritten = (id: string) => ({ id, name: "Orders", definition: definitionOf("9007199254740993", "b") });

test("another's segment with such a number is in nobody's way", async () => {
  exists(definitionOf("9007199254740993"));
  control().addFault({ method: "POST", path: "^/segments$", reset: "after" });
  const { segments } = world.provider({ CJA_VALIDATE: "never" });
  const { id, state } = await segments.create({ name: "Orders", dataViewId: "dv_dev", definition: definitionOf("7") });
  expect(await segments.read(id, state)).toBeDefined();
  expect(control().segments()).toHaveLength(2);
  expect(isExactNumber(readJson("9007199254740993"))).toBe(true);
});

test("a check of values without end is a list of mistakes, through the engine's door, too", async () => {
  let pred: object = {};
  for (let level = 0; level < 200_000; level += 1) pred = { func: "without", pred };
  const definition = { func: "segment", version: [1, 0, 0], container: { func: "container", context: "hits", pred } };
  const { segments, jobs } = world.provider({ CJA_VALIDATE: "never" });
  const checked = async (lifecycle: Lifecycle, olds: Values, news: Values) => {
    const process = { mistakes: [], redact: (text: string) => text, keepSecret: () => undefined };
    const door = dynamicProvider(
      () => undefined,
      () => process,
      () => lifecycle,
    );
    const { failures } = (await door.check?.(olds, news)) ?? {};
    return failures?.map(({ reason }) => reason);
  };
  const news = { name: "Orders", dataViewId: "dv_dev", definition };
  const old = { ...news, definition: definitionOf("7") };
  expect(await checked(segments, {}, news)).toEqual([expect.stringContaining("nested deeper than 100 levels")]);
  expect(await checked(segments, old, news)).toEqual([expect.stringContaining("nested deeper than 100 levels")]);
  const job = { segmentIds: ["a"], triggers: { deep: pred } };
  expect(await checked(jobs, {}, job)).toEqual([expect.stringContaining("nested deeper than 100 levels")]);
});
