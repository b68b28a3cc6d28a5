/** How what is told of definitions grows with their size, and how long the worst of mutated definitions takes. */
import { canonical, changeText, describe, equal, explainChange, hash, measure, outline, parse } from "../../definition";
import { toBuilder, toMermaid } from "../../definition";
import { fc } from "../../test/properties";
import { mutated } from "../../test/unit/definition/mutated";
import { around, exists } from "../../test/unit/definition/samples";
import { changedLists, SHAPES } from "../../test/unit/definition/sentences/shapes";
import type { Statement } from "./row";

/** Ten times as much takes ten times as long, and a hundred times where every condition is compared with every other. */
const MOST_GROWTH = 40;
const MUTATED = 3_000;
const LONGEST_MS = 1_000;

export function languageGrowth(): Statement[] {
  const growth = SHAPES.flatMap(([shape, of]) => {
    const [small, big] = [of(200), of(2_000)];
    const [smaller, bigger] = [of(220), of(2_020)];
    return [
      grown(`a sentence, ${shape}`, [of(500), of(5_000)], describe),
      grown(`a diagram, ${shape}`, [small, big], toMermaid),
      grown(
        `changes, ${shape}`,
        [
          [small, smaller],
          [big, bigger],
        ],
        ([before, after]) => explainChange(before, after),
      ),
    ];
  });
  const changed = grown("changes of all conditions", [changedLists(200), changedLists(2_000)], ([before, after]) =>
    explainChange(before, after),
  );
  return [...growth, changed, slowestOfMutated()];
}

function grown<T>(what: string, [small, big]: readonly [T, T], run: (of: T) => unknown): Statement {
  return {
    part: "growth",
    text: `${what}: time of ten times the size ÷ time`,
    value: fastest(() => run(big)) / fastest(() => run(small)),
    atMost: MOST_GROWTH,
  };
}

/** Milliseconds of processor time: what another process takes away is not in it. */
function cost(run: () => unknown): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const fastest = (run: () => unknown): number => Math.min(...Array.from({ length: 3 }, () => cost(run)));

const ANSWERS: readonly ((json: unknown) => unknown)[] = [
  ...[parse, describe, outline, toMermaid, canonical, hash, measure, toBuilder],
  (json) => changeText(explainChange(json, around(exists))),
  (json) => changeText(explainChange(around(exists), json)),
  (json) => equal(json, around(exists)),
];

function slowestOfMutated(): Statement {
  const times = fc
    .sample(mutated, MUTATED)
    .flatMap(({ json }) => ANSWERS.map((answer) => cost(() => refused(answer, json))));
  return {
    part: "growth",
    text: `milliseconds of the slowest answer of ${MUTATED} mutated definitions`,
    value: times.reduce((slowest, ms) => Math.max(slowest, ms), 0),
    atMost: LONGEST_MS,
  };
}

/** An exception is an answer, too. */
function refused(answer: (json: unknown) => unknown, json: unknown): unknown {
  try {
    return answer(json);
  } catch (error) {
    return error;
  }
}
