import type { SampleEvent } from "./sample-event";
import { evaluate } from "./evaluate";
import { explanationText, SelectionExplainer, type ExplainSelectionOptions } from "./why";

/** What a segment is expected to do with some events. */
export interface SegmentOnEvents {
  /**
   * Checks which persons the segment selects: these, and nobody else, in any order.
   *
   * @throws Error with a table of those who are missing, those who were not expected, and why
   */
  toSelect(persons: readonly string[]): void;
}

/** What a segment is expected to do. */
export interface SegmentExpectation {
  on(events: readonly SampleEvent[]): SegmentOnEvents;
}

/**
 * A unit test of a segment, in any test runner.
 *
 * @param options the time, the time zone, what the definition refers to, and names for the messages
 * @example
 * expectSegment(mobile).on(readEvents(readFileSync("events.jsonl", "utf8"))).toSelect(["anna", "carl"]);
 */
export function expectSegment(definition: unknown, options: ExplainSelectionOptions = {}): SegmentExpectation {
  return {
    on: (events) => ({
      toSelect: (expected) => {
        const difference = differenceOf(definition, events, expected, options);
        if (difference !== undefined) throw new Error(difference);
      },
    }),
  };
}

function differenceOf(
  definition: unknown,
  events: readonly SampleEvent[],
  expected: readonly string[],
  options: ExplainSelectionOptions,
): string | undefined {
  const selected = new Set(evaluate(definition, events, options).persons);
  const wanted = new Set(expected);
  const missing = [...wanted].filter((person) => !selected.has(person));
  const unexpected = [...selected].filter((person) => !wanted.has(person));
  if (missing.length === 0 && unexpected.length === 0) return undefined;
  const explainer = new SelectionExplainer(definition, options);
  const why = (person: string): string => {
    const own = events.filter((event) => event.person === person);
    return own.length === 0
      ? "no event is of this person"
      : explanationText(explainer.explain(own)) || "all conditions hold";
  };
  const rows = [
    ...missing.map((person) => ["missing", person, why(person)] as const),
    ...unexpected.map((person) => ["unexpected", person, why(person)] as const),
  ];
  return ["The segment does not select the expected persons:", ...tableLines(rows)].join("\n");
}

/** Columns as wide as they have to be; the last may be empty. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0),
  );
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd());
}
