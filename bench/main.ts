import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startEmulator } from "../emulator";
import { createStack } from "../test/engine/harness/stack";
import { doNothing, nothings, segments } from "./programs";
import { measure, table, type Measured } from "./scenario";

const UNLIMITED = { CJA_REQUESTS_PER_MINUTE: "100000", CJA_MAX_CONCURRENT: "50" };

/** A life of many segments on the real engine: create, nothing to do, refresh, destroy. */
async function lifeOf(count: number, say: (row: Measured) => void): Promise<Measured[]> {
  const emulator = await startEmulator({ limits: false });
  const stack = await createStack({ env: { ...emulator.environment, ...UNLIMITED }, program: segments(count) });
  const rows: Measured[] = [];
  const on = { stack, emulator };
  try {
    const steps = [
      ["create", () => stack.up()],
      ["nothing to do", () => stack.up({ preview: true })],
      ["refresh", () => stack.refresh()],
      ["destroy", () => stack.destroy()],
    ] as const;
    for (const [name, run] of steps) {
      const row = await measure(name, count, on, run);
      rows.push(row);
      say(row);
    }
    return rows;
  } finally {
    await stack.dispose();
    await emulator.close();
  }
}

/** The floor: as many resources that do nothing, created. */
async function floorOf(count: number, say: (row: Measured) => void): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-bench-"));
  const provider = join(folder, "nothing.js");
  writeFileSync(provider, doNothing);
  const emulator = await startEmulator({ limits: false });
  const stack = await createStack({ program: nothings(count, provider) });
  try {
    const row = await measure("create (do-nothing resource)", count, { stack, emulator }, () => stack.up());
    say(row);
    return row;
  } finally {
    await stack.dispose();
    await emulator.close();
    rmSync(folder, { recursive: true });
  }
}

async function main(count: number): Promise<void> {
  const say = (row: Measured) =>
    process.stderr.write(`${row.scenario}, ${row.resources}: ${row.seconds.toFixed(1)} s\n`);
  // In turns, so that a machine that gets slower or faster meets both alike.
  const floors = [await floorOf(count, say)];
  const lives = [await lifeOf(count, say), await lifeOf(count, say)];
  floors.push(await floorOf(count, say));
  const creates = lives.flatMap((life) => life.filter(({ scenario }) => scenario === "create"));
  const seconds = (rows: readonly Measured[]) => rows.reduce((sum, row) => sum + row.seconds, 0);
  const ratio = seconds(creates) / seconds(floors);
  const rows = [...floors, ...lives.flat()];
  console.log(`\n${table(rows)}\n\ncreate takes ${ratio.toFixed(2)} times a resource that does nothing (at most 1.15)`);
  const machine = { node: process.version, cores: cpus().length };
  const results = resolve(process.cwd(), "bench", "results.json");
  writeFileSync(results, `${JSON.stringify({ machine, ratio: Number(ratio.toFixed(3)), rows }, null, 2)}\n`);
  if (ratio > 1.15) process.exitCode = 1;
}

void main(Number(process.argv[2] ?? 1000));
