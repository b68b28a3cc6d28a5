import { LOCALES, formatMistake, segmentMistakes } from "../../../model";

const UNKNOWN = Symbol("not known yet");
const isUnknown = (value: unknown) => value === UNKNOWN;
const lines = (given: unknown) => segmentMistakes(given, isUnknown).map(formatMistake);

const pred = { func: "streq", str: "Phone", val: { func: "attr", name: "variables/device_type" } };
const container = { func: "container", context: "visitors", pred };
const definition = { func: "segment", version: [1, 0, 0], container };
const good = { name: "Mobile", dataViewId: "dv_prod", definition };

const DATA_VIEW = 'expected the ID of a data view, such as "dv_66f1c0"';
const ID_CHARACTERS = "without spaces, commas or slashes";
const ADOPT = `expected the ID of an existing segment`;
const DEFINITION = 'expected a segment definition: {"func": "segment", "version": [1, 0, 0], "container": …}';

test.each([
  ["all that is needed", good],
  ["all arguments", { ...good, description: "On a phone", locale: "de_DE", adoptId: "s300000022_5bb7c94e" }],
  ["null, as JSON has it, for optional arguments", { ...good, description: null, locale: null, adoptId: null }],
  ["undefined for optional arguments", { ...good, description: undefined }],
  ["a description that is empty", { ...good, description: "" }],
])("%s is in order", (_what, given) => {
  expect(lines(given)).toEqual([]);
});

test.each(LOCALES)("the locale %s exists", (locale) => {
  expect(lines({ ...good, locale })).toEqual([]);
});

describe("one mistake", () => {
  test.each<[string, object, string]>([
    ["no name", { name: undefined }, "name: found nothing, expected a string that is not empty"],
    ["null as name", { name: null }, "name: found null, expected a string that is not empty"],
    ["an empty name", { name: "" }, 'name: found the string "", expected a string that is not empty'],
    ["a blank name", { name: " \t" }, 'name: found the string " \\t", expected a string that is not empty'],
    [
      "a name cut within a character",
      { name: "a\ud83d" },
      'name: found the string "a\\ud83d", which contains half of an emoji (an unpaired surrogate)',
    ],
    [
      "the same in a condition",
      { definition: { ...definition, container: { ...container, pred: { ...pred, str: "\udc00" } } } },
      'definition.container.pred.str: found the string "\\udc00", which contains half of an emoji (an unpaired surrogate)',
    ],
    ["a number as name", { name: 5 }, "name: found the number 5, expected a string that is not empty"],
    ["a list as name", { name: ["a", "b"] }, "name: found a list of 2, expected a string that is not empty"],
    ["no data view", { dataViewId: undefined }, `dataViewId: found nothing, ${DATA_VIEW}`],
    ["an empty data view", { dataViewId: "" }, `dataViewId: found the string "", ${DATA_VIEW}, ${ID_CHARACTERS}`],
    ["two data views", { dataViewId: "a,b" }, `dataViewId: found the string "a,b", ${DATA_VIEW}, ${ID_CHARACTERS}`],
    [
      "a path as data view",
      { dataViewId: "../x" },
      `dataViewId: found the string "../x", ${DATA_VIEW}, ${ID_CHARACTERS}`,
    ],
    ["true as description", { description: true }, "description: found true, expected a string"],
    ["an object as description", { description: {} }, "description: found an object, expected a string"],
    ["another locale", { locale: "en" }, `locale: found the string "en", expected one of ${LOCALES.join(", ")}`],
    ["an empty adoptId", { adoptId: "" }, `adoptId: found the string "", ${ADOPT}, ${ID_CHARACTERS}`],
    ["a number as adoptId", { adoptId: 7 }, `adoptId: found the number 7, ${ADOPT}`],
    ["no definition", { definition: undefined }, `definition: found nothing, ${DEFINITION}`],
    ["null as definition", { definition: null }, `definition: found null, ${DEFINITION}`],
    [
      "text as definition",
      { definition: JSON.stringify(definition).slice(0, 1) },
      'definition: found the string "{", pass the object itself: {"func": "segment", "version": [1, 0, 0], "container": …}',
    ],
    [
      "a list as definition",
      { definition: [definition] },
      'definition: found a list, write {"func": "segment", "version": [1, 0, 0], "container": …}',
    ],
    [
      "no container",
      { definition: { func: "segment", version: [1, 0, 0] } },
      'definition.container: missing, add "container": {"func": "container", "context": "hits", "pred": …}',
    ],
    [
      "a wrong context",
      { definition: { ...definition, container: { ...container, context: "hit" } } },
      'definition.container.context: found "hit", use "hits"; allowed are "hits", "visits", "visitors"',
    ],
    [
      "a leaf without its operand",
      { definition: { ...definition, container: { ...container, pred: { ...pred, str: undefined } } } },
      'definition.container.pred.str: missing, add "str": "…"',
    ],
    [
      "a number as text",
      {
        definition: {
          ...definition,
          container: { ...container, pred: { func: "gt", num: "5", val: { func: "attr", name: "variables/age" } } },
        },
      },
      'definition.container.pred.num: found the string "5", write the number 5',
    ],
    [
      "an argument that does not exist",
      { xyzzy: 1 },
      "xyzzy: there is no such argument; the arguments are name, dataViewId, definition, description, locale, adoptId, tags, shares, deletionPolicy",
    ],
    [
      "an argument misspelt beside the right one",
      { defintion: {} },
      'defintion: there is no such argument; did you mean "definition"?',
    ],
  ])("%s", (_what, change, line) => {
    expect(lines({ ...good, ...change })).toEqual([line]);
  });

  test("a value longer than a line is shortened", () => {
    const [line] = lines({ ...good, dataViewId: "x y".repeat(100) });
    expect(line).toMatch(/^dataViewId: found the string "x yx y.*…", expected/);
    expect(line?.length).toBeLessThan(200);
  });

  test("signs that mean something to a replacement stay as they are", () => {
    expect(lines({ ...good, dataViewId: "$& $1" })[0]).toContain('found the string "$& $1"');
  });
});

