import { reviewCommand } from "../../../../cli/review/command";
import { evaluate } from "../../../../definition";
import { startEmulator, type Emulator } from "../../../../emulator";
import { UNLIMITED } from "../../../engine/programs";
import { audienceOf, pageIs, planned, segmentOf, type PlannedStep } from "./plan";
import { runCommand } from "../run-command";
import { ownStateHome } from "../../own-state-home";

let emulator: Emulator;
ownStateHome();
beforeAll(async () => (emulator = await startEmulator({ limits: false })));
afterAll(() => emulator.close());
beforeEach(() => emulator.control.reset());

const review = (plan: string, ...args: string[]) =>
  runCommand(reviewCommand, ["--format", "text", ...args], {
    standardInput: async () => plan,
    environment: { ...emulator.environment, ...UNLIMITED },
  });

const device = (...types: string[]) => ({
  func: "segment",
  version: [1, 0, 0],
  container: {
    func: "container",
    context: "visits",
    pred: { func: "streq-in", list: types, val: { func: "attr", name: "variables/device_type" } },
  },
});
const [phone, both] = [device("Mobile Phone"), device("Mobile Phone", "Tablet")];
const of = (name: string, definition: object, more: object = {}) => segmentOf(name, { definition, ...more });
const change = (name: string, before: object, after: object): PlannedStep => ({
  op: "update",
  name,
  before: of(name, before),
  after: of(name, after),
});
const reports = () => emulator.control.requests().filter(({ path }) => path === "/reports").length;

const counted = (definition: object) => {
  const { persons, sessions, events } = evaluate(definition, emulator.control.events());
  return { persons: persons.length, sessions: sessions.length, events: events.length };
};
const number = (count: number) => count.toLocaleString("en-US");

test("persons before and after are those that the definitions select, and of how many", async () => {
  const [old, now] = [counted(phone), counted(both)];
  const { out, status } = await review(planned([change("mobile", phone, both)]), "--sizes");
  const percent = Math.round(((now.persons - old.persons) / old.persons) * 100);
  expect(old.persons).toBeLessThan(now.persons);
  expect(out).toContain(
    `  Size: ${number(old.persons)} → ${number(now.persons)} persons (+${percent}%) of 2,000 in the last 30 days; ${number(old.sessions)} → ${number(now.sessions)} sessions`,
  );
  expect(status).toBe(2);
});

test("six definitions are one report, and a second run asks nothing", async () => {
  const types = ["Mobile Phone", "Tablet", "Desktop", "TV"];
  const plan = planned([
    change("a", device("Mobile Phone"), device("Tablet")),
    change("b", device("Desktop"), device("Mobile Phone", "Desktop")),
    { op: "create", name: "c", after: of("c", device(...types)) },
    { op: "create", name: "d", after: of("d", device("Tablet", "Desktop")) },
    // The same once more, and what only gets another name.
    { op: "create", name: "e", after: of("e", device("Tablet")) },
    { op: "update", name: "f", before: of("f", phone), after: of("g", phone) },
  ]);
  const { out, said } = await review(plan, "--sizes");
  expect(out.match(/Size: /g)).toHaveLength(5);
  expect(reports()).toBe(1);
  expect(said).toEqual(["pulumi-cja: Adobe was asked for 1 report or estimate"]);
  const again = await review(plan, "--sizes=30d");
  expect(again.out).toBe(out);
  expect(again.said).toEqual(["pulumi-cja: Adobe was not asked for sizes"]);
  expect(reports()).toBe(1);
  // Another range is another question.
  await review(plan, "--sizes=7d");
  expect(reports()).toBe(2);
});

test("nothing is asked, and no settings are needed, where it is not wanted or nothing has a size", async () => {
  await review(planned([change("a", phone, both)]));
  await review(planned([{ op: "update", before: of("f", phone), after: of("g", phone) }]), "--sizes");
  await review(planned([{ op: "delete", before: of("f", phone) }]), "--sizes");
  expect(emulator.control.requests()).toEqual([]);
});

test.each<[string, () => void, RegExp]>([
  [
    "a component that the data view lacks",
    () => undefined,
    /Changed: bad [^]*Size: Not known after: .*variables\/nowhere/,
  ],
  [
    "a report that is refused as a whole",
    () => void emulator.control.addFault({ method: "POST", path: "^/reports$", status: 400, body: REFUSED }),
    /Changed: bad [^]*Size: Not known after: .*variables\/nowhere/,
  ],
])("what is wrong with one definition leaves the others: %s", async (_, arrange, message) => {
  arrange();
  const lacking = JSON.parse(JSON.stringify(phone).replace("variables/device_type", "variables/nowhere")) as object;
  const plan = planned([change("bad", phone, lacking), change("good", phone, both)]);
  const { out, status } = await review(plan, "--sizes");
  expect(out).toMatch(/Changed: good [^]*Size: [\d,]+ → [\d,]+ persons/);
  expect(out.replace(/(Size: )[\d,]+ persons of [^;]*; [^;]*; [^;]*; not/, "$1Not")).toMatch(message);
  expect(status).toBe(2);
});
const REFUSED = { errorCode: "invalid_data", errorDescription: "one of them is wrong" };

