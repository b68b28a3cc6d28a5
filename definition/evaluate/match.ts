import { Between } from "./between";
import { NEVER } from "./checkpoint";
import type { Stream } from "./stream";
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
  for (const { checkpoint, restrictions, excluded } of steps) {
    const between = new Between(restrictions, excluded, span);
    const starts =
      ends === undefined ? new Uint8Array(span.size).fill(1, 0, between.firstLimit() + 1) : between.startsAfter(ends);
    const places = checkpoint.places(span);
    const reached = new Uint8Array(span.size);
    for (let start = 0; start < span.size; start += 1) {
      if (starts[start] === 1) places.eachEnd(start, (end) => (reached[end] = 1));
    }
    ends = reached;
  }
  const after = new Between([], excludedAfter, span);
  for (let end = 0; end < span.size; end += 1) if (ends?.[end] === 1 && after.isFreeAfter(end)) return end;
  return NEVER;
}

/** The same from the last step to the first: which places are starts of the steps that are still to come. */
function restrictedStart({ steps, excludedAfter }: Stream, span: Span): number {
  const after = new Between([], excludedAfter, span);
  let fits = (end: number): boolean => after.isFreeAfter(end);
  let latest = -1;
  for (const { checkpoint, restrictions, excluded } of steps.toReversed()) {
    const places = checkpoint.places(span);
    const starts = new Uint8Array(span.size);
    for (let start = 0; start < span.size; start += 1) {
      places.eachEnd(start, (end) => {
        if (fits(end)) starts[start] = 1;
      });
    }
    const between = new Between(restrictions, excluded, span);
    const ends = between.endsBefore(starts);
    fits = (end) => ends[end] === 1;
    latest = starts.lastIndexOf(1, between.firstLimit());
  }
  return latest;
}
