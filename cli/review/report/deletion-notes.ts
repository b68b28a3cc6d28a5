import { parseSecondHolderLine } from "../../../model/notices";
import type { Use } from "../../../model/segment-fields";
import { type Preview, type ResourceValues, type Step } from "../preview/preview";
import type { KnownUses, SegmentReview, Uses } from "./report";

/** What counts is what the last deployment was given: the engine hands the old state to the provider. */
export const deletionPolicyOf = (before: ResourceValues | undefined): unknown => before?.outputs["deletionPolicy"];

/** Whether a segment that leaves the stack, or is replaced, is still there afterwards: the words for that. */
function retentionText(
  before: ResourceValues | undefined,
  holderText?: string,
): { readonly stays: string; readonly since: string } | undefined {
  if (holderText !== undefined) return { stays: "stays in Customer Journey Analytics", since: `(${holderText})` };
  if (before?.retained) return { stays: "is kept at Adobe", since: "(retainOnDelete)" };
  if (deletionPolicyOf(before) !== "retain") return undefined;
  return { stays: "stays in Customer Journey Analytics", since: '(deletionPolicy "retain")' };
}

/** Whether one that leaves the stack is still there afterwards. */
export const isRetained = (before: ResourceValues | undefined): boolean =>
  before?.retained === true || ["retain", "deactivate"].includes(String(deletionPolicyOf(before)));

/** What becomes of a segment that leaves the stack or is replaced, and of whatever uses it. */
export function deletionNotes(
  action: Exclude<SegmentReview["action"], "adopt">,
  before: ResourceValues | undefined,
  after: ResourceValues | undefined,
  uses?: Uses,
  holderText?: string,
): readonly string[] {
  const { stays, since } = retentionText(before, holderText) ?? {};
  // The segment is the same one, or its new resource says what happens to it.
  if (holderText !== undefined && action === "forget") return [`It ${stays} ${since}: nothing is deleted.`];
  const refuses = stays === undefined && deletionPolicyOf(before) === "refuseIfUsed";
  switch (action) {
    case "replace": {
      const old = stays === undefined ? "is deleted" : `${stays} ${since}`;
      const unmanaged = ["tags", "shares"].filter((list) => (after?.inputs[list] ?? undefined) === undefined);
      return [
        ...(holderText !== undefined
          ? [`It is taken over by its replacement: nothing is deleted.`]
          : [
              `A new segment with a new ID is created, and the old one ${old}: projects, filters, audiences and jobs that use the old ID do ` +
                "not switch to the new one.",
            ]),
        ...(uses ? [formatUses(uses, "the replacement")] : []),
        ...(refuses && !uses
          ? [
              `If anything uses the old one, or Adobe does not say, up fails before it creates anything ${REFUSES_IF_USED}.`,
            ]
          : []),
        ...(unmanaged.length > 0 && holderText === undefined
          ? [`The program does not manage its ${unmanaged.join(" and ")}: the new segment has none.`]
          : []),
      ];
    }
    case "delete":
      return [
        ...(uses ? [formatUses(uses, "the deletion")] : []),
        ...(refuses && !uses
          ? [
              `This review did not check what uses it (pulumi-cja review --ask does). If anything uses it, or Adobe does not say, the deletion will be refused ${REFUSES_IF_USED}.`,
            ]
          : []),
        ...(!refuses && !uses ? ["Whatever uses it at Adobe (projects, filters, audiences) loses it."] : []),
      ];
    case "forget":
      return [`It ${stays}, and whatever uses it keeps working: this stack only stops managing it ${since}.`];
    case "create":
    case "change":
      return [];
  }
}

/** What Adobe says of its use, and what comes of it. */
function formatUses({ known, by, refused }: Uses, action: string): string {
  if (refused)
    return `${known ? "It is in use" : "Adobe does not say what uses it"}: ${action} will be refused ${REFUSES_IF_USED}.`;
  if (!known) return "Adobe does not say what uses it: whatever does loses it.";
  if (by.length === 0) return "Adobe knows of no use. It does not count what uses a segment through the API.";
  return "It is in use, and is deleted anyway: whatever uses it at Adobe loses it.";
}

export const REFUSES_IF_USED = '(deletionPolicy "refuseIfUsed")';

/**
 * The resource that has the segment or audience of a step after the plan, where the step's own resource goes or is replaced: then it is
 * not deleted. A plan lists what stays the same only with `--show-sames`; where a stack is known to have one twice, the provider says so.
 *
 * @returns as it follows "it stays, since": `cja.Segment "mobile" has it`
 */
export function remainingHolder(step: Step, { steps, diagnostics }: Preview): string | undefined {
  const { kind, before } = step;
  const id = before?.id;
  if (id === undefined || (step.op !== "delete" && step.op !== "replace")) return undefined;
  const holder = steps.find((other) => other.kind === kind && holdsAfterPlan(other, id, other.key === step.key));
  const label = holder
    ? `cja.${kind} ${JSON.stringify(holder.urn.name)}`
    : diagnostics.map(({ message }) => parseSecondHolderLine(message.trim(), id)).find((label) => label !== undefined);
  if (label === undefined) return undefined;
  // It stands within words of ours: a name that could be markup there is left out.
  return `${/^cja\.\w+ "[\w-]+"$/.test(label) ? label : `another cja.${kind}`} has it`;
}

/** @param isOwnStep the resource of the step itself: its replacement may take the segment over */
function holdsAfterPlan({ op, before, after }: Step, id: string, isOwnStep: boolean): boolean {
  if (!after || op === "refresh") return false;
  if (after.inputs["adoptId"] === id || (op === "import" && after.importId === id)) return true;
  return !isOwnStep && (op === "same" || op === "update") && before?.id === id;
}

/** A segment or an audience that a plan deletes: alone, or because another one takes its place. */
export interface DeletedObject {
  readonly id: string;
  readonly orgId: string | undefined;
  readonly before: ResourceValues;
}

/** What of a kind a plan deletes at Adobe. */
export const deletedObjects = (preview: Preview, ofKind: "Segment" | "Audience"): DeletedObject[] =>
  preview.steps.flatMap((step) => {
    const { op, kind, before } = step;
    if (kind !== ofKind || (op !== "delete" && op !== "replace") || !before?.id || isRetained(before)) return [];
    if (remainingHolder(step, preview) !== undefined) return [];
    const { orgId } = before.outputs;
    return [{ id: before.id, orgId: typeof orgId === "string" ? orgId : undefined, before }];
  });

/** @returns undefined where it stays, or nobody has asked */
export function findKnownUses(before: ResourceValues | undefined, known: KnownUses | undefined): Uses | undefined {
  if (before?.id === undefined || isRetained(before) || !known?.has(before.id)) return undefined;
  const uses = known.get(before.id);
  const refused = before.outputs["deletionPolicy"] === "refuseIfUsed" && uses?.length !== 0;
  return { known: uses !== undefined, by: (uses ?? []).map(formatUse), refused };
}

const formatUse = ({ type, id, name }: Use): string =>
  name === undefined ? `${type} ${id}` : `${type} "${name}" (${id})`;
