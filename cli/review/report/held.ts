import { stayIn } from "../../../model/notices";
import { SEGMENT } from "../preview/planned-segments";
import type { Preview, Step } from "../preview/preview";

/**
 * The resource that has the segment of a step after the plan, where the step's own resource goes or is replaced: then it is not
 * deleted. A plan lists what stays the same only with `--show-sames`; where a stack is known to have a segment twice, the provider
 * says so.
 *
 * @returns as it follows "it stays, since": `cja.Segment "mobile" has it`
 */
export function heldBy(step: Step, { steps, diagnostics }: Preview): string | undefined {
  const id = step.before?.id;
  if (id === undefined || (step.op !== "delete" && step.op !== "replace")) return undefined;
  const holder = steps.find((other) => has(other, id, other.key === step.key));
  const label = holder
    ? `cja.Segment ${JSON.stringify(holder.urn.name)}`
    : diagnostics.map(({ message }) => stayIn(message.trim(), id)).find((label) => label !== undefined);
  if (label === undefined) return undefined;
  // It stands within words of ours: a name that could be markup there is left out.
  return `${/^cja\.Segment "[\w-]+"$/.test(label) ? label : "another cja.Segment"} has it`;
}

/** @param isSame the resource of the step itself: its replacement may take the segment over */
function has({ type, op, before, after }: Step, id: string, isSame: boolean): boolean {
  if (type !== SEGMENT || !after || op === "refresh") return false;
  if (after.inputs["adoptId"] === id) return true;
  return !isSame && (op === "same" || op === "update") && before?.id === id;
}
