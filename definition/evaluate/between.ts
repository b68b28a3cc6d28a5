import { NEVER, type Places } from "./checkpoint";
import type { Allows, Restriction } from "./restriction";
import type { Restricted } from "./stream";
import type { Span } from "./timeline";

/**
 * What may lie between a step of a sequence and the next one, in a unit. An end and a start are places of these two; the end
 * -1 is the beginning of the unit.
 */
export class Between {
  readonly #size: number;
  /** By the end: the latest start with nothing excluded between. */
  readonly #limits: Int32Array;
  readonly #reach: Reach;

  constructor(restrictions: readonly Restriction[], excluded: readonly Restricted[], span: Span) {
    this.#size = span.size;
    this.#reach = reachOf(restrictions, span);
    this.#limits = new Int32Array(span.size + 1).fill(NEVER);
    for (const one of excluded) this.#exclude(one, span);
  }

  /** An excluded place that can count ends before the start: the earliest end of all of them is the limit. */
  #exclude({ checkpoint, restrictions }: Restricted, span: Span): void {
    const places = checkpoint.places(span);
    const reach = restrictions.length === 0 ? undefined : reachOf(restrictions, span);
    const earliest = reach === undefined ? places.endFrom : earliestEnds(places, reach, span.size);
    this.#limits.forEach((limit, index) => (this.#limits[index] = Math.min(limit, earliest[index] ?? NEVER)));
  }

  /** Whether nothing is excluded behind an end that would be the last one. */
  isFreeAfter(end: number): boolean {
    return this.#limits[end + 1] === NEVER;
  }

  /** The latest start that the first step may have. */
  firstLimit(): number {
    return Math.min(this.#limits[0] ?? NEVER, this.#size - 1);
  }

  /** Which starts can follow one of the ends. */
  startsAfter(ends: Uint8Array): Uint8Array {
    const starts = new Uint8Array(this.#size);
    // Windows overlap: what begins and ends at a place is counted, so that each costs the same however long it is.
    const changes = new Int32Array(this.#size + 1);
    for (let end = 0; end < this.#size; end += 1) {
      if (ends[end] !== 1) continue;
      const [first, last] = this.#window(end);
      if (first > last) continue;
      if (this.#reach.allows === undefined) {
        changes[first] = (changes[first] ?? 0) + 1;
        changes[last + 1] = (changes[last + 1] ?? 0) - 1;
      } else for (let start = first; start <= last; start += 1) if (this.#reach.allows(end, start)) starts[start] = 1;
    }
    let open = 0;
    for (let start = 0; start < this.#size; start += 1) {
      open += changes[start] ?? 0;
      if (open > 0) starts[start] = 1;
    }
    return starts;
  }

  /** Which ends one of the starts can follow. */
  endsBefore(starts: Uint8Array): Uint8Array {
    const ends = new Uint8Array(this.#size);
    const upTo = new Int32Array(this.#size + 1);
    for (let start = 0; start < this.#size; start += 1) upTo[start + 1] = (upTo[start] ?? 0) + (starts[start] ?? 0);
    for (let end = 0; end < this.#size; end += 1) {
      const [first, last] = this.#window(end);
      if (first > last || upTo[last + 1] === upTo[first]) continue;
      const { allows } = this.#reach;
      if (allows === undefined) ends[end] = 1;
      else
        for (let start = first; start <= last && ends[end] === 0; start += 1)
          if (starts[start] === 1 && allows(end, start)) ends[end] = 1;
    }
    return ends;
  }

  #window(end: number): readonly [first: number, last: number] {
    const { from, to } = this.#reach;
    return [from[end] ?? 0, Math.min(to[end] ?? -1, this.#limits[end + 1] ?? NEVER)];
  }
}

/** Which starts restrictions allow, by the end before: those of a window, of which each must still be asked if `allows` is there. */
interface Reach {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly allows?: Allows;
}

function reachOf(restrictions: readonly Restriction[], span: Span): Reach {
  const { size } = span;
  const [from, to] = [new Int32Array(size), new Int32Array(size)];
  const all = (some: readonly Restriction[]): Allows => {
    const allows = some.map((restriction) => restriction.on(span));
    return (end, start) => allows.every((allow) => allow(end, start));
  };
  if (!restrictions.every((restriction) => restriction.isOrdered(span))) {
    return { from: from.map((_, end) => end + 1), to: to.fill(size - 1), allows: all(restrictions) };
  }
  // Distances are ordered: with a later end, neither side of the window gets earlier.
  const isFar = all(restrictions.filter(({ atMost }) => !atMost));
  const isNear = all(restrictions.filter(({ atMost }) => atMost));
  let first = 0;
  let last = 0;
  for (let end = 0; end < size; end += 1) {
    first = Math.max(first, end + 1);
    while (first < size && !isFar(end, first)) first += 1;
    last = Math.max(last, end);
    while (last + 1 < size && isNear(end, last + 1)) last += 1;
    from[end] = first;
    to[end] = last;
  }
  return { from, to };
}

/** By the end before (the first is that of the beginning, which nothing is measured from): the earliest end of the places that count. */
function earliestEnds({ endAt }: Places, { from, to, allows }: Reach, size: number): Int32Array {
  const earliest = new Int32Array(size + 1).fill(NEVER);
  // The starts of the window whose end is earlier than that of every later one: the first of them has the earliest.
  const queue = new Int32Array(size);
  let [head, tail, next] = [0, 0, 0];
  for (let end = 0; end < size; end += 1) {
    const [first, last] = [from[end] ?? 0, to[end] ?? -1];
    if (allows !== undefined) {
      for (let start = first; start <= last; start += 1)
        if (allows(end, start)) earliest[end + 1] = Math.min(earliest[end + 1] ?? NEVER, endAt[start] ?? NEVER);
      continue;
    }
    for (; next <= last; next += 1) {
      const added = endAt[next] ?? NEVER;
      while (tail > head && (endAt[queue[tail - 1] ?? 0] ?? NEVER) >= added) tail -= 1;
      queue[tail] = next;
      tail += 1;
    }
    while (head < tail && (queue[head] ?? 0) < first) head += 1;
    if (head < tail) earliest[end + 1] = endAt[queue[head] ?? 0] ?? NEVER;
  }
  return earliest;
}
