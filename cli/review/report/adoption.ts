import { adoptionIn } from "../../../model/notices";
import type { Preview } from "../preview/preview";
import type { FieldChange } from "./report";

/**
 * What taking a segment over changes, as the provider has told it in the preview after a look at the segment; the plan itself
 * knows nothing of what is there.
 *
 * @returns undefined where it has not looked: a preview may be told to send nothing.
 */
export function adoptedFields({ diagnostics }: Preview, id: string): readonly string[] | undefined {
  return diagnostics.map(({ message }) => adoptionIn(message.trim(), id)).find((fields) => fields !== undefined);
}

/** Lists that the segment has already are no change, and nobody loses what is not written. */
export const withoutKept = (fields: readonly FieldChange[], changed: readonly string[] | undefined): FieldChange[] =>
  fields.filter(({ field, list }) => list === undefined || changed === undefined || changed.includes(field));

export function adoptionNote(changed: readonly string[] | undefined): string {
  if (changed === undefined) return "It exists already and is taken over: only what differs is written.";
  if (changed.length === 0) return "It exists already and is taken over as it is: nothing is written.";
  return `It exists already and is taken over: this changes its ${changed.join(" and ")}, and nothing else is written.`;
}
