import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tryCommand } from "../../../../cli/try/command";
import { dimension, hits, raw, segment, visitors, visits } from "../../../../definition";
import { startEmulator } from "../../../../emulator";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "pulumi-cja-try-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const page = dimension("page");
const cart = segment(visits(page.is("Cart")));
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};
const event = (person: string, name: string, session = "s1") => ({
  ...{ person, session, time: "2026-03-01T09:30:00Z" },
  values: { "variables/page": name },
});
const lines = (...events: readonly object[]) => events.map((one) => JSON.stringify(one)).join("\n");
const EVENTS = [
  event("anna", "Cart"),
  event("anna", "Home"),
  event("anna", "Home", "s2"),
  event("ben", "Home"),
  event("carl", "Cart"),
];
const eventsFile = (events: readonly object[] = EVENTS) => file("events.jsonl", lines(...events));

async function trying(args: readonly string[], { input = "", environment = {} } = {}) {
  let out = "";
  let status: number | undefined;
  const said: string[] = [];
  const command = tryCommand({
    write: (text) => void (out += text),
    log: (line) => void said.push(line),
    standardInput: async () => input,
    exit: (code) => void (status = code),
    now: () => Date.UTC(2026, 2, 10),
    environment,
  });
  command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: (text) => void (out += text) });
  await command.parseAsync(args, { from: "user" });
  return { out, said, status };
}

const TABLE = `Sessions where page is "Cart"

  PERSON  IN   EVENTS  SESSIONS  WHY
  anna    yes  2 of 3  1 of 2
  carl    yes  1 of 1  1 of 1
  ben     no   0 of 1  0 of 1    page is "Cart": found "Home"

2 of 3 persons, 2 of 4 sessions, 3 of 5 events
`;

test("shows who is in and who is not, and why, whether the file has persons one after another or mixed", async () => {
  const found = await trying([file("a.json", cart), "--events", eventsFile()]);
  expect(found).toEqual({ out: TABLE, said: [], status: undefined });
  const mixed = [EVENTS[0], EVENTS[3], EVENTS[1], EVENTS[4], EVENTS[2]].map((one) => ({
    ...one,
    persisted: { "variables/page": [] },
  }));
  expect((await trying([file("a.json", cart), "--events", eventsFile(mixed)])).out).toBe(TABLE);
});

test("takes a whole segment with its name, names of components, the words of the API, and either on standard input", async () => {
  const names = file("names.json", { "variables/page": "Page" });
  const args = ["-", "--events", eventsFile(), "--names", names, "--api-words"];
  const { out } = await trying(args, { input: JSON.stringify({ name: "Carts", definition: cart }) });
  expect(out).toMatch(/^Carts\nVisits where Page is "Cart"\n/);
  expect((await trying([file("a.json", cart), "--events", "-"], { input: lines(...EVENTS) })).out).toBe(TABLE);
  await expect(trying(["-", "--events", "-"])).rejects.toThrow("standard input is given twice");
});

test("tells the same as data", async () => {
  const { out } = await trying([file("a.json", cart), "--events", eventsFile(), "--json"]);
  expect(JSON.parse(out)).toEqual({
    segment: { from: join(folder, "a.json") },
    persons: { selected: 2, all: 3 },
    sessions: { selected: 2, all: 4 },
    events: { selected: 3, all: 5 },
    verdicts: [
      { person: "anna", events: { selected: 2, all: 3 }, sessions: { selected: 1, all: 2 }, selected: true },
      { person: "carl", events: { selected: 1, all: 1 }, sessions: { selected: 1, all: 1 }, selected: true },
      {
        person: "ben",
        events: { selected: 0, all: 1 },
        sessions: { selected: 0, all: 1 },
        selected: false,
        reason: 'page is "Cart": found "Home"',
        path: "container.pred",
      },
    ],
    notShown: { selected: 0, all: 0 },
    warnings: [],
  });
});

describe("of many persons", () => {
  const many = (inside: number, outside: number) =>
    eventsFile([
      ...Array.from({ length: outside }, (_, at) => event(`out${at}`, "Home")),
      ...Array.from({ length: inside }, (_, at) => event(`in${at}`, "Cart")),
    ]);
  const shown = (out: string) => ({
    in: out.match(/^ {2}in\d+ /gm)?.length ?? 0,
    out: out.match(/^ {2}out\d+ /gm)?.length ?? 0,
    more: /^ {2}and (.*) \(--all shows them, --person one of them\)$/m.exec(out)?.[1],
  });

  test.each([
    [30, 1_200, { in: 10, out: 10, more: "20 more who are in, 1,190 more who are not" }],
    [3, 100, { in: 3, out: 17, more: "83 more who are not" }],
    [100, 3, { in: 17, out: 3, more: "83 more who are in" }],
    [10, 10, { in: 10, out: 10, more: undefined }],
  ])("%d inside and %d outside it shows twenty, and counts the others", async (inside, outside, expected) => {
    const { out } = await trying([file("a.json", cart), "--events", many(inside, outside)]);
    expect(shown(out)).toEqual(expected);
  });

  it("shows all, or those that are named", async () => {
    const args = [file("a.json", cart), "--events", many(30, 40)];
    expect(shown((await trying([...args, "--all"])).out)).toEqual({ in: 30, out: 40, more: undefined });
    const { out } = await trying([...args, "--person", "out39", "in29"]);
    expect(out).toContain("  in29    yes  1 of 1  1 of 1\n  out39   no ");
    expect(shown(out)).toEqual({ in: 1, out: 1, more: undefined });
    await expect(trying([...args, "--person", "0ut39"])).rejects.toThrow(
      /has no event of the person "0ut39"; did you mean "out39"\?$/,
    );
  });
});

