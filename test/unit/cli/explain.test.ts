import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { explainCommand } from "../../../cli/explain";
import { dimension, equal, segment, visits } from "../../../definition";
import { startEmulator, type Emulator } from "../../../emulator";

const definition = segment(visits(dimension("page").is("Home")));
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "pulumi-cja-explain-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const file = (content: unknown, name = "segment.json"): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

async function explain(args: readonly string[], input = "", environment: Record<string, string> = {}) {
  let out = "";
  const said: string[] = [];
  const command = explainCommand({
    write: (text) => void (out += text),
    log: (line) => void said.push(line),
    standardInput: async () => input,
    environment,
  });
  command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: (text) => void (out += text) });
  await command.parseAsync(args, { from: "user" });
  return { out, said };
}

test("says a file's definition in words, with its measures", async () => {
  const { out } = await explain([file(definition)]);
  expect(out).toBe('Sessions where page is "Home"\n\n1 condition, 1 level deep\n');
});

test("takes a whole segment, from standard input, too, and its name", async () => {
  const { out } = await explain(["-"], JSON.stringify({ id: "s1", name: "Home", definition }));
  expect(out).toMatch(/^Home\nSessions where/);
});

test("names what has a name", async () => {
  const names = file({ "variables/page": "Page" }, "names.json");
  expect((await explain([file(definition), "--names", names])).out).toContain('Sessions where Page is "Home"');
  await expect(explain([file(definition), "--names", file([1], "list.json")])).rejects.toThrow(
    "is not a list of names",
  );
});

test("calls containers as the API does where that is wanted, in every format that says something", async () => {
  const { out } = await explain([file(definition), "--api-words"]);
  expect(out).toContain('Visits where page is "Home"');
  for (const format of ["mermaid", "json"]) {
    expect((await explain([file(definition), "--api-words", "-f", format])).out).toMatch(/Visits where/);
    expect((await explain([file(definition), "-f", format])).out).toMatch(/Sessions where/);
  }
});

test("draws, tells as data, and writes source", async () => {
  expect((await explain([file(definition), "-f", "mermaid"])).out).toMatch(/^flowchart TD\n/);
  const data = JSON.parse((await explain([file(definition), "-f", "json"])).out) as Record<string, unknown>;
  expect(Object.keys(data)).toEqual(["outline", "measures", "definition"]);
  expect(equal(data["definition"], definition)).toBe(true);
  expect((await explain([file(definition), "--format", "typescript"])).out).toBe(
    'import { dimension, segment, visits } from "pulumi-cja";\n\nexport const definition = segment(visits(dimension("page").is("Home")));\n',
  );
});

test("asks the service for a segment by its ID", async () => {
  const emulator: Emulator = await startEmulator({ limits: false });
  const before = process.env["XDG_STATE_HOME"];
  process.env["XDG_STATE_HOME"] = folder;
  try {
    const { id } = emulator.control.addSegment({ name: "Home", dataViewId: "dv_dev", definition });
    const { out } = await explain([id], "", { ...emulator.environment });
    expect(out).toMatch(/^Home\nSessions where page is "Home"/);
    const gone = id.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    await expect(explain([gone], "", { ...emulator.environment })).rejects.toThrow("there is no such segment");
    await expect(explain([id])).rejects.toThrow(/CJA_ORG_ID is not set/);
  } finally {
    process.env["XDG_STATE_HOME"] = before ?? "";
    if (before === undefined) delete process.env["XDG_STATE_HOME"];
    await emulator.close();
  }
});

