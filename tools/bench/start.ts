/** What loading the provider's code takes, which every preview and every run pays for. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

export interface Start {
  /** Median milliseconds of `require("pulumi-cja/provider")`. */
  readonly providerMs: number;
  /** The same of its two large dependencies alone, axios and zod. */
  readonly librariesMs: number;
}

const ROUNDS = 6;
const run = promisify(execFile);

/** In turns (ABBA), so that a machine that gets slower or faster meets both alike; each in a fresh process. */
export async function measureStart(): Promise<Start> {
  const provider: number[] = [];
  const libraries: number[] = [];
  const ours = async () => provider.push(await millisecondsOf("pulumi-cja/provider"));
  const theirs = async () => libraries.push(await millisecondsOf("axios", "zod"));
  // The first of each is thrown away: it fills the system's file cache.
  await ours();
  await theirs();
  provider.length = libraries.length = 0;
  for (let round = 0; round < ROUNDS; round++) for (const turn of [ours, theirs, theirs, ours]) await turn();
  return { providerMs: median(provider), librariesMs: median(libraries) };
}

async function millisecondsOf(...names: readonly string[]): Promise<number> {
  const loads = names.map((name) => `require(${JSON.stringify(name)});`).join("");
  const code = `const began = performance.now(); ${loads} console.log(performance.now() - began)`;
  const { stdout } = await run(process.execPath, ["-e", code], { cwd: __dirname });
  return Number(stdout);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}
