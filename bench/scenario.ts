import { statSync } from "node:fs";
import { join } from "node:path";
import type { Emulator } from "../emulator";
import type { Run, Stack } from "../test/engine/harness/stack";

/** One measured operation on a stack. */
export interface Measured {
  readonly scenario: string;
  readonly resources: number;
  /** Wall-clock seconds of the `pulumi` process. */
  readonly seconds: number;
  /** What the emulator saw, token requests included. */
  readonly requests: number;
  /** Size of the state file afterwards. */
  readonly stateBytes: number;
}

/** Runs an operation and counts what it cost. */
export async function measure(
  scenario: string,
  resources: number,
  { stack, emulator }: { stack: Stack; emulator: Emulator },
  operation: () => Promise<Run>,
): Promise<Measured> {
  emulator.control.clearRequests();
  const began = process.hrtime.bigint();
  await operation();
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const state = join(stack.folder, "backend", ".pulumi", "stacks", stack.project, `${stack.name}.json`);
  return {
    scenario,
    resources,
    seconds,
    requests: emulator.control.requests().length,
    stateBytes: statSync(state).size,
  };
}

/** A table for the terminal, numbers to the right. */
export function table(rows: readonly Measured[]): string {
  const cells = rows.map((row) => [
    row.scenario,
    String(row.resources),
    row.seconds.toFixed(1),
    String(row.requests),
    `${(row.stateBytes / 1000).toFixed(0)} KB`,
  ]);
  const lines = [["scenario", "resources", "seconds", "requests", "state"], ...cells];
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  "),
    )
    .join("\n");
}
