import { requestFloor } from "./floor";
import { LIKE, type Cost } from "./scenarios";

/**
 * Where it is measured: `pulumi` itself, the provider process alone, the limits on a fast clock, several processes under the
 * limits in real time, the loading of the code, the definition language and how it grows, what a definition selects, a review, an export, tags, and
 * both doors of the engine.
 */
export const PARTS = [
  "engine",
  "process",
  "limits",
  "realtime",
  "start",
  "language",
  "growth",
  "evaluate",
  "review",
  "export",
  "tags",
  "native",
] as const;
export type Part = (typeof PARTS)[number];

/** What a measurement must keep to. */
export interface Statement {
  /** Whose measurement it speaks of. */
  readonly part: Part;
  readonly text: string;
  readonly value: number;
  readonly atMost: number;
}

/** What an operation cost, beside the least that it needs. */
export interface Row extends Cost {
  readonly part: Part;
  readonly floorRequests: number;
  readonly floorSeconds: number | undefined;
}

/**
 * Puts what was measured beside the floor.
 *
 * @param nothings the same of resources that do nothing; what was measured twice counts with its mean
 */
export function rows(part: Part, costs: readonly Cost[], floorSeconds: (cost: Cost) => number | undefined): Row[] {
  return meanOfAlike(costs).map((cost) => ({
    ...cost,
    part,
    floorRequests: requestFloor(cost.scenario, cost.resources),
    floorSeconds: floorSeconds(cost),
  }));
}

/** The seconds of as many resources that do nothing. */
export function secondsOf(nothings: readonly Cost[]): (cost: Cost) => number | undefined {
  const means = meanOfAlike(nothings);
  return ({ scenario, resources }) =>
    means.find((mean) => mean.scenario === LIKE[scenario] && mean.resources === resources)?.seconds;
}

function meanOfAlike(costs: readonly Cost[]): Cost[] {
  const groups = new Map<string, Cost[]>();
  for (const cost of costs) {
    const key = `${cost.scenario} ${cost.resources}`;
    groups.set(key, [...(groups.get(key) ?? []), cost]);
  }
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (!first) return [];
    const all = [first, ...more];
    return [{ ...first, seconds: all.reduce((sum, { seconds }) => sum + seconds, 0) / all.length }];
  });
}
