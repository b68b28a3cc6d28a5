import type { Sequence } from "../grammar/definition";
import { below, type Path } from "../sentences/clause/clause";
import { checkpoint, type Checkpoint } from "./checkpoint";
import { restriction, type Restriction } from "./restriction";
import type { Scope } from "./scope";

/** A checkpoint, and how far it may be from the included one before. */
export interface Restricted {
  readonly checkpoint: Checkpoint;
  readonly restrictions: readonly Restriction[];
}

/** A checkpoint that must be there. */
export interface Step extends Restricted {
  /** What must not lie between the step before (or the beginning) and this one. */
  readonly excluded: readonly Restricted[];
}

/** What a sequence asks for. */
export interface Stream {
  readonly steps: readonly Step[];
  /** What must not lie after the last step; without steps, anywhere. */
  readonly excludedAfter: readonly Restricted[];
  /** Whether nothing is said but the order, so that of each step the earliest place is enough. */
  readonly isPlain: boolean;
}

/** Compiles a sequence's stream. */
export function stream(nodes: Sequence["stream"], scope: Scope, path: Path): Stream {
  const steps: Step[] = [];
  let excluded: Restricted[] = [];
  let restrictions: Restriction[] = [];
  let excludesNext = false;
  for (const [index, node] of nodes.entries()) {
    const at = below(path, index);
    switch (node.func) {
      case "exclude-next-checkpoint":
        excludesNext = true;
        break;
      case "time-restriction":
      case "container-restriction":
      case "dimension-restriction": {
        const found = restriction(node, scope, at);
        if (found !== undefined) restrictions.push(found);
        break;
      }
      case "container":
      case "sequence-and":
      case "sequence-or":
      default: {
        // Without a step before there is nothing to measure from.
        const restricted = {
          checkpoint: checkpoint(node, scope, at),
          restrictions: steps.length > 0 ? restrictions : [],
        };
        if (excludesNext) excluded.push(restricted);
        else {
          steps.push({ ...restricted, excluded });
          excluded = [];
        }
        restrictions = [];
        excludesNext = false;
      }
    }
  }
  const isPlain =
    excluded.length === 0 && steps.every((step) => step.restrictions.length === 0 && step.excluded.length === 0);
  return { steps, excludedAfter: excluded, isPlain };
}
