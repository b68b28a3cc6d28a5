/** What the definition language costs, of definitions with many conditions. */
import { canonical, describe, explainChange, parse, toBuilder } from "../../definition";
import type { Statement } from "./row";

export interface LanguageRow {
  readonly what: string;
  readonly conditions: number;
  /** Milliseconds of processor time. */
  readonly ms: number;
}

const SIZES = [100, 1_000, 10_000] as const;
/** Of so many conditions together the fastest run counts: what else the machine does is in the others. */
const CONDITIONS = 200_000;

const WORK: Readonly<Record<string, (definition: unknown, changed: unknown) => unknown>> = {
  parse: (definition) => parse(definition),
  canonical: (definition) => canonical(definition),
  describe: (definition) => describe(definition),
  explainChange: (definition, changed) => explainChange(definition, changed),
  toBuilder: (definition) => toBuilder(definition),
};

export function measureLanguage(): LanguageRow[] {
  return Object.entries(WORK).flatMap(([what, run]) =>
    SIZES.map((conditions) => ({ what, conditions, ms: fastest(conditions, run) })),
  );
}

function fastest(conditions: number, run: (definition: unknown, changed: unknown) => unknown): number {
  const [definition, changed] = [definitionOf(conditions, "a"), definitionOf(conditions, "b")];
  const times = Array.from({ length: CONDITIONS / conditions }, () => {
    const began = process.cpuUsage();
    run(definition, changed);
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  });
  return Math.min(...times.slice(1));
}

/** Visits with all of many choices of ten; in every tenth of them, `last` is one of the values. */
function definitionOf(conditions: number, last: string): unknown {
  const preds = Array.from({ length: conditions / 10 }, (_, group) => ({
    func: "or",
    preds: Array.from({ length: 10 }, (_, index) => ({
      func: "streq",
      str: `${group}-${index}-${index === 9 && group % 10 === 0 ? last : ""}`,
      val: { func: "attr", name: `variables/dimension${(group * 7 + index) % 97}` },
    })),
  }));
  return {
    func: "segment",
    version: [1, 0, 0],
    container: { func: "container", context: "visits", pred: { func: "and", preds } },
  };
}

/** A hundred times as many take a hundred times as long; were each compared with each, ten thousand times. */
export function languageStatements(rows: readonly LanguageRow[]): Statement[] {
  const perCondition = (what: string, of: number) =>
    rows
      .filter((row) => row.what === what && row.conditions === of)
      .map(({ ms, conditions }) => ms / conditions)
      .at(0);
  return Object.keys(WORK).flatMap((what) => {
    const [few, many] = [perCondition(what, SIZES[0]), perCondition(what, SIZES[2])];
    if (few === undefined || many === undefined) return [];
    const text = `${what}: time for each condition, of ${SIZES[2]} ÷ of ${SIZES[0]}`;
    return [{ part: "language", text, value: many / few, atMost: 2 }];
  });
}
