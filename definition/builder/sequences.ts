import type { Context, TimeUnit } from "../grammar/definition";
import {
  as,
  type SequenceStep,
  type Condition,
  type Exclusion,
  type Node,
  type Restriction,
  type SequenceEntry,
  type StepGroup,
  type Value,
} from "./condition";
import type { Dimension } from "./dimension";

/** `"day"` or, as it reads, `"days"`. */
export type TimeWord = TimeUnit | `${TimeUnit}s`;

/** What lies between two steps is counted in: time, hits, visits, or the values of a dimension. */
export type Distance = TimeWord | "hits" | "visits" | Dimension;

export interface RestrictionOptions {
  /** For a time: the UI writes `"hits"`. Default: nothing is written. */
  readonly container?: Context | undefined;
}

/** Steps that happen in this order. @example visitors(sequence(hits(home), within(3, "days"), hits(cart))) */
export const sequence = (...steps: readonly SequenceEntry[]): Condition =>
  as({ func: "sequence", stream: stream(steps) });

/** The same, within one visit or one visitor's life. */
export const sequenceIn = (context: Context, ...steps: readonly SequenceEntry[]): Condition =>
  as({ func: "sequence", context, stream: stream(steps) });

/**
 * Only what comes after the steps ("only after sequence" in the UI). It belongs in a container on `hits`.
 *
 * @param context where the steps happen: in one visit, or in a visitor's life
 * @example segment(hits(onlyAfter("visits", hits(home), hits(cart))))
 */
export const onlyAfter = (context: Context, ...steps: readonly SequenceEntry[]): Condition =>
  as({ func: "sequence-prefix", context, stream: stream(steps) });

/** Only what comes before the steps ("only before sequence" in the UI). It belongs in a container on `hits`. */
export const onlyBefore = (context: Context, ...steps: readonly SequenceEntry[]): Condition =>
  as({ func: "sequence-suffix", context, stream: stream(steps) });

/** All of the steps, in any order ("logic group" in the UI). */
export const inAnyOrder = (...checkpoints: readonly SequenceStep[]): StepGroup =>
  as({ func: "sequence-and", checkpoints });

/** At least one of the steps. */
export const oneOf = (...checkpoints: readonly SequenceStep[]): StepGroup => as({ func: "sequence-or", checkpoints });

/** The next step happens at most this much later. @example within(3, "days"), within(5, "hits"), within(2, dimension("page")) */
export const within = (count: Value<number>, distance: Distance, options?: RestrictionOptions): Restriction =>
  restriction("within", count, distance, options);

/** The next step happens at least this much later. Put it after `within` if you use both. */
export const after = (count: Value<number>, distance: Distance, options?: RestrictionOptions): Restriction =>
  restriction("after", count, distance, options);

/** The next step happens before this much is over. Only one source has it: Adobe's validation decides whether it accepts it. */
export const before = (count: Value<number>, distance: Distance, options?: RestrictionOptions): Restriction =>
  restriction("before", count, distance, options);

/** A step that must not happen between its neighbours; at the end never after, at the start never before. */
export const excluding = (checkpoint: SequenceStep): Exclusion => as({ [EXCLUDED]: checkpoint });

/** Applies to whatever comes next in the sequence. */
export const excludeNext = (): Restriction => as({ func: "exclude-next-checkpoint" });

const EXCLUDED = "excluded checkpoint";

const stream = (steps: readonly SequenceEntry[]): readonly unknown[] =>
  (steps as readonly unknown[] as readonly Node[]).flatMap((step) =>
    EXCLUDED in step ? [excludeNext(), step[EXCLUDED]] : [step],
  );

function restriction(limit: string, count: Value<number>, distance: Distance, { container }: RestrictionOptions = {}) {
  if (typeof distance === "object") {
    return as<Restriction>({ func: "dimension-restriction", limit, count, attribute: distance.operand });
  }
  if (distance === "hits" || distance === "visits") {
    return as<Restriction>({ func: "container-restriction", limit, count, container: distance });
  }
  const unit = distance.replace(/s$/, "");
  return as<Restriction>({
    func: "time-restriction",
    limit,
    count,
    unit,
    ...(container !== undefined && { container }),
  });
}
