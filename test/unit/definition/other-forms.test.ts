import { parse } from "../../../definition";
import { readDefinition } from "../../../cli/definition-source";
import { around, exists, PAGE_EXISTS, sequenceOf, step } from "./samples";

const rule = { name: "Mobile", element: "mobiledevicetype", operator: "equals", value: "Mobile Phone" };
const old = { type: "hits", rules: [rule] };
const metric = { func: "calc-metric", formula: { func: "metric", name: "metrics/orders" }, version: [1, 0, 0] };
const pql = { type: "PQL", format: "pql/text", value: 'homeAddress.countryISO = "US"' };
const whole = { id: "s300000022_6b02b5cb0000000000000001", name: "One", definition: PAGE_EXISTS };
const AUDIENCE = /audience/;
const TABLE = /a table \(CSV\)/;

/** What people paste in the place of a definition, with what has to stand in the one sentence that answers it. */
const FORMS: readonly (readonly [what: string, json: unknown, ...told: RegExp[]])[] = [
  ["a definition of Analytics 1.4", { container: old }, /Analytics 1\.4/, /expansion=definition/],
  ["the same with its root", { func: "segment", version: [1, 0, 0], container: old }, /Analytics 1\.4/],
  ["a whole segment of Analytics 1.4", { id: "5433e4e6", definition: { container: old } }, /Analytics 1\.4/],
  ["its container alone", { operator: "or", rules: [rule] }, /Analytics 1\.4/],
  ["its rules alone", [rule], /Analytics 1\.4/],
  [
    "a saved listing",
    { content: [whole], totalElements: 1, lastPage: true },
    /listing of segments/,
    /"definition" of one/,
  ],
  ["an empty listing", { content: [], totalElements: 0 }, /listing of segments/],
  ["a bare list of segments", [whole], /several segments/, /"definition" of one/],
  ["what findSegments answers", { segments: [whole] }, /several segments/],
  ["a whole segment", whole, /whole segment; pass its "definition"/],
  [
    "one without its definition",
    { id: "s1", name: "One", rsid: "dv_1" },
    /without its definition/,
    /expansion=definition/,
  ],
  ["a reference to one", { segmentId: "s1" }, /without its definition/],
  [
    "a filter of Workspace",
    { type: "segment", segmentDefinition: PAGE_EXISTS },
    /Workspace/,
    /pass its "segmentDefinition"/,
  ],
  ["several of them", [{ type: "segment", segmentDefinition: PAGE_EXISTS }], /Workspace/],
  ["a report", { rsid: "dv_1", globalFilters: [{ type: "segment" }] }, /this is a report/, /"globalFilters"/],
  ["an answer of HTTP", { status: 200, headers: {}, data: whole }, /HTTP answer/, /its "data"/],
  ["what Adobe's MCP server takes", { segmentId: "s1", segmentBody: whole }, /MCP/, /"segmentBody"/],
  ["an error of the API", { errorCode: "invalid_data", errorDescription: "no" }, /error of the API/],
  ["a date range", { id: "d1", name: "Last week", definition: "tw-1w/tw" }, /date range/],
  ["a segment with its definition as text", { name: "x", definition: "{}" }, /JSON\.parse/],
  ["a calculated metric", metric, /calculated metric/, /pass the definition of a segment/],
  ["a whole one", { id: "cm1", definition: metric }, /calculated metric/],
  ["an audience", { name: "US", expression: pql, schema: { name: "_xdm.context.profile" } }, AUDIENCE, /PQL/],
  ["its expression", pql, AUDIENCE, /PQL/],
  ["the same as JSON", { nodeType: "fnApply", fnName: "=", params: [] }, AUDIENCE, /PQL/],
  ["several audiences", { segments: [{ id: "a", expression: pql }], page: {} }, AUDIENCE],
  ["a list of audiences", [{ id: "a", expression: pql }], AUDIENCE],
  ["a segment job", { id: "j", status: "NEW", segments: [{ segmentId: "a" }] }, /segment job/],
  ["a listing of jobs", { _page: {}, children: [] }, /segment job/],
  ["what starts one", [{ segmentId: "7863c010-e092-41c8-ae5e-9e533186752e" }], /segment job/, /cja\.SegmentJob/],
  ["JSON as text", JSON.stringify(PAGE_EXISTS), /the object itself/, /JSON\.parse/],
  ["PQL as text", 'homeAddress.countryISO = "US" and person.gender.equals("f", false)', AUDIENCE, /PQL/],
  ["PQL over events", 'select e from xEvent where e.eventType = "x"', AUDIENCE],
  ["PQL over another audience", 'inSegment("7863c010-e092-41c8-ae5e-9e533186752e")', AUDIENCE],
  ["XML", "<segment><container/></segment>", /XML/],
  ["a page", "<!DOCTYPE html>", /HTML/],
  ["a table", "id;name\n1;One", TABLE],
  ["a table with tabs", "id\tname\n1\tOne", TABLE],
  ["YAML", "func: segment\nversion: [1, 0, 0]", /YAML/],
  ["a segment's ID", "s300000022_6b02b5cb0000000000000001", /a segment's ID/, /getSegmentOutput/],
  ["an audience's ID", "7863c010-e092-41c8-ae5e-9e533186752e", /an audience's ID/],
  ["a file's name", "./segments/mobile.json", /a file/, /JSON\.parse/],
];

test.each(FORMS)("%s is named as what it is, in one sentence", (_, json, ...told) => {
  const { errors, warnings, definition } = parse(json);
  expect([errors.length, warnings, definition]).toEqual([1, [], undefined]);
  expect(errors[0]?.path).toBe("");
  for (const part of told as RegExp[]) expect(errors[0]?.message).toMatch(part);
  expect(errors[0]?.message).not.toMatch(/missing, add/);
});

test("explain tells the same of a file's content", async () => {
  const terminal = {
    standardInput: async () => JSON.stringify({ content: [whole] }),
    environment: {},
    log: () => undefined,
  };
  const found = await readDefinition("-", terminal);
  expect(parse("definition" in found && found.definition).errors).toEqual([
    { path: "", message: expect.stringContaining("listing") as string },
  ]);
});

test.each<[string, unknown]>([
  [
    "a definition with fields more",
    { ...PAGE_EXISTS, id: "s1", name: "One", content: [], segments: [], data: 1, status: 2 },
  ],
  ["nothing that is known here", { colour: "red" }],
  ["a text", "Visitors on a phone"],
])("%s is not taken for something else", (_, json) => {
  for (const { message } of parse(json).errors)
    expect(message).toMatch(/^(missing|found the string "Visitors|"segment" has no)/);
});

test("a long text is told by its beginning", () => {
  for (const text of [",".repeat(3e6), " \n".repeat(1e6), "a.".repeat(1e6)]) expect(parse(text).errors).toHaveLength(1);
});

describe("a bare reference as a step", () => {
  const reference = { func: "segment-ref", segmentId: "s300000022_6b02b5cb0000000000000001" };
  const LOGIC = around({ func: "sequence-and", checkpoints: [reference, step] });
  test.each<[string, Record<string, unknown>, string]>([
    ["a sequence", sequenceOf(reference, step), "container.pred.stream[0]"],
    ["a logic group", LOGIC, "container.pred.checkpoints[0]"],
  ])("of %s is a warning", (_, json, path) => {
    expect(parse(json)).toEqual({
      definition: json,
      errors: [],
      warnings: [
        {
          path,
          message: expect.stringMatching(
            /no document shows a bare "segment-ref" as a step: put it into a container/,
          ) as string,
        },
      ],
    });
  });
});

describe("numbers of time", () => {
  const compared = (name: string, fields: object) => around({ func: "eq", ...fields, val: { func: "attr", name } });
  test.each<[string, object, string]>([
    ["variables/daterangeday", { num: 1220114 }, "1220114, which is 2022-02-14 as"],
    ["variables/daterangeday", { func: "eq-in", list: [1201131, 1220114] }, "1201131, which is 2020-12-31 as"],
    ["variables/daterangeday", { num: 1231030 }, "1231030, which is 2023-11-30 as"],
    ["variables/daterangeweek", { num: 1200005 }, "1200005, which is 2020-01-05 as"],
    ["variables/daterangehour", { num: 122011415, func: "ge" }, "122011415, which is 2022-02-14 15:00 as"],
    ["variables/daterangeminute", { num: 12201141530 }, "12201141530, which is 2022-02-14 15:30 as"],
    ["variables/daterangemonth", { num: 12211 }, "12211, which is 2022-12 as"],
  ])("of %s are told as what they are", (name, fields, told) => {
    const { errors, warnings } = parse(compared(name, fields));
    expect([errors, warnings]).toEqual([
      [],
      [{ path: expect.any(String) as string, message: expect.stringContaining(told) as string }],
    ]);
    expect(warnings[0]?.message).toContain("datetime-within");
  });

  test.each<[string, object]>([
    ["variables/page", { num: 1220114 }],
    ["variables/daterangeday", { num: 1221314 }],
    ["variables/daterangeday", { num: 20220214 }],
    ["variables/daterangeday", { num: 7 }],
  ])("are not seen in others: %s, %j", (name, fields) => {
    expect(parse(compared(name, fields)).warnings).toEqual([]);
  });
});

test("what stands in a step's place is checked as ever", () => {
  expect(parse(sequenceOf(exists, step)).errors).toHaveLength(1);
});