describe("with persons that are expected", () => {
  const args = () => [file("a.json", cart), "--events", eventsFile(), "--expect"];

  test.each([
    ["as a list", '["carl", "anna"]'],
    ["one a line", "anna\r\ncarl\n\n"],
  ])("%s it ends with 0 where these are in", async (_, content) => {
    const { out, status } = await trying([...args(), file("expected", content)]);
    expect([status, out]).toEqual([
      0,
      'Sessions where page is "Cart"\n\nAs expected.\n\n2 of 3 persons, 2 of 4 sessions, 3 of 5 events\n',
    ]);
  });

  it("ends with 2 where others are, and says who and why", async () => {
    const expected = file("expected", "anna\nben\ndora\n");
    const { out, status } = await trying([...args(), expected]);
    expect(status).toBe(2);
    expect(out).toContain(`Not as expected:
              PERSON  WHY
  missing     ben     page is "Cart": found "Home"
  missing     dora    no event is of this person
  unexpected  carl    all conditions hold
`);
    expect(JSON.parse((await trying([...args(), expected, "--json"])).out)).toMatchObject({
      asExpected: false,
      difference: {
        missing: [
          { person: "ben", why: 'page is "Cart": found "Home"' },
          { person: "dora", why: "no event is of this person" },
        ],
        unexpected: [{ person: "carl", why: "all conditions hold" }],
        more: 0,
      },
    });
  });

  it("tells twenty of those who are missing and twenty of those who are not expected, and counts the others", async () => {
    const events = Array.from({ length: 60 }, (_, at) => event(`p${at}`, at < 30 ? "Cart" : "Home"));
    const expected = file(
      "expected",
      events.slice(30).map(({ person }) => person),
    );
    const { out } = await trying([file("a.json", cart), "--events", eventsFile(events), "--expect", expected]);
    expect([out.match(/^ {2}missing/gm)?.length, out.match(/^ {2}unexpected/gm)?.length]).toEqual([20, 20]);
    expect(out).toContain("\n  and 20 more\n");
  });

  test.each([
    ["is empty", "\n", /expected is empty: name the persons that are to be in, or write \[\] for none$/],
    ["is half a list", '["anna"', /expected is not JSON: /],
    ["is no list of persons", "[1]", /expected: write the persons as a list of strings/],
  ])("says so where the file %s", async (_, content, message) => {
    await expect(trying([...args(), file("expected", content)])).rejects.toThrow(message);
  });

  it("takes no single persons beside them", async () => {
    await expect(trying([...args(), file("expected", "[]"), "--person", "anna"])).rejects.toThrow("leave out --person");
  });

  it("takes an empty list for nobody", async () => {
    const nobody = [
      file("b.json", segment(hits(page.is("Offer")))),
      "--events",
      eventsFile(),
      "--expect",
      file("expected", "[]"),
    ];
    expect((await trying(nobody)).status).toBe(0);
  });
});

test("warns of components that no event has, and says what was meant", async () => {
  const mistyped = segment(visits(dimension("pag").is("Cart")));
  const { said } = await trying([file("a.json", mistyped), "--events", eventsFile()]);
  expect(said).toEqual(["warning: no event has `variables/pag`; did you mean `variables/page`?"]);
  const other = segment(visits(dimension("campaign").exists()));
  expect((await trying([file("a.json", other), "--events", eventsFile()])).said).toEqual([
    "warning: no event has `variables/campaign`",
  ]);
});

