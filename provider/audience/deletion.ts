import { referencedAudiences } from "../../definition/pql/references";
import { CjaError, InvalidRequestError, NotFoundError, UnexpectedAnswerError } from "../http/errors";
import { isStillListed } from "../still-listed";
import { targetFlags } from "../target-flags";
import { otherOrigin } from "./adoption";
import type { Removal } from "./client";
import { contentOf } from "./desired";
import { findByName } from "./read";
import type { AudienceServices } from "./services";
import type { PlacedAudience } from "./state";

/** A message is to be read: what uses an audience in hundreds of places is named in part. */
const MAX_USES = 20;

const labelOf = ({ id, state: { name } }: PlacedAudience): string => `audience ${id} ${JSON.stringify(name)}`;

/** What others have made cannot be written. */
export function refuseReadOnly(audience: PlacedAudience, action: "update" | "delete"): void {
  const origin = otherOrigin(audience.state);
  if (origin === undefined) return;
  throw new InvalidRequestError({
    operation: `${action} ${labelOf(audience)}`,
    method: "",
    path: "",
    happened: `${origin} has made it and not the Segmentation Service: it can only be read`,
    advice: "Nothing was sent. Remove it from the stack with pulumi state delete, and read it with cja.Audience.get.",
  });
}

/** Deletes an audience. Already gone is success, where the listing agrees. Whether it may go was asked before: see `Lifecycle.deletionCheck`. */
export async function remove(services: AudienceServices, audience: PlacedAudience): Promise<void> {
  const { id, sandbox } = audience;
  services.reader.forget(sandbox, id);
  const removal = await services.client
    .remove(sandbox, id)
    .catch((error: unknown) => explainRefusal(services, audience, error));
  if (removal !== "deleted") await refuseIfThere(services, audience, removal);
}

/**
 * @param removal whether the service said that it does not know the audience, or nothing of it.
 * @throws UnexpectedAnswerError where the service has the audience nonetheless.
 */
async function refuseIfThere(
  services: AudienceServices,
  audience: PlacedAudience,
  removal: Exclude<Removal, "deleted">,
): Promise<void> {
  const { id, sandbox, state } = audience;
  const isThere = async () =>
    // Lists leave inactive ones out.
    (removal === "unconfirmed" && (await services.client.get(sandbox, id)) !== undefined) ||
    (await findByName(services, id, state.name, sandbox)) !== undefined;
  if (!(await isStillListed(services.clock, isThere))) return;
  throw new UnexpectedAnswerError({
    operation: `delete ${labelOf(audience)}`,
    method: "",
    path: "",
    happened:
      removal === "absent"
        ? "the service says that there is no such audience, and still lists it"
        : "the service did not confirm the deletion, and still has the audience",
    advice:
      "It stays in the state. Run the same command again. If that does not help, check cja:platformUrl (CJA_PLATFORM_URL), and whether the UI still shows the audience.",
  });
}

/** Names what holds an audience that the service does not delete. Of destinations only its own words tell. */
async function explainRefusal(services: AudienceServices, audience: PlacedAudience, error: unknown): Promise<never> {
  if (!(error instanceof InvalidRequestError) && !(error instanceof CjaError && error.code === HAS_DEPENDENTS))
    throw error;
  const dependents = await findDependents(services, audience).catch(() => undefined);
  if (dependents === undefined || dependents.length === 0)
    throw new InvalidRequestError({
      ...error,
      advice: `It stays in the state. If destinations or audiences use it, remove it there, and run the same command again. ${await keepAdvice(services)}`,
    });
  throw new InvalidRequestError({
    ...error,
    happened: `other audiences reference it: ${await namesText(services, audience.sandbox, dependents)}`,
    advice: `It stays in the state. Change or delete these first, and run the same command again. ${await keepAdvice(services)}`,
  });
}

/** Documented with the status 400 (OpenAPI document). */
const HAS_DEPENDENTS = "UPAPI-113631-403";

