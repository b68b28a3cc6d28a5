import { csvEventReader } from "../../../../definition/evaluate/csv-event";
import { eventTime } from "../../../../definition/evaluate/event-time";
import { isMistaken, readJsonEvent } from "../../../../definition/evaluate/read-event";
import { readEvents } from "../../../../definition/evaluate/read-events";

const good = { person: "p1", session: "s1", time: "2026-03-01T09:30:00Z", values: { "variables/page": "Home" } };
const line = (changed: object): string => JSON.stringify({ ...good, ...changed });

describe("a line of JSON", () => {
  test.each<readonly [string, object]>([
    ["an ISO time", {}],
    ["milliseconds", { time: 1_767_225_600_000 }],
    ["no values", { values: {} }],
    [
      "lists, numbers, booleans and null",
      { values: { "variables/a": ["x", "y"], "metrics/m": [1, 2.5], "variables/b": null, "variables/c": true } },
    ],
    ["a metric as text", { values: { "metrics/m": "12.5" } }],
    ["what persists", { persisted: { "variables/campaign": "Spring" } }],
  ])("with %s is the event as it stands there", (_, changed) => {
    expect(readJsonEvent(line(changed))).toEqual({ ...good, ...changed });
  });

  test.each<readonly [string, string, readonly string[]]>([
    ["no person", line({ person: undefined }), ['"person" is missing, add who did it, as a string']],
    [
      "an empty person and no session",
      line({ person: "", session: undefined }),
      [
        '"person" is missing, add who did it, as a string',
        '"session" is missing, add the session in which it happened, as a string',
      ],
    ],
    ["a number for a person", line({ person: 12 }), ['"person": found the number 12, write a string']],
    [
      "no time",
      line({ time: undefined }),
      ['"time" is missing, write ISO 8601 such as "2026-03-01T09:30:00Z", or milliseconds since 1970'],
    ],
    [
      "a wrong time",
      line({ time: "yesterday" }),
      [
        '"time": found the string "yesterday", write ISO 8601 such as "2026-03-01T09:30:00Z", or milliseconds since 1970',
      ],
    ],
    [
      "an object as a value",
      line({ values: { "variables/page": {} } }),
      ['"variables/page": found an object, write a string, a number, true or false, or a list of them'],
    ],
    [
      "null in a list",
      line({ values: { "variables/page": ["a", null] } }),
      ['"variables/page": found null, write a string, a number, true or false, or a list of them'],
    ],
    [
      "words for a metric",
      line({ values: { "metrics/orders": "many" } }),
      ['"metrics/orders": found the string "many", write a number, or a list of them'],
    ],
    [
      "a rounded number",
      '{"person":"p","session":"s","time":1772357400000,"values":{"variables/id":9007199254740993}}',
      ['"variables/id": found the number 9007199254740992, which JavaScript rounds; write it as a string'],
    ],
    [
      "seconds",
      line({ time: 1772357400 }),
      [
        '"time": found the number 1772357400, which looks like seconds, write ISO 8601 such as "2026-03-01T09:30:00Z", or milliseconds since 1970',
      ],
    ],
    ["no values", line({ values: undefined }), ['"values" is missing, add it: {"variables/page": "Home"}, or {}']],
    [
      "a list of values",
      line({ values: [] }),
      ['"values": found an empty list, write an object: {"variables/page": "Home"}'],
    ],
    [
      "a mistyped field",
      line({ person: undefined, persn: "p" }),
      ['there is no field "persn", did you mean "person"?', '"person" is missing, add who did it, as a string'],
    ],
    ["another field", line({ note: "x" }), ['there is no field "note", remove it']],
    ["a component beside the values", line({ "variables/page": "Home" }), ['"variables/page" belongs into "values"']],
    [
      "a mistyped kind",
      line({ values: { "variable/page": "Home" } }),
      ['"values": found "variable/page", did you mean "variables/page"?'],
    ],
    [
      "a component without a kind",
      line({ values: { page: "Home" } }),
      [
        '"values": found "page", write the ID of a dimension such as "variables/page" or of a metric such as "metrics/orders"',
      ],
    ],
    ["text", '"p1"', ['found the string "p1", write an event: {"person": …, "session": …, "time": …, "values": {…}}']],
    [
      "a list of events",
      `[${line({})}]`,
      [
        'found a list, write an event: {"person": …, "session": …, "time": …, "values": {…}}; write each event on a line of its own, without a list',
      ],
    ],
  ])("with %s says what to do", (_, text, mistakes) => {
    expect(readJsonEvent(text)).toEqual({ mistakes });
  });

  it("that is no JSON says so", () => {
    expect(readJsonEvent("p1,s1")).toEqual({ mistakes: [expect.stringMatching(/^is not JSON: /)] });
    expect(readJsonEvent("[")).toEqual({ mistakes: [expect.stringMatching(/without a list$/)] });
  });
});

