import { resolve } from "node:path";
import { Command } from "commander";
import { hasRedis } from "../../test/redis/redis-server";
import { withDoNothing } from "./do-nothing";
import * as engine from "./engine-life";
import { measureEvaluation } from "./evaluate";
import { measureExport } from "./export";
import * as fast from "./fast-clock";
import { secondsUnderLimits, requestFloor } from "./floor";
import { measureLanguage } from "./language";
import { languageGrowth } from "./language-growth";
import { limitsInRealTime, type LimitsRow } from "./limits";
import { measureDoors } from "./native";
import * as alone from "./process-life";
import { measureReview } from "./review";
import { printed, written } from "./report";
import { replaceParts } from "./results-file";
import { PARTS, rows, secondsOf, type Part, type Row } from "./row";
import { LIKE, SCENARIOS, TITLES, type Cost, type Scenario } from "./scenarios";
import { parsePart, parseWord, selectionOf, type Selection } from "./selection";
import { measureStart } from "./start";
import { measureTags } from "./tags";
import { holds, statements } from "./statements";

const CREATE: ReadonlySet<Scenario> = new Set(["create"]);

const sayOf = (what: string) => (cost: Cost) =>
  process.stderr.write(
    `    ${what}: ${TITLES[cost.scenario]}, ${cost.resources}: ${cost.seconds.toFixed(1)} s, ${cost.requests} requests\n`,
  );

const sayRealTime = ({ scenario, seconds, requests }: LimitsRow) =>
  process.stderr.write(`    real time: ${scenario}: ${seconds.toFixed(1)} s, ${requests} requests\n`);

/** Twice what is compared with a limit, in turns, so that a machine that gets slower or faster meets both alike. */
async function onEngine({ sizes, scenarios }: Selection): Promise<Row[]> {
  const [ours, floor] = [sayOf("engine"), sayOf("engine, doing nothing")];
  const like = new Set([...scenarios].map((scenario) => LIKE[scenario]));
  const all: Row[] = [];
  for (const size of sizes.engine) {
    const again = scenarios.has("create") ? CREATE : new Set<Scenario>();
    await withDoNothing(async (file) => {
      const nothings = await engine.nothingLife(size, like, file, floor);
      const costs = await engine.segmentLives(size, scenarios, ours);
      costs.push(...(await engine.segmentLives(size, again, ours)));
      nothings.push(...(await engine.nothingLife(size, again, file, floor)));
      all.push(...rows("engine", costs, secondsOf(nothings)));
    });
  }
  return all;
}

async function providerAlone({ sizes, scenarios }: Selection): Promise<Row[]> {
  const like = new Set([...scenarios].map((scenario) => LIKE[scenario]));
  const all: Row[] = [];
  for (const size of sizes.process) {
    const nothings = await withDoNothing((file) =>
      alone.nothingLife(size, like, file, sayOf("provider process, doing nothing")),
    );
    const costs = await alone.segmentLives(size, scenarios, sayOf("provider process"));
    all.push(...rows("process", costs, secondsOf(nothings)));
  }
  return all;
}

async function underLimits({ sizes, scenarios }: Selection): Promise<Row[]> {
  const floor = ({ scenario, resources }: Cost) => secondsUnderLimits(requestFloor(scenario, resources));
  const all: Row[] = [];
  for (const size of sizes.limits)
    all.push(...rows("limits", await fast.segmentLives(size, scenarios, sayOf("limits, of a fast clock")), floor));
  return all;
}

async function main(words: readonly string[], parts: readonly Part[]): Promise<void> {
  const selection = selectionOf(words, parts);
  const has = (part: Part) => selection.parts.has(part);
  // The shortest first: what is broken is seen early.
  const start = has("start") ? await measureStart() : undefined;
  const limits = has("limits") ? await underLimits(selection) : [];
  const realTime = has("realtime") && hasRedis ? await limitsInRealTime(sayRealTime) : [];
  const onHost = has("process") ? await providerAlone(selection) : [];
  const all = [...(has("engine") ? await onEngine(selection) : []), ...onHost, ...limits];
  const measured = {
    rows: all,
    realTime,
    start,
    language: has("language") ? measureLanguage() : [],
    languageGrowth: has("growth") ? languageGrowth() : [],
    evaluation: has("evaluate") ? measureEvaluation() : [],
    review: has("review") ? measureReview() : undefined,
    exported: has("export") ? await measureExport() : undefined,
    tags: has("tags") ? await measureTags() : [],
    doors: has("native") ? await measureDoors((line) => process.stderr.write(`    ${line}\n`)) : [],
  };
  const results = { ...measured, statements: statements(measured) };
  console.log(`\n${printed(results)}`);
  if (selection.usual)
    replaceParts(resolve(process.cwd(), "tools", "bench", "results.json"), selection.parts, written(results));
  if (!results.statements.every(holds)) process.exitCode = 1;
}

void new Command("npm run bench --")
  .description(
    "Measures requests, seconds, state and memory of segments and jobs. Whole parts go into tools/bench/results.json; without arguments, all of them.",
  )
  .argument(
    "[what...]",
    `scenarios (${SCENARIOS.join(", ")}) and numbers of resources, for example: create refresh 100`,
    parseWord,
  )
  .option("-p, --part <part>", `one part only: ${PARTS.join(", ")}; may be given several times`, parsePart)
  .action((words: readonly string[] = [], { part = [] }: { part?: readonly Part[] }) => main(words, part))
  .parseAsync();
