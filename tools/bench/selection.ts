import { InvalidArgumentError } from "commander";
import { PARTS, type Part } from "./row";
import { SCENARIOS, type Scenario } from "./scenarios";

/** What is to be measured. */
export interface Selection {
  readonly scenarios: ReadonlySet<Scenario>;
  readonly sizes: Readonly<Record<"engine" | "process" | "limits", readonly number[]>>;
  readonly parts: ReadonlySet<Part>;
  /** Of these parts nothing is left out. */
  readonly usual: boolean;
}

const USUAL: Selection["sizes"] = {
  engine: [10, 100, 1_000],
  // 10,000 against 1,000 shows growth; jobs are measured up to 100.
  process: [100, 1_000, 10_000],
  limits: [10, 100, 1_000],
};

const isScenario = (word: string): word is Scenario => (SCENARIOS as readonly string[]).includes(word);

/** One word of the command line: a scenario or a number of resources. */
export function parseWord(word: string, before: readonly string[] = []): readonly string[] {
  if (!isScenario(word) && !/^[1-9]\d*$/.test(word))
    throw new InvalidArgumentError(`Scenarios are ${SCENARIOS.join(", ")}; sizes are numbers.`);
  return [...before, word];
}

export function parsePart(word: string, before: readonly Part[] = []): readonly Part[] {
  const part = PARTS.find((known) => known === word);
  if (!part) throw new InvalidArgumentError(`Parts are ${PARTS.join(", ")}.`);
  return [...before, part];
}

/** @param parts of the command line; empty for all that fit */
export function selectionOf(words: readonly string[], parts: readonly Part[]): Selection {
  const scenarios = words.filter(isScenario);
  const sizes = words.filter((word) => !isScenario(word)).map(Number);
  return {
    scenarios: new Set(scenarios.length > 0 ? scenarios : SCENARIOS),
    sizes: sizes.length > 0 ? { engine: sizes, process: sizes, limits: sizes } : USUAL,
    parts: new Set(parts.length > 0 ? parts : words.length > 0 ? (["engine", "process", "limits"] as const) : PARTS),
    usual: words.length === 0,
  };
}