/** The older form has no lifecycle. */
async function keepAdvice({ client }: AudienceServices): Promise<string> {
  const policies = (await client.lastForm()) === "definitions" ? '"retain"' : '"retain" (or "deactivate")';
  return `To let it go and keep it, set deletionPolicy: ${policies}, run pulumi up, then delete it as before.`;
}

/** @returns the IDs of the audiences that reference it; undefined where there is no such audience. */
async function findDependents({ client }: AudienceServices, { sandbox, id }: PlacedAudience) {
  const found = await client.get(sandbox, id);
  if (!found || found.dependents) return found?.dependents;
  // The older form does not tell, but lists all expressions.
  const referencing: string[] = [];
  for await (const { items } of client.pages(sandbox))
    for (const { id: other, expression } of items)
      if (referencedAudiences(expression).some((reference) => reference.id === id)) referencing.push(other);
  return referencing;
}

async function namesText({ reader }: AudienceServices, sandbox: string, ids: readonly string[]): Promise<string> {
  const names = await Promise.all(
    ids.slice(0, MAX_USES).map(async (id) => {
      const name = (await reader.find(sandbox, id))?.name;
      return name === undefined ? id : `${JSON.stringify(name)} (${id})`;
    }),
  );
  return [...names, ...(ids.length > MAX_USES ? [`${ids.length - MAX_USES} more`] : [])].join(", ");
}

/**
 * Throws, with what references the audience, where its resource says so.
 *
 * @param leaving what this run deletes, too
 */
export async function refuseIfUsed(
  services: AudienceServices,
  audience: PlacedAudience,
  action: "replace" | "delete",
  leaving: (id: string) => boolean,
): Promise<void> {
  const users = (await findDependents(services, audience))?.filter((id) => !leaving(id)) ?? [];
  if (users.length === 0) return;
  const { target, exclude } = await targetFlags(services, audience.id, audience.state);
  const names = await namesText(services, audience.sandbox, users);
  throw new InvalidRequestError({
    operation: `${action} ${labelOf(audience)}`,
    method: "",
    path: "",
    happened: `other audiences reference it: ${names}, and its deletionPolicy is "refuseIfUsed"`,
    advice:
      `This audience was not deleted. Change or delete these first, and run the same command again. ` +
      `To delete it anyway: set deletionPolicy: "delete" (if its resource has left the program, put it back first), run pulumi up ${target}, then delete it as before. ` +
      `To keep it: run the same command with ${exclude}.`,
  });
}

/** Ends the evaluation of an audience, which stays. */
export async function deactivate(services: AudienceServices, audience: PlacedAudience): Promise<void> {
  const { client, reader } = services;
  const { id, sandbox, state } = audience;
  if ((await client.form(sandbox)) === "definitions")
    throw new InvalidRequestError({
      operation: `deactivate ${labelOf(audience)}`,
      method: "",
      path: "",
      happened:
        "this organisation's Experience Platform answers only the older API, /segment/definitions, which has no lifecycle",
      advice: 'Nothing was sent. Set deletionPolicy: "retain" or "delete", run pulumi up, then delete it as before.',
    });
  reader.forget(sandbox, id);
  const whole = { ...contentOf(state, state.mergePolicyId), lifecycle: "inactive" as const };
  try {
    await client.update(sandbox, id, { lifecycle: "inactive" }, whole);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    return refuseIfThere(services, audience, "absent");
  }
  logKept(services, audience, "as inactive: it is no longer evaluated");
}

/** It would be made a second time in silence by whoever puts its resource back. */
export function logKept({ info }: AudienceServices, { id, state }: PlacedAudience, how = "as it is"): void {
  const { name, deletionPolicy } = state;
  info(
    `Audience ${id} ${JSON.stringify(name)} stays in Experience Platform, ${how}. Its deletionPolicy is ${JSON.stringify(deletionPolicy)}. ` +
      `To manage it again, set adoptId to ${JSON.stringify(id)}; without it, pulumi up creates another one.`,
  );
}
