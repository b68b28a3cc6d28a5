import { isDefinition, outermost } from "../canonical";
import { levelOf } from "../sentences/style";
import type { SentenceOptions } from "../sentences/names";
import { outline, type OutlineLine } from "../sentences/describe";
import { isList, isObject, type Json, type JsonObject } from "../json";
import { pathOf, type Key } from "../mistake";
import { toJson } from "../to-json";
import { ruleOf } from "../grammar/grammar";
import { compile, type CompiledDefinition } from "./compile";
import { foundFor } from "./found-values";
import type { EvaluateOptions, SampleEvent } from "./sample-event";

/** Why a definition selects a person, or does not. */
export interface Explanation {
  readonly selected: boolean;
  /**
   * Of a person that is not selected: the first condition that fails for all of the person's data that satisfies the ones before it, and what
   * the data has instead. Of a selected one: which of several alternatives held, if there are any.
   */
  readonly reason?: string;
  /** Where the condition stands in the definition, as in the mistakes of `parse`. */
  readonly path?: string;
  /** Where a sequence fails: how many of its steps were reached. */
  readonly steps?: { readonly reached: number; readonly of: number };
}

export type ExplainSelectionOptions = EvaluateOptions & SentenceOptions;

/** The parts of the definition around a part of it, up to a whole definition. */
type Whole = (part: Json) => Json;

interface Part {
  readonly node: JsonObject;
  readonly path: readonly Key[];
  readonly whole: Whole;
  /** The innermost container around it. */
  readonly context: "hits" | "visits" | "visitors";
}

/** Tells of one person after another why a definition selects them or does not. */
export class SelectionExplainer {
  readonly #compiled = new Map<string, CompiledDefinition>();
  readonly #root: JsonObject;

  /** @throws EvaluationError, as `evaluate` */
  constructor(
    definition: unknown,
    private readonly options: ExplainSelectionOptions = {},
  ) {
    this.#compiled.set("", compile(definition, options));
    const json = toJson(definition);
    this.#root = isDefinition(json) ? json : {};
  }

  /** @param events of one person */
  explain(events: readonly SampleEvent[]): Explanation {
    const container = outermost(this.#root["container"] ?? null);
    const selected = this.#compiled.get("")?.select(events).persons.length !== 0;
    if (!isObject(container)) return { selected };
    const whole: Whole = (part) => ({ ...this.#root, container: part });
    const part: Part = { node: container, path: ["container"], whole, context: "visitors" };
    return selected ? { selected, ...this.#alternative(part, events) } : { selected, ...this.#failure(part, events) };
  }

  /** Whether the person is selected by a whole with less in it. */
  #selects(definition: Json, key: string, events: readonly SampleEvent[]): boolean {
    const compiled = this.#compiled.get(key) ?? compile(definition, this.options);
    this.#compiled.set(key, compiled);
    return compiled.select(events).persons.length > 0;
  }

  /** Why a part fails that would make a whole definition with what stands before it. */
  #failure(part: Part, events: readonly SampleEvent[]): Omit<Explanation, "selected"> {
    const { node } = part;
    switch (ruleOf(node["func"])?.is) {
      case "container": {
        const inner = intoContainer(part);
        return inner === undefined ? this.#told(part, "") : this.#failure(inner, events);
      }
      case "boolean":
        if (node["func"] === "and") return this.#firstOf(part, events);
        if (node["func"] === "or") return this.#told(part, "none of them holds");
        return this.#told(part, isObject(node["pred"]) && isContainer(node["pred"]) ? "there is one" : "it is true");
      case "sequence":
        return this.#stepOf(part, events);
      case "leaf":
        return this.#told(part, foundFor(node, part.context, events));
      case "logic group":
      case "modifier":
      case "attribute":
      case "metric":
      case "total":
      case "allocation model":
      case "interval":
      case undefined:
        return this.#told(part, "");
    }
  }

  /** Of conditions that all have to hold on the same data: the first one with which nothing is left. */
  #firstOf(part: Part, events: readonly SampleEvent[]): Omit<Explanation, "selected"> {
    const { node, path, whole } = part;
    const preds = isList(node["preds"]) ? node["preds"].flatMap((pred) => (isObject(pred) ? [pred] : [])) : [];
    for (const [index, pred] of preds.entries()) {
      const inner: Part = {
        ...part,
        node: pred,
        path: [...path, "preds", index],
        whole: (one) => whole({ ...node, preds: [...preds.slice(0, index), one] }),
      };
      const key = pathOf(inner.path);
      if (this.#selects(inner.whole(pred), key, events)) continue;
      const isMetElsewhere = index > 0 && this.#selects(whole(pred), `${key} alone`, events);
      if (isMetElsewhere) return this.#told(inner, "it holds, but not where the conditions before it do");
      return this.#failure(inner, events);
    }
    return this.#told(part, "");
  }

  /** Of steps in order: the first one that is not reached. */
  #stepOf(part: Part, events: readonly SampleEvent[]): Omit<Explanation, "selected"> {
    const { node, path, whole } = part;
    const stream = isList(node["stream"]) ? node["stream"] : [];
    const steps = stepsOf(stream);
    const lines = linesOf(node, this.options);
    const needed = steps.filter(({ excluded }) => !excluded);
    const asks = (entries: readonly Json[], key: Key, what: string): boolean =>
      this.#selects(whole({ ...node, stream: entries }), `${pathOf([...path, "stream", key])} ${what}`, events);
    for (const [reached, step] of needed.entries()) {
      if (asks(stream.slice(0, step.end), step.end, "up to here")) continue;
      const before = needed[reached - 1]?.end ?? 0;
      const words = textOf(lines[steps.indexOf(step)]);
      const failed = { path: pathOf([...path, "stream", step.end - 1]), steps: { reached, of: needed.length } };
      const told = (reason: string) => ({ ...failed, reason: `${words}: ${reason}` });
      const bare = stream.slice(step.end - 1, step.end);
      if (!asks(bare, step.end, "alone")) {
        const inner = bare[0];
        const alone = isObject(inner) ? this.#ofStep({ ...part, node: inner }, node, events) : undefined;
        return told(alone === undefined ? "it does not happen" : `it does not happen (${alone})`);
      }
      const free = [...stream.slice(0, before), ...bare];
      if (!asks(free, step.end, "without limits")) return told("it happens, but not after the step before");
      const limits = stream.slice(before, step.end - 1);
      if (!asks([...stream.slice(0, before), ...limits.filter(isRestriction), ...bare], step.end, "without exclusions"))
        return told("it happens, but not within these limits");
      return told("what must not happen before it happens");
    }
    const last = steps.findLast(({ excluded }) => excluded);
    const words = last === undefined ? "" : textOf(lines[steps.indexOf(last)]);

    return {
      path: pathOf(path),
      steps: { reached: needed.length, of: needed.length },
      reason: `${words}: but it happens`,
    };
  }

  /** Why a step alone does not happen, where that is more than the step says itself. */
  #ofStep(part: Part, sequence: JsonObject, events: readonly SampleEvent[]): string | undefined {
    const inner = intoContainer({ ...part, whole: (step) => part.whole({ ...sequence, stream: [step] }) });
    return inner !== undefined && ruleOf(inner.node["func"])?.is === "leaf"
      ? foundFor(inner.node, inner.context, events) || undefined
      : undefined;
  }

