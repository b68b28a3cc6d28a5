import type {
  Container,
  Context,
  EvaluateOptions,
  GuideContainer,
  Predicate,
  SampleEvent,
  SegmentDefinition,
  Selection,
} from "../../../../../definition";
import { isTrueOn } from "./leaves";
import { hasSequence, isAfter, isBefore, placesOf } from "./sequences";
import { inOrder, unitsOf, type Events, type Row, type Sight } from "./units";

/**
 * What docs/evaluation.md says a definition selects, once more, and as plainly as it can be said: everything is looked up in all events
 * each time it is needed, and a sequence is found by trying every choice of places. It is slow, and shares nothing with
 * `evaluate` but the types. It expects a definition without mistakes.
 */
export function select(
  definition: SegmentDefinition,
  samples: readonly SampleEvent[],
  options: EvaluateOptions = {},
): Selection {
  const all = inOrder(samples);
  const { container } = definition;
  const enumeration = new Enumeration(all, options);
  const selected = enumeration.unitsWhere(container, all).flat();
  return selectionOf(samples.filter((sample) => selected.some((row) => row.sample === sample)));
}

/** Events that are selected, and with them their sessions and persons, each once. */
export function selectionOf(events: readonly SampleEvent[]): Selection {
  const sessions = events.map(({ person, session }) => JSON.stringify([person, session]));
  return {
    events,
    sessions: events
      .filter((_, index) => sessions.indexOf(sessions[index] ?? "") === index)
      .map(({ person, session }) => ({ person, session })),
    persons: [...new Set(events.map(({ person }) => person))],
  };
}

const UI_WORDS: Readonly<Record<string, Context>> = { event: "hits", session: "visits", person: "visitors" };

const contextOf = (word: string): Context => UI_WORDS[word] ?? (word as Context);

/** One definition's look at the events. */
class Enumeration implements Sight {
  constructor(
    readonly all: Events,
    readonly options: EvaluateOptions,
  ) {}

  isTrue(pred: Predicate, unit: Events): boolean {
    if ("val" in pred || "evt" in pred || "interval-value" in pred) return isTrueOn(this, pred, unit);
    switch (pred.func) {
      case "and":
        return pred.preds.every((inner) => this.isTrue(inner, unit));
      case "or":
        return pred.preds.some((inner) => this.isTrue(inner, unit));
      case "not":
      case "without":
        return !this.isTrue(pred.pred, unit);
      case "container":
        return this.unitsWhere(pred, unit).length > 0;
      case "segment-ref":
        return this.unitsWhere(this.referenced(pred.id ?? pred.segmentId ?? ""), unit).length > 0;
      case "sequence": {
        const units = pred.context ? this.units(pred.context, unit) : [unit];
        return units.some((whole) => hasSequence(this, pred.stream, whole));
      }
      case "sequence-prefix":
        return unit.some((row) => isAfter(this, pred.stream, this.around(pred.context, row), row));
      case "sequence-suffix":
        return unit.some((row) => isBefore(this, pred.stream, this.around(pred.context, row), row));
      case "sequence-and":
        return pred.checkpoints.every((checkpoint) => placesOf(this, checkpoint, unit).length > 0);
      case "sequence-or":
        return pred.checkpoints.some((checkpoint) => placesOf(this, checkpoint, unit).length > 0);
    }
  }

  /** The units of a level that a unit lies in, is, or consists of. */
  units(context: Context, unit: Events): Events[] {
    return unitsOf(contextOf(context), unit, this.all);
  }

  unitsWhere(container: Container | GuideContainer, unit: Events): Events[] {
    return this.units(container.context, unit).filter((inner) => this.isTrue(container.pred, inner));
  }

  private around(context: Context, row: Row): Events {
    return this.units(context, [row])[0] ?? [];
  }

  private referenced(id: string): Container | GuideContainer {
    const definition = this.options.segments?.(id) as SegmentDefinition | undefined;
    if (definition === undefined) throw new Error(`no segment ${id}`);
    return definition.container;
  }
}
