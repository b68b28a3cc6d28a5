/** What an export costs: of many segments of one data view, as a process, against a service without limits. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { startEmulator, type Emulator } from "../../emulator";
import { segmentArguments, UNLIMITED } from "./arguments";
import type { Statement } from "./row";

export interface ExportRow {
  readonly segments: number;
  /** To the listing; a token is one more. */
  readonly requests: number;
  /** Of the whole process, its start included. */
  readonly seconds: number;
}

const SEGMENTS = 2_000;
const ROUNDS = 3;

export async function measureExport(): Promise<ExportRow> {
  const emulator = await startEmulator({ limits: false });
  const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-bench-"));
  try {
    for (const segment of segmentArguments(SEGMENTS)) emulator.control.addSegment(segment);
    const runs: { requests: number; seconds: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) runs.push(await exportInto(join(folder, `${round}`), emulator));
    return {
      segments: SEGMENTS,
      requests: Math.max(...runs.map(({ requests }) => requests)),
      seconds: Math.min(...runs.map(({ seconds }) => seconds)),
    };
  } finally {
    rmSync(folder, { recursive: true });
    await emulator.close();
  }
}

async function exportInto(folder: string, { control, environment }: Emulator) {
  control.clearRequests();
  const cli = resolve(process.cwd(), "dist", "cli", "main.js");
  const args = [cli, "export", "--data-view", "dv_dev", "--out", join(folder, "program")];
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment, ...UNLIMITED, XDG_STATE_HOME: folder },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [[status], said] = await Promise.all([once(child, "close") as Promise<[number | null]>, text(child.stderr)]);
  const seconds = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error(`the export ended with ${status}: ${said}`);
  return { seconds, requests: control.requests().filter(({ path }) => path === "/segments").length };
}

export const exportStatements = (row: ExportRow | undefined): Statement[] =>
  row
    ? [
        { part: "export", text: `export of ${row.segments} segments, requests`, value: row.requests, atMost: 3 },
        { part: "export", text: `export of ${row.segments} segments, seconds`, value: row.seconds, atMost: 5 },
      ]
    : [];
