import { NEVER, type Places } from "./checkpoint";
import type { Allows } from "./restriction";
import type { Restricted, Step, Stream } from "./stream";
import type { Span } from "./timeline";

/** The end of the occurrence of a sequence that ends first; NEVER if there is none, -1 if it asks for no step. */
export function firstEnd(stream: Stream, span: Span): number {
  if (stream.steps.length === 0) return nothingIn(stream, span) ? -1 : NEVER;
  const earliest = earliestEnd(stream, span);
  // Without its restrictions it would be there, too.
  if (stream.isPlain || earliest === NEVER) return earliest;
  return restrictedEnd(stream, span);
}

/** The start of the occurrence of a sequence that starts last; -1 if there is none, NEVER if it asks for no step. */
export function lastStart(stream: Stream, span: Span): number {
  if (stream.steps.length === 0) return nothingIn(stream, span) ? NEVER : -1;
  if (!stream.isPlain) return earliestEnd(stream, span) === NEVER ? -1 : restrictedStart(stream, span);
  let start = span.size;
  for (const { checkpoint } of stream.steps.toReversed()) {
    start = checkpoint.lastStart(span, start - 1);
    if (start === -1) return -1;
  }
  return start;
}

const nothingIn = ({ excludedAfter }: Stream, span: Span): boolean =>
  excludedAfter.every(({ checkpoint }) => checkpoint.firstEnd(span, 0) === NEVER);

/** One place after the other, each the earliest: what can follow a later one can follow it, too. */
function earliestEnd({ steps }: Stream, span: Span): number {
  let end = -1;
  for (const { checkpoint } of steps) {
    end = checkpoint.firstEnd(span, end + 1);
    if (end === NEVER) return NEVER;
  }
  return end;
}

/** Which places are ends of the steps so far, step by step: from any of them, not from the earliest only, the rest may be in reach. */
function restrictedEnd({ steps, excludedAfter }: Stream, span: Span): number {
  let ends: Uint8Array | undefined;
  for (const step of steps) {
    const starts = startsAfter(ends, new Between(step, span), span);
    const places = step.checkpoint.places(span);
    const reached = new Uint8Array(span.size);
    for (let start = 0; start < span.size; start += 1) {
      if (starts[start] === 1) places.eachEnd(start, (end) => (reached[end] = 1));
    }
    ends = reached;
  }
  const after = new Between({ restrictions: [], excluded: excludedAfter }, span);
  for (let end = 0; end < span.size; end += 1) if (ends?.[end] === 1 && after.limit(end) === NEVER) return end;
  return NEVER;
}

/** Which starts the next step may have. */
function startsAfter(ends: Uint8Array | undefined, between: Between, { size }: Span): Uint8Array {
  const starts = new Uint8Array(size);
  if (ends === undefined) return starts.fill(1, 0, Math.min(size, between.limit(-1) + 1));
  let start = 0;
  for (let end = 0; end < size; end += 1) {
    if (ends[end] !== 1) continue;
    const limit = between.limit(end);
    // Where distances are ordered, what was passed for an earlier end need not be looked at again.
    if (!between.isOrdered) start = end + 1;
    for (; start < size; start += 1) {
      if (start <= end || !between.isFarEnough(end, start)) continue;
      const isNear = start <= limit && between.isNearEnough(end, start);
      if (isNear) starts[start] = 1;
      else if (between.isOrdered || start > limit) break;
    }
  }
  return starts;
}

/** The same from the last step to the first: which places are starts of the steps that are still to come. */
function restrictedStart({ steps, excludedAfter }: Stream, span: Span): number {
  const after = new Between({ restrictions: [], excluded: excludedAfter }, span);
  let fits = (end: number): boolean => after.limit(end) === NEVER;
  let starts = new Uint8Array(span.size);
  let before = after;
  for (const step of steps.toReversed()) {
    const places = step.checkpoint.places(span);
    const reaching = new Uint8Array(span.size);
    for (let start = 0; start < span.size; start += 1) {
      places.eachEnd(start, (end) => {
        if (fits(end)) reaching[start] = 1;
      });
    }
    starts = reaching;
    before = new Between(step, span);
    const ends = endsBefore(starts, before, span);
    fits = (end) => ends[end] === 1;
  }
  const limit = Math.min(before.limit(-1), span.size - 1);
  for (let start = limit; start >= 0; start -= 1) if (starts[start] === 1) return start;
  return -1;
}

/** After which ends one of the starts can follow. */
function endsBefore(starts: Uint8Array, between: Between, { size }: Span): Uint8Array {
  const ends = new Uint8Array(size);
  let start = 0;
  for (let end = 0; end < size; end += 1) {
    const limit = between.limit(end);
    if (!between.isOrdered) start = end + 1;
    for (; start < size; start += 1) {
      if (start <= end || starts[start] !== 1 || !between.isFarEnough(end, start)) continue;
      const isNear = start <= limit && between.isNearEnough(end, start);
      if (isNear) ends[end] = 1;
      if (isNear || between.isOrdered || start > limit) break;
    }
  }
  return ends;
}

/** What lies between two steps in a unit. Ends and starts are places, and an end of -1 is the beginning. */
class Between {
  readonly #near: readonly Allows[];
  readonly #far: readonly Allows[];
  readonly #excluded: readonly { readonly places: Places; readonly allows: readonly Allows[] }[];
  /** Whether a later end never makes a start impossible that was too far, nor one possible that was too near. */
  readonly isOrdered: boolean;

  constructor(
    { restrictions, excluded }: Pick<Step, "restrictions"> & { readonly excluded: readonly Restricted[] },
    private readonly span: Span,
  ) {
    this.#near = restrictions.filter(({ atMost }) => atMost).map((one) => one.on(span));
    this.#far = restrictions.filter(({ atMost }) => !atMost).map((one) => one.on(span));
    this.#excluded = excluded.map((one) => ({
      places: one.checkpoint.places(span),
      allows: one.restrictions.map((restriction) => restriction.on(span)),
    }));
    this.isOrdered =
      restrictions.every((one) => one.isOrdered(span)) && excluded.every((one) => one.restrictions.length === 0);
  }

  isNearEnough(end: number, start: number): boolean {
    return this.#near.every((allows) => allows(end, start));
  }

  isFarEnough(end: number, start: number): boolean {
    return this.#far.every((allows) => allows(end, start));
  }

  /** The latest start with nothing excluded between: an excluded place would end before it. */
  limit(end: number): number {
    let limit = NEVER;
    for (const { places, allows } of this.#excluded) {
      if (allows.length === 0) limit = Math.min(limit, places.endFrom[end + 1] ?? NEVER);
      else
        for (let start = end + 1; start < this.span.size; start += 1) {
          const endAt = places.endAt[start] ?? NEVER;
          if (endAt < limit && allows.every((allow) => allow(end, start))) limit = endAt;
        }
    }
    return limit;
  }
}