test.each([
  ["no file and no ID", () => "nothing.json", /there is no file nothing\.json, and it is not a segment's ID/],
  ["a folder", () => folder, /is a folder/],
  ["half a JSON", () => file('{"func":'), /segment\.json is not JSON/],
  [
    "mistakes in the definition",
    () => file({ ...definition, container: { ...definition.container, context: "hit" } }),
    /the definition has mistakes:\n {2}.*segment\.json: container\.context: found "hit"/,
  ],
])("%s is an error that says so", async (_, source, message) => {
  await expect(explain([source()])).rejects.toThrow(message);
});

test("warnings do not mix with what is printed", async () => {
  const odd = segment(visits(dimension("page").is("Home")));
  const { out, said } = await explain([file({ ...odd, container: { ...odd.container, extra: 1 } })]);
  expect(said).toEqual([expect.stringMatching(/^warning: .*segment\.json: container/)]);
  expect(out).not.toContain("warning");
});

const EXPRESSION = 'homeAddress.countryISO="CA" and\tinSegment("e3be")';
const IN_WORDS = 'homeAddress.countryISO is "CA"\nand is in the audience e3be\n\n';
const LAID_OUT = 'homeAddress.countryISO = "CA"\nand inSegment("e3be")\n\nnames the audiences\n';

test("tells the expression of an audience in words, lays it out, and says which audiences it names and where", async () => {
  const names = file({ e3be: "Buyers" }, "names.json");
  const pql = file(`${EXPRESSION}\n`, "audience.pql");
  expect((await explain([pql])).out).toBe(`${IN_WORDS}${LAID_OUT}  e3be, at line 1, column 43\n`);
  expect((await explain(["-", "--names", names], EXPRESSION)).out).toBe(
    `${IN_WORDS.replace("e3be", "Buyers (e3be)")}${LAID_OUT}  Buyers (e3be), at line 1, column 43\n`,
  );
  expect(JSON.parse((await explain([pql, "--format", "json"])).out)).toEqual({
    sentences: ['homeAddress.countryISO is "CA"', "and is in the audience e3be"],
    lines: ['homeAddress.countryISO = "CA"', 'and inSegment("e3be")'],
    audiences: [{ id: "e3be", at: "line 1, column 43" }],
    expression: `${EXPRESSION}\n`,
  });
});

test("lays out the expression of an audience as the API answers it, and in the form of pql/json", async () => {
  const json = {
    nodeType: "fnApply",
    fnName: "inSegment",
    params: [{ nodeType: "literal", literalType: "String", value: "e3be" }],
  };
  const shown = 'is in the audience e3be\n\ninSegment("e3be")\n\nnames the audiences\n  e3be, at params[0].value\n';
  const answer = (format: string, value: string) => ({ name: "A", expression: { type: "PQL", format, value } });
  expect((await explain([file(json)])).out).toBe(shown);
  expect((await explain([file(answer("pql/json", JSON.stringify(json)))])).out).toBe(`A\n${shown}`);
  expect((await explain([file(answer("pql/text", "a=1"))])).out).toBe("A\na is 1\n\na = 1\n");
  expect((await explain([file({ name: "A", expression: "a=1" })])).out).toBe("A\na is 1\n\na = 1\n");
});

test("tells mistakes of an expression by line and column, and warnings beside what is printed", async () => {
  const wrong = file("a = 1\nand or b.startWith(1)", "wrong.pql");
  await expect(explain([wrong])).rejects.toThrow(
    `the expression has mistakes:\n  ${wrong}: line 2, column 5: found "or", expected a value`,
  );
  const { out, said } = await explain([file('b.startWith("x")', "odd.pql")]);
  expect(out).toBe('b.startWith("x")\n');
  const hidden = (await explain([file('a = "\u202e\u200b"', "hidden.pql")])).out;
  expect(hidden).not.toMatch(/[\u202e\u200b]/);
  expect(said).toEqual([expect.stringMatching(/^warning: .*odd\.pql: line 1, column 3: found "startWith"/)]);
  await expect(explain([file("a = 1", "a.pql"), "--format", "mermaid"])).rejects.toThrow("as text, json, yaml, python");
  await expect(explain([file("a = 1", "a.txt")])).rejects.toThrow("in a file with the ending .pql");
});

describe("writes the expression of an audience for a program in a language without builder:", () => {
  const JSON_FORM = {
    nodeType: "fnApply",
    fnName: "=",
    params: [
      { nodeType: "fieldLookup", fieldName: "active", object: { nodeType: "parameterReference", position: 1 } },
      { nodeType: "literal", literalType: "Boolean", value: true },
    ],
  };

  test.each<[string, unknown, string, string]>([
    ["a text", 'a = "DE"\n', 'expression: a = "DE"\n', 'expression = "a = \\"DE\\""\n'],
    [
      "several lines",
      'a = 1\n  and b = "$"\n',
      'expression: |-\n  a = 1\n    and b = "$"\n',
      'expression = "a = 1\\n  and b = \\"$\\""\n',
    ],
    [
      "what YAML would take for something else",
      '"x: # ${y}" = b',
      "expression: '\"x: # $${y}\" = b'\n",
      'expression = "\\"x: # ${y}\\" = b"\n',
    ],
    [
      "what nobody sees",
      'a = "\u200b"\nand b',
      'expression: "a = \\"\\u200b\\"\\nand b"\n',
      'expression = "a = \\"\\u200b\\"\\nand b"\n',
    ],
    [
      "JSON",
      JSON_FORM,
      `expression:
  nodeType: fnApply
  fnName: =
  params:
    - nodeType: fieldLookup
      fieldName: active
      object:
        nodeType: parameterReference
        position: 1
    - nodeType: literal
      literalType: Boolean
      value: true
`,
      `expression = {
    "nodeType": "fnApply",
    "fnName": "=",
    "params": [
        {
            "nodeType": "fieldLookup",
            "fieldName": "active",
            "object": {"nodeType": "parameterReference", "position": 1},
        },
        {"nodeType": "literal", "literalType": "Boolean", "value": True},
    ],
}
`,
    ],
  ])("%s", async (_, expression, yaml, python) => {
    const source = typeof expression === "string" ? file(expression, "a.pql") : file(expression);
    expect((await explain([source, "--format", "yaml"])).out).toBe(yaml);
    expect((await explain([source, "--format", "python"])).out).toBe(python);
  });

  test("nothing of one with mistakes, or with a number that a program would round", async () => {
    const big = '{"nodeType":"literal","literalType":"Long","value":12345678901234567890}';
    for (const source of [file("a = ", "a.pql"), file(big)])
      for (const format of ["yaml", "python"])
        await expect(explain([source, "--format", format])).rejects.toThrow("the expression has mistakes");
  });
});
