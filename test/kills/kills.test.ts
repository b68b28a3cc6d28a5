import { deviceIs } from "../engine/programs";
import { EVERYTHING } from "../properties";
import { hasRedis } from "../redis/redis-server";
import { anySeed, Chance, replayable } from "./chance";
import { Runners } from "./runners";
import type { Program, Stack, Wish } from "./stack";

// Four stacks with equal content on two machines: engines and provider processes are killed at any moment, and after one more `up`
// of each the service has exactly what the programs say. A game is played again with the seed that its failure names.

/** Killed runs of both kinds of games together, four at a time. Which moments they hit is chance: `PULUMI_CJA_TEST_KILLS=200` tries more. */
const RUNS = Number(process.env["PULUMI_CJA_TEST_KILLS"] ?? (EVERYTHING ? 32 : 0));
const GAMES = RUNS > 100 ? 6 : 1;
const KILLED_BEFORE_EACH_CHECK = RUNS > 100 ? 2 : 1;

/** Some segments and perhaps a job, the same for all stacks of a data view. */
function anyProgram(chance: Chance, round: number): (dataViewId: string) => Program {
  const segments = [0, 1, 2]
    .filter(() => chance.below(4) > 0)
    .map((number) => ({ number, value: chance.oneOf(["Phone", "Tablet", "Desktop"]), tagged: chance.below(3) === 0 }));
  const runs = chance.below(2) === 0;
  return (dataViewId) =>
    new Map<string, Wish>([
      ...segments.map(({ number, value, tagged }) => {
        const name = `Segment ${number}`;
        const inputs = { name, dataViewId, definition: deviceIs(value), ...(tagged && { tags: ["some"] }) };
        return [name, { kind: "segment", inputs }] as [string, Wish];
      }),
      ...(runs ? [[`Job ${round}`, { kind: "job", inputs: { segmentIds: ["a", "b"] } }] as [string, Wish]] : []),
    ]);
}

function agree({ emulator: { control }, stacks }: Runners, programOf: (stack: Stack) => Program): void {
  const held = stacks.flatMap((stack) =>
    [...programOf(stack)].map(([name, { kind, inputs }]) => ({ id: stack.held.get(name), kind, inputs })),
  );
  expect(stacks.map((stack) => [...stack.held.keys()].sort())).toEqual(
    stacks.map((stack) => [...programOf(stack).keys()].sort()),
  );
  const inService = control.segments().filter(({ deleted }) => !deleted);
  const idsOf = (all: readonly { id?: string | undefined }[]) => all.map(({ id }) => id).sort();
  expect(idsOf(inService)).toEqual(idsOf(held.filter(({ kind }) => kind === "segment")));
  for (const { id, kind, inputs } of held) {
    if (kind === "segment") expect(inService.find((segment) => segment.id === id)).toMatchObject(inputs);
  }
  const jobs = held.filter(({ kind }) => kind === "job").map(({ id }) => id);
  expect(new Set(jobs).size).toBe(jobs.length);
  const ever = new Set(stacks.flatMap((stack) => [...stack.everHeld]));
  expect(control.jobs().filter(({ id }) => !ever.has(id))).toEqual([]);
}

async function play(withRedis: boolean, seed: number): Promise<void> {
  const chance = new Chance(seed);
  const runners = await Runners.start(withRedis);
  // What two machines without a Redis make of equal content at the same time, neither can tell from the other's.
  const dataViewOf = ({ home }: Stack) => (withRedis || home === 0 ? "dv_dev" : "dv_stage");
  try {
    const rounds = Math.ceil(RUNS / (2 * GAMES * KILLED_BEFORE_EACH_CHECK * runners.stacks.length));
    for (let round = 0; round < rounds; round += 1) {
      const program = anyProgram(chance, round);
      const programOf = (stack: Stack) => program(dataViewOf(stack));
      for (let killed = 0; killed < KILLED_BEFORE_EACH_CHECK; killed += 1) await runners.killedUps(programOf, chance);
      await runners.ups(programOf);
      agree(runners, programOf);
    }
    expect(runners.kills).toBeGreaterThan(0);
  } catch (error) {
    throw replayable(error, seed, runners.printed.join("\n"));
  } finally {
    await runners.stop();
  }
}

const seeds = Array.from({ length: GAMES }, anySeed);
const games = [true, false].flatMap((withRedis) => seeds.map((seed) => ({ withRedis, seed })));

// Two hundred of them take a while on a busy machine.
jest.setTimeout(3_600_000);

// Side by side: most of the time is spent by waiting for what may still be in the making.
const suite = RUNS > 0 ? describe : describe.skip;

suite("killed at any moment, all stacks are whole after one more up", () => {
  (hasRedis ? test.concurrent : test.concurrent.skip).each(games.filter(({ withRedis }) => withRedis))(
    "with a Redis ($seed)",
    ({ seed }) => play(true, seed),
  );
  test.concurrent.each(games.filter(({ withRedis }) => !withRedis))("without one ($seed)", ({ seed }) =>
    play(false, seed),
  );
});