describe("all mistakes at once", () => {
  test("in the order of the arguments, those that do not exist last", () => {
    expect(lines({ zzz: 1, adoptId: 1, definition: 5, name: "" }).map((line) => line.split(":")[0])).toEqual([
      "name",
      "dataViewId",
      "definition",
      "adoptId",
      "zzz",
    ]);
  });

  test("a needed argument under a wrong name is one mistake, and is checked as what was meant", () => {
    expect(lines({ nmae: "", dataviewID: "dv_prod", defintion: { ...definition, version: "1" } })).toEqual([
      'nmae: there is no such argument; did you mean "name"?',
      'nmae: found the string "", expected a string that is not empty',
      'dataviewID: there is no such argument; did you mean "dataViewId"?',
      'defintion: there is no such argument; did you mean "definition"?',
      expect.stringMatching(/^defintion\.version: found the string "1"/),
    ]);
  });
});

describe("in plain JavaScript", () => {
  test.each([
    ["no arguments", undefined],
    ["null", null],
    ["an empty object", {}],
  ])("%s: everything is missing", (_what, given) => {
    expect(lines(given)).toEqual([
      "name: found nothing, expected a string that is not empty",
      `dataViewId: found nothing, ${DATA_VIEW}`,
      `definition: found nothing, ${DEFINITION}`,
    ]);
  });

  test.each([
    ["the number 5", 5],
    ['the string "x"', "x"],
    ["an empty list", []],
    ["a list of 1", [good]],
    ["a function", () => good],
    ["true", true],
    ["a symbol", Symbol("x")],
  ])("%s in place of the arguments is one mistake", (found, given) => {
    expect(lines(given)).toEqual([
      `found ${found} instead of the arguments, expected an object such as { name: …, dataViewId: …, definition: … }`,
    ]);
  });

  test("arguments that are known only later are refused, for nothing could be checked", () => {
    expect(lines(UNKNOWN)).toEqual([
      "found an output or a promise instead of the arguments, expected an object such as { name: …, dataViewId: …, definition: … }; its values may be outputs",
    ]);
  });
});

describe("what is not known yet is skipped", () => {
  test.each(["name", "dataViewId", "definition", "description", "locale", "adoptId"])("the argument %s", (argument) => {
    expect(lines({ ...good, [argument]: UNKNOWN })).toEqual([]);
  });

  test("any part of a definition, and the rest is checked", () => {
    const withUnknown = { ...definition, container: { ...container, context: UNKNOWN, pred: { ...pred, val: 5 } } };
    expect(lines({ ...good, definition: withUnknown }).map((line) => line.split(":")[0])).toEqual([
      "definition.container.pred.val",
    ]);
  });
});
