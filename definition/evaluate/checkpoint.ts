import type { Checkpoint as CheckpointNode, Context, GuideContainer, LogicGroup } from "../grammar/definition";
import type { SegmentRef } from "../grammar/leaf";
import { below, type Path } from "../sentences/clause/clause";
import { remembered } from "./levels";
import { isOneOf, levelIn, MISTAKEN, unknownFunction, type Scope } from "./scope";
import { unitAround, type Span, type Test } from "./timeline";

/** The end of a place that is not there: behind every other. */
export const NEVER = 0x3fffffff;

/** A step of a sequence. It lies at places of a unit: from one of its events to another. */
export interface Checkpoint {
  /** The earliest end of a place that starts at `from` or later; NEVER if there is none. */
  firstEnd(span: Span, from: number): number;
  /** The latest start of a place that ends at `to` or earlier; -1 if there is none. */
  lastStart(span: Span, to: number): number;
  /** All its places in a unit. */
  places(span: Span): Places;
}

/** The places of a checkpoint in a unit, by their start. */
export interface Places {
  /** The earliest end of a place that starts here; NEVER if none does. */
  readonly endAt: Int32Array;
  /** The earliest end of a place that starts here or later, one longer than the unit. */
  readonly endFrom: Int32Array;
  /** Every end of a place that starts here. */
  eachEnd(start: number, mark: (end: number) => void): void;
}

/** Compiles a checkpoint. */
export function checkpoint(node: CheckpointNode | GuideContainer | SegmentRef, scope: Scope, path: Path): Checkpoint {
  if (isOneOf(node, "sequence-and", "sequence-or")) return group(node, scope, path);
  if (isOneOf(node, "segment-ref")) {
    const other = scope.referred(node, path);
    return other === undefined ? NOWHERE : new Units(other.level, other.test);
  }
  // The segments guide's word for a container passes `parse` here with a warning, and so does any new function.
  if (!isOneOf(node, "container", "segment")) {
    unknownFunction(scope, node, path);
    return NOWHERE;
  }
  const level = levelIn(scope, node.context, below(path, "context"));
  const test = scope.predicate(node.pred, level ?? "hits", below(path, "pred"));
  return level === undefined ? NOWHERE : new Units(level, test);
}

function group(node: LogicGroup, scope: Scope, path: Path): Checkpoint {
  const members = groupMembers(node, scope, path);
  return node.func === "sequence-and" ? new AllOf(members) : new AnyOf(members);
}

export const groupMembers = ({ checkpoints }: LogicGroup, scope: Scope, path: Path): Checkpoint[] =>
  checkpoints.map((member, index) => checkpoint(member, scope, below(path, "checkpoints", index)));

/** Events, sessions or the person that satisfy a condition. */
class Units implements Checkpoint {
  readonly #test: Test;

  constructor(
    private readonly level: Context,
    test: Test,
  ) {
    this.#test = level === "hits" ? test : remembered(level, test);
  }

