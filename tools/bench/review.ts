/** What a review costs: of a preview with many changed segments, in a process of its own, as a workflow runs it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { previewOfMany } from "./review-preview";
import type { Statement } from "./row";

export interface ReviewRow {
  readonly segments: number;
  readonly inputMB: number;
  /** Of the whole process, its start included. */
  readonly seconds: number;
  readonly peakMB: number;
  /** Characters of the comment without a limit. */
  readonly characters: number;
}

const SEGMENTS = 1_000;
const ROUNDS = 3;

export function measureReview(): ReviewRow {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-bench-"));
  try {
    const file = join(folder, "preview.json");
    const preview = previewOfMany(SEGMENTS);
    writeFileSync(file, preview);
    const runs = Array.from({ length: ROUNDS }, () => reviewOf(file));
    return {
      segments: SEGMENTS,
      inputMB: preview.length / 1_000_000,
      seconds: Math.min(...runs.map(({ seconds }) => seconds)),
      peakMB: Math.max(...runs.map(({ peakMB }) => peakMB)),
      characters: Math.max(...runs.map(({ characters }) => characters)),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function reviewOf(file: string) {
  const cli = resolve(process.cwd(), "dist", "cli", "main.js");
  const told = 'process.on("exit", () => process.stderr.write(`\\npeak ${process.resourceUsage().maxRSS}`));';
  const began = performance.now();
  const run = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(told)}`, cli, "review", file, "--max-length", "100000000"],
    { encoding: "utf8", maxBuffer: 100_000_000 },
  );
  const seconds = (performance.now() - began) / 1000;
  if (run.status !== 2) throw new Error(`the review ended with ${run.status}: ${run.stderr}`);
  return { seconds, peakMB: Number(/peak (\d+)/.exec(run.stderr)?.[1]) / 1000, characters: run.stdout.length };
}

export const reviewStatements = (row: ReviewRow | undefined): Statement[] =>
  row
    ? [
        { part: "review", text: `review of ${row.segments} changed segments, seconds`, value: row.seconds, atMost: 2 },
        { part: "review", text: `review of ${row.segments} changed segments, MB`, value: row.peakMB, atMost: 300 },
      ]
    : [];