describe("what the definition refers to", () => {
  const referring = segment(visitors(raw({ func: "segment-ref", id: "s1_5bb7c94e80f0073611afb35c" })));

  it("is given by a file, as definitions by ID or as a list of segments", async () => {
    const args = [file("a.json", referring), "--events", eventsFile(), "--segments"];
    const id = "s1_5bb7c94e80f0073611afb35c";
    for (const given of [{ [id]: cart }, { [id]: { name: "Carts", definition: cart } }, [{ id, definition: cart }]])
      expect((await trying([...args, file("segments.json", given)])).out).toContain("2 of 3 persons");
    await expect(trying([...args, file("segments.json", [1])])).rejects.toThrow(/segments\.json: write \{"s3/);
    await expect(trying(args.slice(0, -1))).rejects.toThrow(
      /\(segments are given with --segments FILE, date ranges with --date-range ID=start\/end\)$/,
    );
  });

  it("is a date range, which may depend on the time", async () => {
    const ranged = segment(
      hits(raw({ func: "datetime-within", "interval-value": { func: "datetime-interval-ref", id: "r" } })),
    );
    const args = [file("a.json", ranged), "--events", eventsFile(), "--date-range"];
    expect((await trying([...args, "r=2026-03-01/2026-03-02"])).out).toContain("3 of 3 persons");
    expect((await trying([...args, "r=td-5d/td"])).out).toContain("0 of 3 persons");
    expect((await trying([...args, "r=td-5d/td", "--now", "2026-03-03"])).out).toContain("3 of 3 persons");
    await expect(trying([...args, "r"])).rejects.toThrow(/Write ID=start\/end/);
    await expect(trying([...args, "r=a/b", "--now", "soon"])).rejects.toThrow(/Write a date or a time/);
  });

  it("is read from the service where the segment is", async () => {
    const emulator = await startEmulator({ limits: false });
    try {
      const { id } = emulator.control.addSegment({ name: "Carts", dataViewId: "dv_dev", definition: cart });
      const referringTo = (other: string) => segment(visitors(raw({ func: "segment-ref", id: other })));
      const named = { name: "Buyers", dataViewId: "dv_dev" };
      const { id: innerId } = emulator.control.addSegment({ ...named, definition: referringTo(id) });
      const { id: outerId } = emulator.control.addSegment({ ...named, definition: referringTo(innerId) });
      const environment = { ...emulator.environment, XDG_STATE_HOME: folder };
      const { out } = await trying([outerId, "--events", eventsFile()], { environment });
      expect(out).toMatch(/^Buyers\n/);
      expect(out).toContain("2 of 3 persons");
    } finally {
      await emulator.close();
    }
  });
});

describe("a segment of a program", () => {
  const urn = (name: string) => `urn:pulumi:dev::shop::pulumi-nodejs:dynamic/cja:Segment::${name}`;
  const step = (name: string, definition: unknown, op = "create") => ({
    ...{ op, urn: urn(name) },
    newState: { type: "pulumi-nodejs:dynamic/cja:Segment", inputs: { name, definition } },
  });
  const preview = (...steps: readonly object[]) =>
    file("preview.json", { steps, changeSummary: { create: steps.length }, duration: 1 });
  const args = (name: string) => [`program:${name}`, "--events", eventsFile()];

  it("is taken from a preview", async () => {
    const found = preview(step("other", segment(hits(page.is("Home")))), step("carts", cart));
    expect((await trying([...args("carts"), "--preview", found])).out).toBe(TABLE);
    const piped = JSON.stringify({ steps: [step("carts", cart, "same")], changeSummary: { same: 1 }, duration: 1 });
    expect((await trying([...args("carts"), "--preview", "-"], { input: piped })).out).toBe(TABLE);
  });

  test.each<readonly [string, () => string, RegExp]>([
    [
      "is not there",
      () => preview(step("carts", cart)),
      /preview\.json has no segment that the program calls "cart"; did you mean "carts"\?$/,
    ],
    [
      "is none of others",
      () => preview(step("a", cart), step("b", cart)),
      /has no segment that the program calls "cart"; it has "a", "b"; what stays the same is only in the output of "pulumi preview --json --show-sames"$/,
    ],
    [
      "depends on a run",
      () => preview(step("cart", segment(hits(page.is("04da6b54-80e4-46f7-96ec-b56ff0331ba9"))))),
      /a part of the definition of "cart" is known only after up; write the definition into a file/,
    ],
    [
      "is secret",
      () =>
        preview(
          step("cart", { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" }),
        ),
      /a part of the definition of "cart" is secret/,
    ],
    [
      "is in several stacks",
      () => preview(step("cart", cart), { ...step("cart", cart), urn: urn("cart").replace(":dev:", ":prod:") }),
      /has several segments that the program calls "cart":\n {2}urn:pulumi:dev:.*\n {2}urn:pulumi:prod:/,
    ],
    ["stands in no preview", () => file("preview.json", "{}"), /preview\.json is no whole preview: /],
  ])("that %s is an error that says so", async (_, found, message) => {
    await expect(trying([...args("cart"), "--preview", found()])).rejects.toThrow(message);
  });

  it("alone takes what is about previews", async () => {
    const of = [file("a.json", cart), "--events", eventsFile()];
    await expect(trying([...of, "--preview", "x.json"])).rejects.toThrow(
      "--preview is for a segment of a program: name the segment as program:NAME",
    );
    await expect(trying([...args("a"), "--preview", "x.json", "--stack", "dev"])).rejects.toThrow(
      "leave them out, or leave out --preview",
    );
  });
});

test.each<readonly [string, () => unknown, RegExp]>([
  [
    "mistakes of the definition",
    () => ({ ...cart, container: { ...cart.container, context: "visit" } }),
    /^the definition has mistakes:\n {2}.*a\.json: container\.context: found "visit"/,
  ],
  [
    "the expression of an audience",
    () => ({ expression: "a = 1" }),
    /a\.json is the expression of an audience: only a segment's definition can be tried$/,
  ],
])("%s are an error that says so", async (_, content, message) => {
  await expect(trying([file("a.json", content()), "--events", eventsFile()])).rejects.toThrow(message);
});