test("where reports are not for this account, the review says so once for each, and asks once", async () => {
  emulator.control.setReportService({ allowed: false });
  const plan = planned([
    { op: "create", name: "a", after: of("a", phone) },
    { op: "create", name: "b", after: of("b", phone, { dataViewId: "dv_dev" }) },
  ]);
  const { out, status } = await review(plan, "--sizes");
  expect(out.match(/Size: Not known: Adobe answered 403/g)).toHaveLength(2);
  expect([status, reports()]).toEqual([2, 1]);
});

test("the limit of reports is kept, and named where it is reached", async () => {
  const plan = planned([
    { op: "create", name: "a", after: of("a", phone) },
    { op: "create", name: "b", after: of("b", phone, { dataViewId: "dv_dev" }) },
  ]);
  const { out } = await review(plan, "--sizes", "--max-reports", "1");
  expect(out).toMatch(/Size: [\d,]+ persons/);
  expect(out).toContain("Size: Not known: the limit of 1 report is reached (--max-reports).");
  expect(reports()).toBe(1);
});

test.each<[string, object, string]>([
  ["secret", pageIs("[secret]"), "a part of it is secret"],
  ["known later", pageIs("04da6b54-80e4-46f7-96ec-b56ff0331ba9"), "a part of it is known only after up"],
])("what is %s is not sent", async (_, after, reason) => {
  const { out } = await review(planned([change("a", phone, after)]), "--sizes");
  expect(out).toContain(`not known after: ${reason}.`);
  expect(JSON.stringify(emulator.control.requests())).not.toMatch(/\[secret\]|04da6b54/);
});

test("a secret that changes is a size that nobody knows, and shuts the gate", async () => {
  const secret = pageIs("[secret]");
  const plan = planned([
    { op: "update", name: "a", before: of("a", secret), after: of("a", secret), differs: ["definition"] },
  ]);
  const { out, said, status } = await review(plan, "--sizes", "--fail-on", "size>1%");
  expect(out).toContain("Not known before: a part of it is secret; not known after: a part of it is secret.");
  expect(status).toBe(1);
  expect(said.at(-1)).toMatch(/"a" not known: a part of it is secret/);
});

test("a change of just so many percent is not more", async () => {
  const events = Array.from({ length: 107 }, (_, index) => ({
    ...{ person: `p${index}`, session: `s${index}`, time: Date.now() - 5 * 86_400_000 },
    values: { "variables/page": "Home", "variables/device_type": index < 100 ? "Mobile Phone" : "Tablet" },
  }));
  emulator.control.setEvents(events);
  const plan = planned([change("mobile", phone, both)]);
  expect((await review(plan, "--sizes", "--fail-on", "size>7%")).status).toBe(2);
  expect((await review(plan, "--sizes", "--fail-on", "size>6.9%")).status).toBe(1);
});

test("a definition that moves to another data view is counted in both, an audience in its sandbox", async () => {
  const plan = planned([
    { op: "replace", name: "a", before: of("a", phone), after: of("a", phone, { dataViewId: "dv_dev" }) },
    { op: "create", kind: "Audience", name: "b", after: audienceOf("b") },
  ]);
  const body = { state: "RESULT_READY", estimatedSize: 77, totalRows: 4275 };
  emulator.control.addFault({ method: "GET", path: "/estimate/", status: 200, body });
  const { out } = await review(plan, "--sizes");
  expect(reports()).toBe(2);
  expect(out).toMatch(/Replaced: a [^]*Size: [\d,]+ persons, before and after, of 2,000/);
  expect(out).toMatch(/New: b [^]*Size: 77 persons of 4,275\.\n/);
});

describe("--fail-on size>…", () => {
  const plan = () => planned([change("mobile", phone, both), { op: "create", name: "new", after: of("new", both) }]);

  test("is shut by a change that is larger, with the segment and by how much", async () => {
    const told = await review(plan(), "--sizes", "--fail-on", "size>5%");
    expect(told.status).toBe(1);
    expect(told.said.at(-1)).toMatch(
      /^pulumi-cja: refused by --fail-on: size>5%: "mobile" [\d,]+ → [\d,]+ persons in web\/prod$/,
    );
    expect((await review(plan(), "--sizes", "--fail-on", "delete,size>400%")).status).toBe(2);
  });

  test("is shut by a size that nobody knows", async () => {
    emulator.control.setReportService({ allowed: false });
    const { said, status } = await review(plan(), "--sizes", "--fail-on", "size>400%");
    expect(status).toBe(1);
    expect(said.at(-1)).toMatch(/size>400%: "mobile" not known: Adobe answered 403/);
  });

  test.each([
    [["--fail-on", "size>5%"], /add --sizes/],
    [["--sizes", "--fail-on", "size>5"], /Use one or more of .*size>20%/],
    [["--sizes", "preview.json"], /Write --sizes=30d, or name preview.json before --sizes/],
    [["--sizes=0d"], /from 1d to 548d/],
    [["--sizes=2w"], /from 1d to 548d/],
    [["--sizes", "--max-reports", "0"], /whole number from 1/],
  ])("%j says what is wrong", async (args, message) => {
    const told = review(plan(), ...args);
    await expect(told).rejects.toThrow(message);
    expect(emulator.control.requests()).toEqual([]);
  });
});