  firstEnd(span: Span, from: number): number {
    const { person, size } = span;
    if (this.level === "hits") {
      for (let place = from; place < size; place += 1) if (this.#test(person, span.at(place))) return place;
      return NEVER;
    }
    if (!this.#hasSeveral(span)) return from === 0 && this.#fitsAround(span) ? size - 1 : NEVER;
    let earliest = NEVER;
    for (let session = 0; session < person.sessions; session += 1) {
      const first = person.firstOf(session);
      if (first >= earliest) break;
      if (first >= from && this.#test(person, session)) earliest = Math.min(earliest, person.lastOf(session));
    }
    return earliest;
  }

  lastStart(span: Span, to: number): number {
    const { person, size } = span;
    if (this.level === "hits") {
      for (let place = to; place >= 0; place -= 1) if (this.#test(person, span.at(place))) return place;
      return -1;
    }
    if (!this.#hasSeveral(span)) return to >= size - 1 && this.#fitsAround(span) ? 0 : -1;
    for (let session = person.sessions - 1; session >= 0; session -= 1) {
      if (person.lastOf(session) <= to && this.#test(person, session)) return person.firstOf(session);
    }
    return -1;
  }

  places(span: Span): Places {
    const { person, size } = span;
    const endAt = new Int32Array(size).fill(NEVER);
    if (this.level === "hits") {
      for (let place = 0; place < size; place += 1) if (this.#test(person, span.at(place))) endAt[place] = place;
    } else if (!this.#hasSeveral(span)) {
      if (this.#fitsAround(span)) endAt[0] = size - 1;
    } else {
      for (let session = 0; session < person.sessions; session += 1) {
        if (this.#test(person, session)) endAt[person.firstOf(session)] = person.lastOf(session);
      }
    }
    return placesBy(endAt, (start, mark) => {
      const end = endAt[start] ?? NEVER;
      if (end !== NEVER) mark(end);
    });
  }

  /** Whether several units of this level can lie in the span; otherwise it lies in one. */
  #hasSeveral({ level }: Span): boolean {
    return this.level === "visits" && level === "visitors";
  }

  #fitsAround({ person, level, unit }: Span): boolean {
    return this.#test(person, unitAround(person, level, unit, this.level));
  }
}

/** Stands for a checkpoint with a mistake. */
const NOWHERE: Checkpoint = new Units("hits", MISTAKEN);

function placesBy(endAt: Int32Array, eachEnd: Places["eachEnd"]): Places {
  const endFrom = new Int32Array(endAt.length + 1).fill(NEVER);
  for (let start = endAt.length - 1; start >= 0; start -= 1)
    endFrom[start] = Math.min(endAt[start] ?? NEVER, endFrom[start + 1] ?? NEVER);
  return { endAt, endFrom, eachEnd };
}

/** A place of one of several checkpoints. */
class AnyOf implements Checkpoint {
  constructor(private readonly members: readonly Checkpoint[]) {}

  firstEnd(span: Span, from: number): number {
    let end = NEVER;
    for (const member of this.members) end = Math.min(end, member.firstEnd(span, from));
    return end;
  }

  lastStart(span: Span, to: number): number {
    let start = -1;
    for (const member of this.members) start = Math.max(start, member.lastStart(span, to));
    return start;
  }

  places(span: Span): Places {
    const all = this.members.map((member) => member.places(span));
    const endAt = new Int32Array(span.size).map((_, start) => least(all, ({ endAt }) => endAt[start]));
    return placesBy(endAt, (start, mark) => {
      for (const places of all) places.eachEnd(start, mark);
    });
  }
}

const least = (all: readonly Places[], endOf: (places: Places) => number | undefined): number =>
  all.reduce((end, places) => Math.min(end, endOf(places) ?? NEVER), NEVER);

/** A place of each of several checkpoints, in any order: from the first start among them to the last end. */
class AllOf implements Checkpoint {
  constructor(private readonly members: readonly Checkpoint[]) {}

  firstEnd(span: Span, from: number): number {
    let end = -1;
    for (const member of this.members) {
      end = Math.max(end, member.firstEnd(span, from));
      if (end === NEVER) return NEVER;
    }
    return end;
  }

  lastStart(span: Span, to: number): number {
    let start = NEVER;
    for (const member of this.members) {
      start = Math.min(start, member.lastStart(span, to));
      if (start === -1) return -1;
    }
    return start;
  }

  places(span: Span): Places {
    const all = this.members.map((member) => member.places(span));
    const earliest = (opening: Places, start: number): number =>
      all.reduce(
        (end, places) => Math.max(end, (places === opening ? places.endAt : places.endFrom)[start] ?? NEVER),
        -1,
      );
    const endAt = new Int32Array(span.size).map((_, start) =>
      all.reduce((end, opening) => Math.min(end, earliest(opening, start)), NEVER),
    );
    return placesBy(endAt, (start, mark) => {
      for (const opening of all) {
        // With this member at the start, and every other anywhere from there on, each later end can be the last one.
        const least = earliest(opening, start);
        if (least === NEVER) continue;
        const markLater = (end: number) => void (end >= least && mark(end));
        for (const places of all) {
          const last = places === opening ? start : span.size - 1;
          for (let at = start; at <= last; at += 1) places.eachEnd(at, markLater);
        }
      }
    });
  }
}
