import type { ResourceValues } from "../preview/preview";
import type { SegmentReview, SegmentUses } from "./report";

/** What counts is what the last deployment was given: the engine hands the old state to the provider. */
const policyOf = (before: ResourceValues | undefined): unknown => before?.outputs["deletionPolicy"];

/** Whether a segment that leaves the stack, or is replaced, is still there afterwards: the words for that. */
function staying(
  before: ResourceValues | undefined,
  held?: string,
): { readonly stays: string; readonly since: string } | undefined {
  if (held !== undefined) return { stays: "stays in Customer Journey Analytics", since: `(${held})` };
  if (before?.retained) return { stays: "is kept at Adobe", since: "(retainOnDelete)" };
  if (policyOf(before) !== "retain") return undefined;
  return { stays: "stays in Customer Journey Analytics", since: '(deletionPolicy "retain")' };
}

export const isRetained = (before: ResourceValues | undefined): boolean => staying(before) !== undefined;

/** What becomes of a segment that leaves the stack or is replaced, and of whatever uses it. */
export function departureNotes(
  action: Exclude<SegmentReview["action"], "adopt">,
  before: ResourceValues | undefined,
  after: ResourceValues | undefined,
  uses?: SegmentUses,
  held?: string,
): readonly string[] {
  const { stays, since } = staying(before, held) ?? {};
  // The segment is the same one, or its new resource says what happens to it.
  if (held !== undefined && action === "forget") return [`It ${stays} ${since}: nothing is deleted.`];
  const refuses = stays === undefined && policyOf(before) === "refuseIfUsed";
  switch (action) {
    case "replace": {
      const old = stays === undefined ? "is deleted" : `${stays} ${since}`;
      const unmanaged = ["tags", "shares"].filter((list) => (after?.inputs[list] ?? undefined) === undefined);
      return [
        ...(held !== undefined
          ? [`It is taken over by its replacement: nothing is deleted.`]
          : [
              `A new segment with a new ID is made, and the old one ${old}: projects, filters, audiences and jobs that use the old ID do ` +
                "not follow.",
            ]),
        ...(uses ? [useNote(uses, "the replacement")] : []),
        ...(refuses && !uses
          ? [`If anything uses the old one, or Adobe does not tell, up fails before anything is made ${REFUSES}.`]
          : []),
        ...(unmanaged.length > 0 && held === undefined
          ? [`The program does not manage its ${unmanaged.join(" and ")}: the new segment has none.`]
          : []),
      ];
    }
    case "delete":
      return [
        ...(uses ? [useNote(uses, "the deletion")] : []),
        ...(refuses && !uses
          ? [
              `Use is not known here (pulumi-cja review --ask asks): if anything uses it, or Adobe does not say, the deletion will be refused ${REFUSES}.`,
            ]
          : []),
        ...(!refuses && !uses ? ["Whatever uses it at Adobe (projects, filters, audiences) loses it."] : []),
      ];
    case "forget":
      return [`It ${stays}, and whatever uses it goes on: this stack does not know it any more ${since}.`];
    case "create":
    case "change":
      return [];
  }
}

/** What Adobe says of its use, and what comes of it. */
function useNote({ known, by, refused }: SegmentUses, act: string): string {
  if (refused) return `${known ? "It is in use" : "Use is not known here"}: ${act} will be refused ${REFUSES}.`;
  if (!known) return "Use is not known here: whatever uses it at Adobe loses it.";
  if (by.length === 0) return "Adobe knows of no use. It does not count what uses a segment through the API.";
  return "It is in use, and is deleted all the same: what uses it at Adobe loses it.";
}

const REFUSES = '(deletionPolicy "refuseIfUsed")';
