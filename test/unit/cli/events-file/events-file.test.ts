import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allEvents, openEventsFile } from "../../../../cli/events-file/events-file";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "pulumi-cja-events-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const WHEN = "2026-03-01T09:30:00Z";
const event = (person: string, page: string | readonly string[] = "Home") => ({
  ...{ person, session: "s1", time: WHEN },
  values: { "variables/page": page },
});
const lines = (...events: readonly object[]) => events.map((one) => JSON.stringify(one)).join("\n");

async function read(name: string, content: string | Uint8Array) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return allEvents(await openEventsFile(path, { standardInput: () => Promise.reject(new Error("not asked")) }));
}

const TABLE = `person,session,time,variables/page\np1,s1,${WHEN},Home\n"p,2",s1,${WHEN},"a ""b""\nc|d"\n`;
const OF_TABLE = [event("p1"), event("p,2", ['a "b"\nc', "d"])];

test.each<readonly [string, string, string | Uint8Array, readonly object[]]>([
  ["JSON lines", "a.jsonl", lines(event("p1"), event("p2")), [event("p1"), event("p2")]],
  ["JSON lines without a name for them", "a.txt", `\n${lines(event("p1"))}\n\n`, [event("p1")]],
  ["CSV", "a.csv", TABLE, OF_TABLE],
  ["CSV without a name for it", "a.txt", TABLE, OF_TABLE],
  [
    "CSV of a spreadsheet",
    "a.csv",
    `\uFEFFperson;session;time;variables/page\r\np1;s1;${WHEN};Home\r\n`,
    [event("p1")],
  ],
  ["tabs", "a.tsv", `person\tsession\ttime\tvariables/page\np1\ts1\t${WHEN}\tHome`, [event("p1")]],
  ["JSON lines of PowerShell", "a.jsonl", Buffer.from(`\uFEFF${lines(event("Zoë"))}\r\n`, "utf16le"), [event("Zoë")]],
])("reads %s", async (_, name, content, events) => expect(await read(name, content)).toEqual(events));

it("takes a line that comes in several parts, and characters that are cut in two", async () => {
  const long = event("é".repeat(700_000), "ü".repeat(400_000));
  expect(await read("a.jsonl", lines(event("p1"), long, event("p2")))).toEqual([event("p1"), long, event("p2")]);
});

it("passes standard input on", async () => {
  const file = await openEventsFile("-", { standardInput: async () => lines(event("p1")) });
  expect([file.place, await allEvents(file), await allEvents(file)]).toEqual([
    "standard input",
    [event("p1")],
    [event("p1")],
  ]);
});

test.each<readonly [string, string, string, RegExp]>([
  ["is empty", "a.jsonl", " \n", /a\.jsonl has no events: write one a line, such as \{"person"/],
  ["is an empty table", "a.csv", "person,session,time\n", /a\.csv has no events: /],
  [
    "is a table without persons",
    "a.csv",
    `session,time\ns1,${WHEN}\ns2,${WHEN}`,
    /a\.csv has a mistake:\n {2}line 1: there is no column "person", add it$/,
  ],
  [
    "has a quotation mark too many",
    "a.csv",
    `person,session,time\n"p"1,s1,${WHEN}\n`,
    /a\.csv: it is not CSV: .*line 2/,
  ],
  [
    "has mistakes in lines",
    "a.jsonl",
    lines({ ...event("p1"), time: "x" }, event("p1"), { ...event("") }),
    /a\.jsonl has 2 mistakes:\n {2}line 1: "time": found the string "x".*\n {2}line 3: "person" is missing/,
  ],
  [
    "has mistakes in rows of several lines",
    "a.csv",
    `${TABLE},s1,${WHEN},x`,
    /a\.csv has a mistake:\n {2}line 5: "person" is missing/,
  ],
  [
    "has an endless line",
    "a.jsonl",
    "x".repeat(12_000_000),
    /a\.jsonl: line 1 has more than 10,000,000 characters: write each event on a line of its own/,
  ],
])("a file that %s is an error that says so", async (_, name, content, message) => {
  await expect(read(name, content)).rejects.toThrow(message);
});

it("says where there is no file", async () => {
  const open = (file: string) => openEventsFile(file, { standardInput: async () => "" });
  await expect(open(join(folder, "none.csv"))).rejects.toThrow(
    /^there is no file .*none\.csv: name a file with events/,
  );
  await expect(open(folder)).rejects.toThrow(/ is a folder: name a file with events/);
});