  /** Which alternative held, of the first conditions that have some. */
  #alternative(part: Part, events: readonly SampleEvent[]): Omit<Explanation, "selected"> {
    const { node, path, whole } = part;
    if (isContainer(node)) {
      const inner = intoContainer(part);
      return inner === undefined ? {} : this.#alternative(inner, events);
    }
    if (node["func"] !== "or" || !isList(node["preds"])) return {};
    for (const [index, pred] of node["preds"].entries()) {
      const at = [...path, "preds", index];
      if (this.#selects(whole(pred), `${pathOf(at)} alone`, events))
        return { reason: inWords(pred, this.options), path: pathOf(at) };
    }
    return {};
  }

  #told({ node, path }: Part, found: string): Omit<Explanation, "selected"> {
    const words = inWords(node, this.options);
    return { reason: found === "" ? words : `${words}: ${found}`, path: pathOf(path) };
  }
}

/**
 * Why a definition selects a person, or does not: the first condition that fails, or how far a sequence came.
 *
 * @param events of one person
 * @throws EvaluationError, as `evaluate`
 * @example explainSelection(definition, events).reason // 'page is "Cart": found "Home"'
 */
export const explainSelection = (
  definition: unknown,
  events: readonly SampleEvent[],
  options: ExplainSelectionOptions = {},
): Explanation => new SelectionExplainer(definition, options).explain(events);

/** An explanation in one line; empty where there is nothing to say. */
export function explanationText({ reason = "", steps }: Explanation): string {
  return steps === undefined ? reason : `${steps.reached} of ${countText(steps.of, "step")} reached; ${reason}`;
}

export const countText = (count: number, noun: string): string =>
  `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;

const isContainer = (node: JsonObject): boolean => ruleOf(node["func"])?.is === "container";

function intoContainer(part: Part): Part | undefined {
  const { node, path, whole } = part;
  const { pred } = node;
  if (!isContainer(node) || !isObject(pred)) return undefined;
  const context = levelOf(node["context"])?.context ?? part.context;
  return { node: pred, path: [...path, "pred"], whole: (inner) => whole({ ...node, pred: inner }), context };
}

/** A step of a stream: up to `end`, with what stands before it. */
interface Step {
  readonly end: number;
  readonly excluded: boolean;
}

function stepsOf(stream: readonly Json[]): readonly Step[] {
  const steps: Step[] = [];
  let excluded = false;
  for (const [index, entry] of stream.entries()) {
    if (isExclusion(entry)) excluded = true;
    else if (!isRestriction(entry)) {
      steps.push({ end: index + 1, excluded });
      excluded = false;
    }
  }
  return steps;
}

const isExclusion = (entry: Json): boolean => isObject(entry) && entry["func"] === "exclude-next-checkpoint";
const isRestriction = (entry: Json): boolean =>
  isObject(entry) && ruleOf(entry["func"])?.is === "modifier" && !isExclusion(entry);

/** Any condition as the container of a definition: the sentences need no more. */
const asDefinition = (node: Json): Json => ({ func: "segment", version: [1, 0, 0], container: node });

const linesOf = (node: Json, options: SentenceOptions): readonly OutlineLine[] =>
  outline(asDefinition(node), options).children;

const inWords = (node: Json, options: SentenceOptions): string => textOf(outline(asDefinition(node), options));

/** A line and all inside it in one line. */
function textOf(line: OutlineLine | undefined): string {
  if (line === undefined) return "";
  return [line.text, line.children.map(textOf).join("; ")].filter((text) => text !== "").join(" ");
}
