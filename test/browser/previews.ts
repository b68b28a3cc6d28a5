import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../../cli/review/report/report";
import { createReport } from "../../cli/review/report/create-report";
import { readPreviews } from "../../cli/review/preview/preview";
import type { SizeChange } from "../../cli/size/size-change";
import type { Size } from "../../provider/size/size";

/** Parts of what the engine printed for real pull requests: `every-kind` has a resource of each kind of change. */
export type Recorded = "every-kind" | "failed";

export const recorded = (name: Recorded): string => readFileSync(join(__dirname, "previews", `${name}.json`), "utf8");

export const reportFrom = (...previews: readonly string[]): Report =>
  createReport(previews.map((text, index) => ({ name: `preview-${index}.json`, text })));

const counted = (size: Size) => ({ selected: { size }, allPersons: 10_012 });

/** Four answers: fewer persons, a new segment's, one that is not known, and both sides not. */
const SIZES: readonly SizeChange[] = [
  {
    range: { days: 30 },
    before: counted({ persons: 4210, sessions: 5000, events: 9000 }),
    after: counted({ persons: 3020, sessions: 4000, events: 8100 }),
  },
  { range: { days: 30 }, after: counted({ persons: 12, sessions: 14, events: 16 }) },
  {
    range: { days: 30 },
    before: counted({ persons: 4210, sessions: 5000, events: 9000 }),
    after: { selected: { unknown: `Adobe answered 400, "${"too complex ".repeat(9)}"` }, allPersons: undefined },
  },
  { before: { selected: { unknown: "a part of it is secret" }, allPersons: undefined } },
];

/** The report of a preview with a size for each step, as if Adobe had been asked. */
export function reportWithSizes(preview: string): Report {
  const keys = readPreviews(preview).flatMap(({ steps }) => steps.map(({ key }) => key));
  const sizes = new Map(keys.map((key, index) => [key, SIZES[index % SIZES.length] ?? {}]));
  return createReport([{ name: "preview.json", text: preview }], { sizes });
}

/** What a person can choose freely. */
const CHOSEN = new Set(["name", "description", "dataViewId", "dataViewName", "sandbox", "str", "release", "message"]);

/** A recorded preview in which each word that a person can choose is this text. */
export function withWords(name: Recorded, text: string): string {
  const json: unknown = JSON.parse(recorded(name), (key, value: unknown) => {
    if (typeof value !== "string") return value;
    if (key === "urn" || key === "parent")
      return value
        .replace("acme:web:Audience", () => text)
        .replace(/^urn:pulumi:prod::web/, () => `urn:pulumi:${text}::${text}`)
        .replace(/::(\w+)$/, (_, resource: string) => `::${resource}${text}`);
    return CHOSEN.has(key) ? text : value;
  });
  return JSON.stringify(json);
}

const definition = (value: string): object => ({
  func: "segment",
  version: [1, 0, 0],
  container: {
    func: "container",
    context: "visits",
    pred: { func: "streq", str: value, val: { func: "attr", name: "variables/page" } },
  },
});

const segment = (name: string, value: string | object) => ({
  type: "pulumi-nodejs:dynamic/cja:Segment",
  inputs: { name, dataViewId: "dv_dev", definition: typeof value === "string" ? definition(value) : value },
});

/** A preview that changes the definitions of so many segments. */
export function manyChanges(count: number): string {
  const steps = Array.from({ length: count }, (_, index) => ({
    op: "update",
    urn: `urn:pulumi:prod::web::pulumi-nodejs:dynamic/cja:Segment::segment-${index}`,
    oldState: segment(`Segment ${index}`, "Home"),
    newState: segment(`Segment ${index}`, `Page ${index}`),
  }));
  return JSON.stringify({ steps });
}

const steps = (...steps: readonly object[]): string =>
  JSON.stringify({
    steps: steps.map((step) => ({
      urn: "urn:pulumi:prod::web::pulumi-nodejs:dynamic/cja:Segment::one",
      ...step,
    })),
  });

/** A preview that makes one segment of this definition. */
export const newSegment = (name: string, value: object): string =>
  steps({ op: "create", newState: segment(name, value) });

/** A preview that changes one definition into the other. */
export const changedSegment = (name: string, before: object, after: object): string =>
  steps({ op: "update", oldState: segment(name, before), newState: segment(name, after) });
