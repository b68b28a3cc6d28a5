import { closeSync, openSync, statSync, writeFileSync, writeSync } from "node:fs";
import { OwnProcesses } from "./own-process";

/** What `pulumi-cja try` may hold: less than a file. */
const HEAP = { NODE_OPTIONS: "--max-old-space-size=56" };

const DEFINITION = {
  func: "segment",
  version: [1, 0, 0],
  container: {
    func: "container",
    context: "visitors",
    pred: { func: "event-exists", evt: { func: "event", name: "metrics/orders" } },
  },
};

interface Shape {
  readonly events: number;
  readonly noteLength: number;
  readonly personOf: (event: number) => number;
}

describe("a large file of events", () => {
  let processes: OwnProcesses;
  beforeAll(() => void (processes = new OwnProcesses()));
  afterAll(() => processes.dispose());

  /** Every tenth person has an order. */
  function written(name: string, { events, noteLength, personOf }: Shape): string {
    const file = processes.path(name);
    const descriptor = openSync(file, "w");
    const table = name.endsWith(".csv");
    let lines = table ? ["person,session,time,metrics/orders,variables/note"] : [];
    for (let event = 0; event < events; event += 1) {
      const person = personOf(event);
      const values = { "variables/note": `${event} `.padEnd(noteLength, "x") };
      const orders = person % 10 === 0 ? { "metrics/orders": 1 } : {};
      const who = { person: `p${person}`, session: `s${person}`, time: event };
      if (table)
        lines.push(`p${person},s${person},${1e12 + event},${person % 10 === 0 ? 1 : ""},${values["variables/note"]}`);
      else lines.push(JSON.stringify({ ...who, values: { ...values, ...orders } }));
      if (lines.length === 10_000 || event === events - 1) {
        writeSync(descriptor, `${lines.join("\n")}\n`);
        lines = [];
      }
    }
    closeSync(descriptor);
    return file;
  }

  test.each<readonly [string, string, Shape]>([
    [
      "of one person after another",
      "sorted.jsonl",
      { events: 600_000, noteLength: 80, personOf: (event) => Math.floor(event / 40) },
    ],
    [
      "of one person after another, as a table",
      "sorted.csv",
      { events: 600_000, noteLength: 80, personOf: (event) => Math.floor(event / 40) },
    ],
    [
      "of persons mixed, as far as the definition asks for it",
      "mixed.jsonl",
      { events: 30_000, noteLength: 4_000, personOf: (event) => event % 1_000 },
    ],
  ])("%s is read without being held", async (_, name, shape) => {
    const file = written(name, shape);
    expect(statSync(file).size).toBeGreaterThan(60_000_000);
    const definition = processes.path("definition.json");
    writeFileSync(definition, JSON.stringify(DEFINITION));
    const { status, written: out, said } = await processes.run("cli", ["try", definition, "--events", file], HEAP);
    const persons = shape.personOf(shape.events - 1) + 1;
    const count = (of: number) => of.toLocaleString("en-US");
    expect({ status, said, totals: out.trimEnd().split("\n").at(-1) }).toEqual({
      status: 0,
      said: "",
      totals: `${count(persons / 10)} of ${count(persons)} persons, ${count(persons / 10)} of ${count(persons)} sessions, ${count(shape.events / 10)} of ${count(shape.events)} events`,
    });
  });
});
