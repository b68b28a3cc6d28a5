/** What it costs to find out what a definition selects: of sample events, in a process of its own, with the events in its memory. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { SHAPES, type Shape } from "./evaluate-events";
import type { Statement } from "./row";

export interface EvaluationRow {
  readonly events: number;
  readonly shape: Shape;
  /** Of the processor, for the evaluation alone: what other processes take away is not in it. */
  readonly seconds: number;
  /** Of the whole process, with the events. */
  readonly peakMB: number;
}

const FEW = 10_000;
const MANY = 1_000_000;
const SIZES = [FEW, 100_000, MANY] as const;
const ROUNDS = 3;

export function measureEvaluation(): EvaluationRow[] {
  return SHAPES.flatMap((shape) =>
    SIZES.map((events) => {
      const runs = Array.from({ length: ROUNDS }, () => evaluationOf(events, shape));
      return {
        events,
        shape,
        seconds: Math.min(...runs.map(({ seconds }) => seconds)),
        peakMB: Math.max(...runs.map(({ peakMB }) => peakMB)),
      };
    }),
  );
}

function evaluationOf(events: number, shape: Shape): Pick<EvaluationRow, "seconds" | "peakMB"> {
  const file = join(__dirname, "evaluate-process.js");
  const run = spawnSync(process.execPath, [file, String(events), shape], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`the evaluation ended with ${run.status}: ${run.stderr}`);
  return JSON.parse(run.stdout) as EvaluationRow;
}

export function evaluationStatements(rows: readonly EvaluationRow[]): Statement[] {
  return SHAPES.flatMap((shape) => {
    const of = (count: number) => rows.find((row) => row.shape === shape && row.events === count);
    const [few, many] = [of(FEW), of(MANY)];
    if (few === undefined || many === undefined) return [];
    const state = (what: string, value: number, atMost: number): Statement => ({
      part: "evaluate",
      text: `${MANY} events ${shape}, 10 conditions: ${what}`,
      value,
      atMost,
    });
    return [
      state("seconds", many.seconds, 2),
      state("MB", many.peakMB, 500),
      state(`time for each event ÷ of ${FEW}`, many.seconds / MANY / (few.seconds / FEW), 1.2),
    ];
  });
}
