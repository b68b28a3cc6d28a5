import { parseAudience, parseMergePolicy } from "../../../../provider/audience/answers";
import { created, definition, external, jsonText, mergePolicies } from "./samples";

/** What is read, and what is warned of. */
function read(answer: unknown) {
  const odd: string[] = [];
  const audience = parseAudience(answer, (name, expected) => void odd.push(`${name}: ${expected}`));
  return { audience, odd };
}

describe("an audience is read", () => {
  it.each([
    [
      "of the audiences page",
      created,
      {
        id: created.id,
        name: "People who ordered in the last 30 days",
        description: "Last 30 days",
        expression: 'workAddress.country = "US"',
        evaluation: "streaming",
        mergePolicyId: "ef006bbe-750e-4e81-85f0-0c6902192dcc",
        schemaName: "_xdm.context.profile",
        lifecycle: "published",
        labels: ["core/C1"],
        ttlInDays: 60,
        originName: "REAL_TIME_CUSTOMER_PROFILE",
        created: "2022-04-19T13:22:52.000Z",
        modified: "2022-04-19T13:22:53.000Z",
        createdBy: "{CREATED_BY_ID}",
        dependents: [],
        dependencies: [],
      },
    ],
    [
      "that others have made, which has no rule, and microseconds",
      external,
      {
        id: external.id,
        name: "externalSegment1",
        description: "Last 30 days",
        lifecycle: "published",
        labels: ["core/C1"],
        originName: "CUSTOM_UPLOAD",
        created: "2022-01-21T06:03:54.000Z",
        modified: "2022-04-14T08:51:54.000Z",
        createdBy: "{CREATED_BY_ID}",
      },
    ],
    [
      "of the segment definitions page, made in 1970",
      definition,
      {
        id: definition.id,
        name: "People who ordered in the last 30 days",
        description: "Last 30 days",
        expression: 'workAddress.country = "US"',
        evaluation: "batch",
        schemaName: "_xdm.context.profile",
        modified: "2020-01-17T20:14:54.000Z",
      },
    ],
  ])("%s", (_, answer, expected) => {
    expect(read(answer)).toEqual({ audience: expected, odd: [] });
  });

  const one = (fields: object) => read({ ...definition, ...fields });
  const expression = (fields: object) =>
    one({ expression: { type: "PQL", format: "pql/text", value: "a = 1", ...fields } });
  const enabled = (...names: string[]) =>
    one({ evaluationInfo: Object.fromEntries(names.map((name) => [name, { enabled: true }])) });

  it.each([
    ["text", expression({}), "a = 1"],
    ["text of a type in lower case", expression({ type: "pql" }), "a = 1"],
    ["text of no type and format", expression({ type: undefined, format: null }), "a = 1"],
    ["JSON in a text", expression({ format: "pql/json", value: jsonText }), JSON.parse(jsonText)],
    ["JSON that is no text", expression({ format: "pql/json", value: { nodeType: "x" } }), { nodeType: "x" }],
  ])("with an expression: %s", (_, { audience, odd }, expected) => {
    expect([audience?.expression, odd]).toEqual([expected, []]);
  });

  it.each([
    [
      "JSON that is none, as a sample has it",
      { format: "pql/json", value: "{PQL_EXPRESSION}" },
      "a string with a JSON object",
    ],
    ["JSON that is a list", { format: "pql/json", value: "[]" }, "a string with a JSON object"],
    ["JSON that is nested too deep", { format: "pql/json", value: "[".repeat(2000) }, "a string with a JSON object"],
    ["another language", { type: "ARL" }, 'expected the type PQL, found "ARL"'],
    ["another form", { format: "pql/xml" }, 'expected pql/text or pql/json, found "pql/xml"'],
    ["no text", { value: 1 }, "value"],
  ])("without an expression that is not understood: %s", (_, fields, expected) => {
    const { audience, odd } = expression(fields);
    expect(audience).toMatchObject({ id: definition.id, evaluation: "batch" });
    expect(audience).not.toHaveProperty("expression");
    expect(odd).toHaveLength(1);
    if (expected !== "value") expect(odd[0]).toContain(expected);
  });

  it("keeps a number of an expression that JavaScript cannot hold", () => {
    const { audience } = expression({ format: "pql/json", value: '{"value":9007199254740993}' });
    expect(String((audience?.expression as { value: unknown }).value)).toBe("9007199254740993");
  });

  it.each([
    ["none is enabled", enabled(), "batch", 0],
    ["none is said", one({ evaluationInfo: undefined }), "batch", 0],
    ["batch", enabled("batch"), "batch", 0],
    ["continuous", enabled("continuous"), "streaming", 0],
    ["synchronous", enabled("synchronous"), "edge", 0],
    ["several", enabled("batch", "synchronous"), undefined, 1],
  ])("with its evaluation: %s", (_, { audience, odd }, expected, warnings) => {
    expect([audience?.evaluation, odd.length]).toEqual([expected, warnings]);
    if (warnings > 0) expect(odd[0]).toContain("found batch and synchronous");
  });

  it.each([
    ["draft", "draft"],
    ["published", "published"],
    ["active", "published"],
    ["inactive", "inactive"],
    ["archived", undefined],
  ])("with its lifecycle: %s", (lifecycleState, expected) => {
    expect(one({ lifecycleState }).audience?.lifecycle).toBe(expected);
  });

  it.each([
    ["seconds", { createEpoch: 1650374572 }, "2022-04-19T13:22:52.000Z"],
    ["milliseconds", { createEpoch: undefined, creationTime: 1650374572000 }, "2022-04-19T13:22:52.000Z"],
    ["microseconds", { createEpoch: 0, creationTime: 1650374572000000 }, "2022-04-19T13:22:52.000Z"],
    ["a text", { createEpoch: "2022-04-19", creationTime: null }, undefined],
    ["after the last change", { createEpoch: 1650374999 }, undefined],
  ])("with the time at which it was made, where it makes sense: %s", (_, fields, expected) => {
    expect(read({ ...created, ...fields }).audience?.created).toBe(expected);
  });

  it.each([[undefined], [null], ["text"], [[]], [{}], [{ id: "" }]])("not at all of %j", (answer) => {
    expect(read(answer).audience).toBeUndefined();
  });
});

test("merge policies are read, with which one is the default and which serves the edge", () => {
  const read = mergePolicies.children.map((answer) => parseMergePolicy(answer, () => undefined));
  expect(read).toEqual([
    {
      id: "0bf16e61-90e9-4204-b8fa-ad250360957b",
      name: "Profile Default Merge Policy",
      schemaName: "_xdm.context.profile",
      default: true,
    },
    {
      id: "42d4a596-b1c6-46c0-994e-ca5ef1f85130",
      name: "Dataset Precedence Merge Policy",
      schemaName: "_xdm.context.profile",
      default: false,
      activeOnEdge: true,
    },
  ]);
});