describe("a row", () => {
  const HEADER = ["person", "session", "time", "variables/page", "metrics/orders", "persisted/variables/campaign"];
  const read = (cells: readonly string[], header: readonly string[] = HEADER) => {
    const reader = csvEventReader(header);
    return isMistaken(reader) ? reader : reader(cells);
  };
  const WHEN = "2026-03-01T09:30:00Z";

  it("has values in its columns, several of them between signs, and none where a cell is empty", () => {
    expect(read(["p1", "s1", WHEN, "a|b\\|c", "2", "Spring"])).toEqual({
      ...{ person: "p1", session: "s1", time: WHEN },
      values: { "variables/page": ["a", "b|c"], "metrics/orders": 2 },
      persisted: { "variables/campaign": "Spring" },
    });
    expect(read(["p1", "s1", "1767225600000", "", "", ""])).toEqual({
      person: "p1",
      session: "s1",
      time: 1_767_225_600_000,
      values: {},
    });
  });

  test.each<readonly [string, readonly string[], readonly string[]]>([
    ["without a person", ["", "s1", WHEN, "", "", ""], ['"person" is missing, add who did it, as a string']],
    [
      "with a wrong time and a wrong number",
      ["p", "s", "20260301", "", "many", ""],
      [
        '"metrics/orders": found the string "many", write a number, or a list of them',
        '"time": found the string "20260301", write ISO 8601 such as "2026-03-01T09:30:00Z", or milliseconds since 1970',
      ],
    ],
    [
      "that is too short",
      ["p"],
      ["has 1 of the 6 cells of the first line; a comma in a value needs quotes around the value"],
    ],
  ])("%s says what to do", (_, cells, mistakes) => {
    expect(read(cells)).toEqual({ mistakes });
  });

  test.each<readonly [string, readonly string[], readonly string[]]>([
    ["lacks a column", ["person", "time"], ['there is no column "session", add it']],
    ["mistypes a column", ["persn", "session", "time"], ['there is no column "person"; rename the column "persn"']],
    [
      "has a column twice",
      [...HEADER, "variables/page"],
      ['the column "variables/page" is there twice, remove one; several values of a cell are separated by |'],
    ],
    [
      "mistypes a kind",
      [...HEADER, "variable/b"],
      ['found "variable/b", did you mean "variables/b"? Otherwise remove the column'],
    ],
    [
      "has no kind",
      [...HEADER, "page"],
      [
        'found "page", write the ID of a dimension such as "variables/page" or of a metric such as "metrics/orders", or remove the column',
      ],
    ],
  ])("has no meaning where the first one %s", (_, header, mistakes) => {
    expect(csvEventReader(header)).toEqual({ mistakes });
  });
});

test.each<readonly [string | number | Date, number | undefined]>([
  ["2026-03-01", Date.UTC(2026, 2, 1)],
  ["2026-03-01T09:30", Date.UTC(2026, 2, 1, 9, 30)],
  ["2026-03-01 09:30:05.25", Date.UTC(2026, 2, 1, 9, 30, 5, 250)],
  ["2026-03-01T09:30:00+02:00", Date.UTC(2026, 2, 1, 7, 30)],
  ["2026-03-01T09:30:00-0130", Date.UTC(2026, 2, 1, 11)],
  ["0050-01-01", -60_589_296_000_000],
  [new Date(5), 5],
  [5, 5],
  ["2026-02-30", undefined],
  ["2026-13-01", undefined],
  ["2026-03-01T09:60", undefined],
  ["20260301", undefined],
  ["1767225600000", undefined],
  ["", undefined],
  [NaN, undefined],
  [9e15, undefined],
  [new Date(NaN), undefined],
])("the time %s", (time, milliseconds) => expect(eventTime(time)).toBe(milliseconds));

describe("a text of events", () => {
  it("passes over empty lines, and takes the ends of lines of any system", () => {
    expect(readEvents(`\uFEFF${line({})}\r\n\n${line({ person: "p2" })}\n`).map(({ person }) => person)).toEqual([
      "p1",
      "p2",
    ]);
  });

  it("tells the first mistakes with their lines, and counts the others", () => {
    const text = ["", ...Array.from({ length: 1_500 }, () => line({ person: undefined }))].join("\n");
    const told = Array.from(
      { length: 20 },
      (_, at) => `line ${at + 2}: "person" is missing, add who did it, as a string`,
    );
    expect(() => readEvents(text)).toThrow(
      new Error(["the text with the events has 1,500 mistakes:", ...told, "and 1,480 more"].join("\n  ")),
    );
    expect(() => readEvents(line({ time: "x" }))).toThrow(
      /^the text with the events has a mistake:\n {2}line 1: "time"/,
    );
  });
});
