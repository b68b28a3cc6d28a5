import { audienceMistakes, formatMistake } from "../../../model";

const UNKNOWN = Symbol("not known yet");
const isUnknown = (value: unknown) => value === UNKNOWN;
const lines = (given: unknown) => audienceMistakes(given, isUnknown).map(formatMistake);

const expression = 'workAddress.country = "US"';
const json = {
  nodeType: "fnApply",
  fnName: "=",
  params: [{ nodeType: "literal", literalType: "XDM:String", value: "US" }],
};
const good = { name: "Home", expression };
const all = {
  ...{
    ...good,
    description: "At home",
    evaluation: "streaming",
    schemaName: "_xdm.context.account",
    lifecycle: "draft",
  },
  ...{ mergePolicy: "Default Timebased", labels: ["core/C1", "C2"], ttlInDays: 30, sandbox: "dev" },
  ...{ adoptId: "7863c010-e092-41c8-ae5e-9e533186752e", deletionPolicy: "deactivate", replaceWithNewId: true },
};

test.each<[string, unknown]>([
  ["all that is needed", good],
  ["all arguments", all],
  ["a merge policy by its ID", { ...good, mergePolicyId: "5c2f3b71-0000-4000-8000-000000000001" }],
  ["an expression in the form of pql/json", { ...good, expression: json }],
  [
    "null, as JSON has it, for optional arguments",
    { ...good, description: null, mergePolicy: null, mergePolicyId: null, labels: null },
  ],
  ["a description that is empty", { ...good, description: "" }],
  ["no labels", { ...good, labels: [] }],
])("%s is in order", (_what, given) => {
  expect(lines(given)).toEqual([]);
});

const EXPRESSION =
  "expected an expression: a string such as 'person.birthYear >= 1990', or JSON in the form of pql/json";

describe("one mistake", () => {
  test.each<[string, object, string]>([
    ["no name", { name: undefined }, "name: found nothing, expected a string that is not empty"],
    ["a blank name", { name: " " }, 'name: found the string " ", expected a string that is not empty'],
    ["no expression", { expression: undefined }, `expression: found nothing, ${EXPRESSION}`],
    ["null as expression", { expression: null }, `expression: found null, ${EXPRESSION}`],
    [
      "a blank expression",
      { expression: "\n" },
      "expression: line 2, column 1: the expression ends, expected a condition",
    ],
    [
      "an empty object",
      { expression: {} },
      'expression: found an object without "nodeType", expected an expression in the form of pql/json, such as { nodeType: "fnApply", fnName: "=", params: [ … ] }',
    ],
    ["a list", { expression: [json] }, `expression: found a list, ${EXPRESSION}`],
    ["a number", { expression: 5 }, `expression: found the number 5, ${EXPRESSION}`],
    [
      "a number that JavaScript rounds",
      { expression: { value: 2 ** 60 } },
      "expression.value: found the number 1152921504606847000, which JavaScript or Pulumi's state would change; write it as a string, in quotes",
    ],
    [
      "half a character in an expression",
      { expression: { ...json, fnName: "\ud83d" } },
      'expression.fnName: found the string "\\ud83d", which contains half of an emoji (an unpaired surrogate)',
    ],
    ["a number as description", { description: 5 }, "description: found the number 5, expected a string"],
    [
      "the service's word for an evaluation",
      { evaluation: "continuous" },
      'evaluation: found the string "continuous", expected one of batch, streaming, edge',
    ],
    [
      "the old word for published",
      { lifecycle: "active" },
      'lifecycle: found the string "active", expected one of draft, published, inactive',
    ],
    [
      "both ways to give a merge policy",
      { mergePolicy: "Default", mergePolicyId: "5c2f" },
      "mergePolicyId: found beside mergePolicy, which is the name of one; give one of the two",
    ],
    [
      "an empty merge policy",
      { mergePolicy: "" },
      'mergePolicy: found the string "", expected the name of a merge policy',
    ],
    [
      "a list of merge policies",
      { mergePolicyId: "a,b" },
      'mergePolicyId: found the string "a,b", expected the ID of a merge policy, without spaces, commas or slashes',
    ],
    [
      "a schema with a space",
      { schemaName: "my schema" },
      'schemaName: found the string "my schema", expected the name of an XDM schema, such as "_xdm.context.profile", without spaces',
    ],
    ["a text as labels", { labels: "C1" }, 'labels: found the string "C1", expected a list of labels'],
    [
      "a label with a space at its end",
      { labels: ["C1 "] },
      'labels[0]: found the string "C1 ", expected the name of a label, such as "C1", without spaces at its ends',
    ],
    [
      "a label twice",
      { labels: ["C1", "C2", "C1"] },
      'labels[2]: found the string "C1" a second time (also at labels[0]); give each once',
    ],
    ["half a day", { ttlInDays: 0.5 }, "ttlInDays: found the number 0.5, expected a whole number of days"],
    ["no day", { ttlInDays: 0 }, "ttlInDays: found the number 0, expected at least 1 day"],
    [
      "the ID of a segment to take over",
      { adoptId: "s300000022_5bb7c94e80f0073611afb35c" },
      'adoptId: found the string "s300000022_5bb7c94e80f0073611afb35c", the ID of a Customer Journey Analytics segment, expected that of an audience of Experience Platform: a UUID',
    ],
    [
      "another deletion policy",
      { deletionPolicy: "keep" },
      'deletionPolicy: found the string "keep", expected one of delete, retain, refuseIfUsed, deactivate',
    ],
    [
      "a word as a flag",
      { replaceWithNewId: "yes" },
      'replaceWithNewId: found the string "yes", expected true or false',
    ],
    [
      "a word for a resource option",
      { tags: [] },
      /^tags: there is no such argument; the arguments are name, expression, /.source,
    ],
  ])("%s", (_what, wrong, expected) => {
    const found = lines({ ...good, ...wrong });
    if (expected.startsWith("^")) expect(found.join("\n")).toMatch(new RegExp(expected));
    else expect(found).toEqual([expected]);
  });
});

test("a misspelt argument is checked as what it was meant to be", () => {
  expect(lines({ name: "Home", expresion: "" })).toEqual([
    'expresion: there is no such argument; did you mean "expression"?',
    "expresion: line 1, column 1: the expression ends, expected a condition",
  ]);
});

test("all mistakes are found at once, in the order of the arguments", () => {
  expect(
    lines({ ttlInDays: -1, labels: ["a", "a"], evaluation: "", expression: "", name: 1 }).map(
      (line) => line.split(":")[0],
    ),
  ).toEqual(["name", "expression", "evaluation", "labels[1]", "ttlInDays"]);
});

test.each(Object.keys(all))("%s that is not known yet is skipped", (name) => {
  expect(lines({ ...all, [name]: UNKNOWN })).toEqual([]);
});

test("what is not known yet is skipped inside of an expression and a list, too", () => {
  expect(lines({ ...good, expression: { ...json, params: [UNKNOWN] }, labels: [UNKNOWN, UNKNOWN] })).toEqual([]);
});

test("a second way to give a merge policy is a mistake before its value is known", () => {
  expect(lines({ ...good, mergePolicy: "Default", mergePolicyId: UNKNOWN })).toHaveLength(1);
});

test.each([undefined, null, 5, "text", [good]])("arguments that are %p are answered in words", (given) => {
  expect(lines(given).length).toBeGreaterThan(0);
});
