import type { AudienceInputs } from "../../model";
import { isSameAudienceValue } from "../../model/audience-field-lists";
import { InvalidRequestError } from "../http/errors";
import type { Diff } from "../lifecycle";
import { isUnknown } from "../unknown-values";
import type { PlacedAudience } from "./state";
import type { AudienceServices } from "./services";

/**
 * A replacement makes an audience with another ID, while destinations, journeys and schedules hold the old one: so it is refused
 * unless the program asks for it.
 *
 * What is not known yet may turn out to be what it was: without the program's word it counts as unchanged, with a warning, and the run
 * refuses it if it is another value.
 */
export async function planReplacement(
  { client, warn, sandbox: defaultSandbox, mayRequestInPreview }: AudienceServices,
  { id, sandbox, state }: PlacedAudience,
  news: AudienceInputs,
  found: Diff,
): Promise<Diff> {
  if (found.kind !== "replace") return found;
  const newSandbox = news.sandbox ?? defaultSandbox;
  const unknown = found.replaces.filter((name) => isUnknown(news[name as "schemaName" | "sandbox"]));
  const isAsked = news.replaceWithNewId === true;
  const label = `audience ${id} ${JSON.stringify(state.name)}`;
  if (!isAsked && unknown.length === found.replaces.length) {
    warn(
      `${unknown.join(" and ")} of ${label} is not known yet. If it changes, pulumi up fails, since that makes another audience with another ID: set replaceWithNewId: true to allow it.`,
    );
    return { kind: "update" };
  }
  const refuse = (happened: string, advice: string): never => {
    throw new InvalidRequestError({ operation: `replace ${label}`, method: "", path: "", happened, advice });
  };
  if (!isAsked) {
    const changes = found.replaces.map((name) => {
      const [before, after] =
        name === "sandbox" ? [sandbox, newSandbox] : [state.schemaName, news.schemaName ?? "the default"];
      return `${name} changes from ${JSON.stringify(before)} to ${isUnknown(after) ? "what is not known yet" : JSON.stringify(after)}`;
    });
    return refuse(
      `${changes.join(", and ")}, which makes another audience with another ID; destinations, journeys, schedules and other audiences hold the old ID`,
      `Nothing was changed. Restore ${found.replaces.join(" and ")}${news.sandbox === undefined && found.replaces.includes("sandbox") ? " (the setting cja:sandbox)" : ""}, or set replaceWithNewId: true and change whatever holds the old ID.`,
    );
  }
  if (!isSameAudienceValue("deletionPolicy", state.deletionPolicy, news.deletionPolicy))
    refuse(
      "deletionPolicy changes in the same update that replaces it, and the old audience still has its previous policy",
      "Nothing was changed. Change deletionPolicy alone, run pulumi up, then replace it.",
    );
  const keepsName =
    (newSandbox === sandbox || isUnknown(newSandbox)) && (news.name === state.name || isUnknown(news.name));
  // Only the older form is known to take a name once in a sandbox: there the old one has to go first.
  if (!keepsName || !mayRequestInPreview || (await client.form(sandbox)) === "audiences") return found;
  if (state.deletionPolicy === "retain")
    refuse(
      'its deletionPolicy is "retain", so that it keeps its name, and /segment/definitions takes each name once in a sandbox',
      "Nothing was changed. Change the name in the same update.",
    );
  return { ...found, deleteBeforeReplace: true };
}
