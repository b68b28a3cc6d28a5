import type { Context, SegmentDefinition } from "../grammar/definition";
import type { SegmentRef } from "../grammar/leaf";
import { MAX_DEPTH } from "../limits";
import { pathTo, quote, type Mistake } from "../mistake";
import { parse } from "../parse/parse";
import { below, type Path } from "../sentences/clause/clause";
import { EvaluationError } from "./evaluation-error";
import { onLevel, remembered } from "./levels";
import { predicate } from "./predicate";
import type { EvaluateOptions, SampleEvent, Selection } from "./sample-event";
import { levelIn, type Referred, type Scope } from "./scope";
import { select } from "./select";
import { isTimeZone } from "./time-zone";
import { Timeline, type Test } from "./timeline";

/** A definition that is ready to judge events. */
export interface CompiledDefinition {
  /**
   * What the definition selects of the events of one person or of many, in any order.
   *
   * @throws EvaluationError with the events that have no person, no session, no time or no values
   */
  select(events: readonly SampleEvent[]): Selection;
}

/**
 * Reads a definition once, for many calls of `select`: the persons of a large file can be judged one after the other.
 *
 * @param definition what `parse` accepts, without anything that the language does not know
 * @param options the time, the time zone, and what the definition refers to; see `evaluate`
 * @throws EvaluationError with all mistakes, before any event is looked at
 *
 * @example
 * const compiled = compile(definition);
 * for (const events of persons) if (compiled.select(events).persons.length > 0) selected += 1;
 */
export function compile(definition: unknown, options: EvaluateOptions = {}): CompiledDefinition {
  const mistakes: Mistake[] = [];
  const { timeZone } = options;
  const isWrongZone = timeZone !== undefined && !isTimeZone(timeZone);
  if (isWrongZone)
    mistakes.push({
      path: "",
      message: `found the time zone ${quote(timeZone)}, write an IANA name such as "Europe/Berlin"`,
    });
  // The other mistakes are told, too, and this one once.
  const readable = isWrongZone ? { ...options, timeZone: "UTC" } : options;
  const outermost = new Compilation(readable, mistakes).definition(definition);
  if (outermost === undefined || mistakes.length > 0) throw new EvaluationError(mistakes);
  const { level, test } = outermost;
  const person = new Timeline();
  return { select: (events) => select(events, level, test, person) };
}

/** An outermost container: its level, and the condition on units of this level. */
interface Outermost {
  readonly level: Context;
  readonly test: Test;
}

/** Compiles a definition and those it refers to, each once. */
class Compilation {
  /** Undefined while a segment is being compiled: whoever refers to it now stands inside it. */
  readonly #segments = new Map<string, Outermost | "broken" | undefined>();
  readonly #onLevel = new Map<string, Test>();

  constructor(
    private readonly options: EvaluateOptions,
    private readonly mistakes: Mistake[],
  ) {}

  /** @param where the segment that the definition is of, for messages; empty for the first */
  definition(found: unknown, where = "", depth = 0): Outermost | undefined {
    const tell = (path: string, message: string) =>
      this.mistakes.push({ path: [where, path].filter((part) => part !== "").join(": "), message });
    const { definition, errors } = parse(found);
    for (const { path, message } of errors) tell(path, message);
    if (definition === undefined) return undefined;
    const scope: Scope = {
      options: this.options,
      predicate: (node, level, path) => predicate(node, level, scope, path),
      mistake: (path, message) => void tell(pathTo(path), message),
      referred: (node, path) => this.#referred(node, path, scope, depth),
    };
    return outermost(definition, scope);
  }

  #referred(node: SegmentRef, path: Path, scope: Scope, depth: number): Referred | undefined {
    const id = idIn(node, path, scope);
    const segment = id === undefined ? undefined : this.#segment(id, path, scope, depth);
    if (id === undefined || segment === undefined) return undefined;
    const { level, test } = segment;
    return {
      level,
      test,
      on: (other) => this.#once(`${other} ${id}`, () => remembered(other, onLevel(level, test, other))),
    };
  }

  #segment(id: string, path: Path, scope: Scope, depth: number): Outermost | undefined {
    if (this.#segments.has(id)) {
      const known = this.#segments.get(id);
      if (known === undefined) scope.mistake(path, `the segment ${quote(id)} refers to itself`);
      return known === "broken" ? undefined : known;
    }
    if (depth >= MAX_DEPTH)
      return void scope.mistake(path, `more than ${MAX_DEPTH} segments refer to each other in a row`);
    const found = this.options.segments?.(id);
    if (found === undefined) return void scope.mistake(path, `found ${quote(id)}, a segment that is not known here`);
    this.#segments.set(id, undefined);
    const compiled = this.definition(found, `segment ${quote(id)}`, depth + 1);
    this.#segments.set(id, compiled ?? "broken");
    return compiled;
  }

  #once(key: string, make: () => Test): Test {
    const known = this.#onLevel.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#onLevel.set(key, made);
    return made;
  }
}

function outermost({ container }: SegmentDefinition, scope: Scope): Outermost | undefined {
  const path = below(undefined, "container");
  // What `parse` lets through here may be no container.
  const isContainer = container.func === "container" || container.func === "segment";
  if (!isContainer) return void predicate(container, "hits", scope, path);
  const level = levelIn(scope, container.context, below(path, "context"));
  const test = predicate(container.pred, level ?? "hits", scope, below(path, "pred"));
  return level === undefined ? undefined : { level, test };
}

function idIn({ id, segmentId }: SegmentRef, path: Path, scope: Scope): string | undefined {
  const named = id ?? segmentId ?? undefined;
  if (named === undefined) scope.mistake(path, 'names no segment, add "id"');
  else if (segmentId !== undefined && segmentId !== null && segmentId !== named)
    return void scope.mistake(path, `names two segments, ${quote(named)} and ${quote(segmentId)}`);
  return named;
}
