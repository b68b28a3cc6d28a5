import type { Emulator } from "../../emulator";
import { definition, definitionOf, openEmulator, page, pageIsHome, type Call } from "./client";

/** Parses, but no JSON.stringify would write it: a `__proto__` and a very deep nest. */
const deep = (levels: number): string =>
  `${'{"func":"without","pred":'.repeat(levels)}${JSON.stringify(pageIsHome)}${"}".repeat(levels)}`;
const event = { func: "event", name: "metrics/orders" };
const total = { func: "total", evt: event };
const hits = { func: "container", context: "hits", pred: pageIsHome };
const within = { func: "time-restriction", limit: "within", count: "1", unit: "week", container: "hits" };

describe("definitions", () => {
  let emulator: Emulator;
  let call: Call;
  beforeAll(async () => ({ emulator, call } = await openEmulator()));
  afterAll(() => emulator.close());

  const validate = async (body: unknown): ReturnType<Call> => call("POST", "/segments/validate?rsid=dv_prod", body);

  test.each<[string, unknown]>([
    ["text", pageIsHome],
    ["empty text", { ...pageIsHome, str: "" }],
    ["a list of text", { func: "streq-in", val: page, list: ["a"] }],
    ["a pattern", { func: "matches", val: page, glob: "a*" }],
    ["a number", { func: "gt", val: total, num: 1 }],
    ["a list of numbers", { func: "eq-in", val: total, list: [1, 2] }],
    ["a distinct count", { func: "ge", val: { func: "total-distinct", field: page }, num: 2 }],
    ["an attribute that exists", { func: "exists", val: page, description: "Page exists" }],
    ["an event that exists", { func: "event-exists", evt: event }],
    ["the guide's range", { func: "range", val: { func: "attr", name: "metrics/revenue" }, low: 500, high: null }],
    [
      "a date range",
      { func: "datetime-within", val: page, "interval-value": { func: "datetime-interval-ref", id: "1" } },
    ],
    ["leaves and containers side by side", { func: "and", preds: [pageIsHome, hits, { func: "without", pred: hits }] }],
    ["a sequence with a restriction", { func: "sequence", stream: [hits, within, hits] }],
    ["a prefix with its context", { func: "sequence-prefix", context: "visits", stream: [hits] }],
    ["a logic group", { func: "sequence-or", checkpoints: [hits, hits] }],
  ])("%s is taken", async (_what, pred) => {
    const expected = { valid: true, message: "Segment definition is valid", supported_products: ["oberon", "frag"] };
    expect((await validate(definitionOf(pred))).body).toEqual({ ...expected, validator_version: "1.0.0" });
  });

  test.each<[string, unknown, string]>([
    ["no container", { func: "segment", version: [1, 0, 0] }, "container: is missing"],
    ["a version of text", { ...definition, version: "1.0.0" }, "version: must be three whole numbers"],
    ["a wrong context", definitionOf(pageIsHome, "sessions"), "container.context: must be one of hits"],
    ["no predicate", definitionOf(undefined), "container.pred: must be a JSON object"],
    ["a predicate without function", definitionOf({ str: "x" }), "container.pred.func: must be text"],
    [
      "an unknown function",
      definitionOf({ ...pageIsHome, func: "streq-any-of" }),
      "ImproperFunctionCall: streq-any-of",
    ],
    ["a leaf without operand", definitionOf({ func: "streq", str: "x" }), "container.pred.val: is missing"],
    ["a leaf without value", definitionOf({ func: "streq", val: page }), "container.pred.str: is missing"],
    ["text for a number", definitionOf({ func: "gt", val: total, num: "1" }), "container.pred.num: must be a number"],
    ["numbers in a list of text", definitionOf({ func: "streq-in", val: page, list: [1] }), "must be a list of text"],
    ["an operand without name", definitionOf({ ...pageIsHome, val: { func: "attr" } }), "must be an operand"],
    ["an event as operand", definitionOf({ func: "exists", val: event }), "container.pred.val: must be an operand"],
    ["an empty and", definitionOf({ func: "and", preds: [] }), "preds: must be a list that is not empty"],
    [
      "a mistake deep inside",
      definitionOf({ func: "or", preds: [hits, { func: "not" }] }),
      "preds[1].pred: is missing",
    ],
    ["a restriction outside", definitionOf({ func: "and", preds: [within] }), "preds[0]: belongs into a sequence"],
    [
      "a wrong unit",
      definitionOf({ func: "sequence", stream: [{ ...within, unit: "weeks" }] }),
      "unit: must be minute",
    ],
  ])("%s is refused by validate, POST and PUT", async (_what, wrong, message) => {
    const { status, body } = await validate(wrong);
    expect([status, body.valid]).toEqual([200, false]);
    expect(body.message).toMatch(message);
    const post = await call("POST", "/segments", { name: "A", rsid: "dv_prod", definition: wrong });
    expect([post.status, post.body.errorCode, post.body.errorDescription]).toEqual([400, "invalid_data", body.message]);
    const { id } = (await call("POST", "/segments", { name: "A", rsid: "dv_prod", definition })).body;
    expect((await call("PUT", `/segments/${id}`, { definition: wrong })).body.errorDescription).toBe(body.message);
    expect((await call("GET", `/segments/${id}?expansion=definition`)).body.definition).toEqual(definition);
  });

  test("text instead of a definition is a bad request", async () => {
    const { id } = (await call("POST", "/segments", { name: "A", rsid: "dv_prod", definition })).body;
    const put = await call("PUT", `/segments/${id}`, { definition: JSON.stringify(definition) });
    expect([put.status, put.body.errorDescription]).toEqual([400, "Definition must be formatted as a JSON Object"]);
    for (const body of ['"text"', "[]", "null", "{"]) expect((await validate(body)).status).toBe(400);
  });

  test("a very deep nest is invalid, not a crash", async () => {
    const nest = (levels: number): string =>
      `{"func":"segment","container":{"func":"container","context":"hits","pred":${deep(levels)}}}`;
    expect((await validate(nest(150))).body.valid).toBe(true);
    expect((await validate(nest(400))).body.message).toMatch("is nested too deeply");
    const { status, body } = await validate(nest(200_000));
    expect([status, body.errorDescription]).toEqual([400, expect.stringMatching("nested deeper than 1000 levels")]);
  });

  test("a verdict that a test has set is what validate says, until it is taken back", async () => {
    emulator.control.setVerdict({ valid: false, errors: ["no such component"] });
    expect((await validate(definition)).body.message).toBe("Segment definition is invalid: no such component");
    emulator.control.setVerdict({ valid: true, message: "fine" });
    expect((await validate({})).body).toMatchObject({ valid: true, message: "fine" });
    emulator.control.setVerdict(null);
    expect((await validate({})).body.valid).toBe(false);
  });
});
