import { referencedAudiences } from "../../../definition/pql/references";
import { AUDIENCE_SHOWN_FIELDS, audienceField, type AudienceFieldName } from "../../../model/audience-field-lists";
import { escapeInvisible } from "../../escape-invisible";
import { changesKey, type Preview, type ResourceValues, type Step } from "../preview/preview";
import { deletedObjects, deletionPolicyOf, findKnownUses, isRetained, REFUSES_IF_USED } from "./deletion-notes";
import { expressionReview, keptExpression } from "./expression-review";
import { sandboxOf } from "./job-review";
import { AUDIENCE_LISTS } from "./list-changes";
import { toPlace, type NameLookup, type StackOptions } from "./name-lookup";
import {
  adoptionNote,
  COMPARED_WITH_DEPLOYMENT,
  idOf,
  nameOf,
  objectStep,
  shownChanges,
  sizeOfStep,
  type ObjectStep,
  type ShownTable,
} from "./object-step";
import type { AudienceReview, ExpressionReview, FieldChange, Uses } from "./report";

const TABLE: ShownTable = {
  fields: AUDIENCE_SHOWN_FIELDS,
  row: (field) => audienceField(field as AudienceFieldName),
  lists: AUDIENCE_LISTS,
  shown: (inputs) => inputs,
};

/**
 * What a step does to an audience; undefined where it does nothing that a reader has to see.
 *
 * @param deployed what the last deployment left, where a refresh found something else: what it found is reported separately
 */
export function audienceReview(
  step: Step,
  preview: Preview,
  options: StackOptions,
  deployed?: ResourceValues,
): AudienceReview | undefined {
  const found = objectStep(step, preview, deployed);
  if (!found) return undefined;
  const { action, before, after, holderText, adopted } = found;
  const desired = after?.inputs["expression"];
  const changed = expressionReview(
    before?.inputs["expression"],
    desired,
    options.nameOf,
    changesKey(step, "expression"),
  );
  const [old, sandbox] = [before, after ?? before].map((values) => sandboxOf(values, preview, options));
  const fields: FieldChange[] = [
    // Another sandbox is another audience.
    ...(before && after && old !== sandbox ? [{ field: "sandbox", before: old ?? "", after: sandbox ?? "" }] : []),
    ...shownChanges(step, found, TABLE, options.nameOf),
    ...(changed ? otherNames(desired, changed, options.nameOf) : []),
  ];
  // A new audience is made of it: what that is stands nowhere else.
  const expression = changed ?? (action === "replace" ? keptExpression(desired, options.nameOf) : undefined);
  const uses =
    holderText === undefined && (action === "delete" || action === "replace")
      ? usesOf(before, preview, options)
      : undefined;
  if (action === "change" && deployed && fields.length === 0 && !expression) return undefined;
  return {
    ...toPlace(step),
    action,
    name: nameOf(after ?? before),
    sandbox: sandbox ?? "",
    id: idOf(found),
    fields: uses && uses.by.length > 0 ? [...fields, { field: "used by", after: uses.by.join(", ") }] : fields,
    expression,
    uses,
    ...sizeOfStep(step, options),
    notes: [
      ...(action === "adopt" ? [adoptionNote(adopted)] : leavingNotes(found, uses)),
      ...(action === "change" ? activationNotes(fields) : []),
      ...(before && deployed ? [COMPARED_WITH_DEPLOYMENT] : []),
    ],
  };
}

/** What the audiences that it names by their IDs are called, where that is known, and the lines do not say it. */
function otherNames(expression: unknown, { lines }: ExpressionReview, named: NameLookup): FieldChange[] {
  const ids = [...new Set(referencedAudiences(expression).map(({ id }) => id))];
  const names = ids.filter((id) => named(id) !== id).map(named);
  const others = names.filter((name) => !lines.some(({ text }) => text.includes(escapeInvisible(name))));
  return others.length === 0 ? [] : [{ field: "audiences in it", after: others.join(", ") }];
}

const USERS = "destinations, journeys, schedules, jobs and other audiences";
const ADOBE_REFUSES = "Adobe refuses it while a destination or another audience uses it.";
const REFUSED_IF_ANY = `If another audience uses it, or Adobe does not say, the deletion will be refused ${REFUSES_IF_USED}.`;

/** What is known of its use, without the audiences that the plan deletes, too. Adobe deletes none that another one uses. */
function usesOf(before: ResourceValues | undefined, preview: Preview, { uses }: StackOptions): Uses | undefined {
  const all = before?.id === undefined ? undefined : uses?.get(before.id);
  const leaving = new Set(deletedObjects(preview, "Audience").map(({ id }) => id));
  const staying = all?.filter(({ id }) => !leaving.has(id));
  const known = findKnownUses(before, uses && staying ? new Map([...uses, [before?.id ?? "", staying]]) : uses);
  return known && { ...known, refused: known.refused || known.by.length > 0 };
}

/** What becomes of an audience that leaves the stack or is replaced, and of whatever uses it. */
function leavingNotes({ action, before, holderText }: ObjectStep, uses: Uses | undefined): string[] {
  if (action !== "delete" && action !== "replace" && action !== "forget") return [];
  if (holderText !== undefined)
    return action === "replace"
      ? ["It is taken over by its replacement: nothing is deleted."]
      : [`It stays in Experience Platform (${holderText}): nothing is deleted.`];
  const kept = keptText(before);
  if (action === "forget") return [`It ${kept}: ${isDeactivated(before) ? DEACTIVATED : STOPS_MANAGING}`];
  if (action === "replace")
    return [
      `A new audience with a new ID is created, and the old one ${kept ?? "is deleted"}: ${USERS} that use the old ID do not switch to the new one.`,
    ];
  const isGuarded = deletionPolicyOf(before) === "refuseIfUsed";
  if (uses?.refused)
    return [
      `${uses.known ? "Another audience uses it" : "Adobe does not say what uses it"}: the deletion will be refused ${isGuarded ? REFUSES_IF_USED : "by Adobe"}.`,
    ];
  if (uses?.known) return [`Adobe knows of no other audience that uses it. ${DESTINATIONS}`];
  if (isGuarded) return [REFUSED_IF_ANY];
  return [`Whatever uses it (${USERS}) loses it. ${ADOBE_REFUSES}`];
}

const DESTINATIONS = "Of destinations, journeys, schedules and jobs it does not tell.";
const STOPS_MANAGING = "this stack only stops managing it.";
const DEACTIVATED = "it keeps its ID, is no longer evaluated, and is hidden from destinations.";

const isDeactivated = (before: ResourceValues | undefined): boolean =>
  before?.retained !== true && deletionPolicyOf(before) === "deactivate";

/** Undefined for what is deleted. */
function keptText(before: ResourceValues | undefined): string | undefined {
  if (!isRetained(before)) return undefined;
  if (before?.retained) return "is kept at Adobe (retainOnDelete)";
  return isDeactivated(before)
    ? 'stays in Experience Platform as inactive (deletionPolicy "deactivate")'
    : 'stays in Experience Platform (deletionPolicy "retain")';
}

/** Destinations see what is published, and nothing else. */
function activationNotes(fields: readonly FieldChange[]): string[] {
  const lifecycle = fields.find(({ field }) => field === "lifecycle");
  if (lifecycle?.before !== "published") return [];
  if (lifecycle.after === "inactive") return ["It is no longer evaluated, and is hidden from destinations."];
  return lifecycle.after === "draft" ? ["It is hidden from destinations."] : [];
}
