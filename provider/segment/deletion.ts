import type { Use } from "../../model/segment-fields";
import { targetFlags, type TargetFlags } from "../target-flags";
import { CjaError, InvalidRequestError, PermissionError, UnexpectedAnswerError } from "../http/errors";
import { isStillListed } from "../still-listed";
import { readUnlisted } from "./read";
import type { SegmentServices } from "./services";
import type { SegmentState } from "./state";

/** A message is to be read: what uses a segment in hundreds of places is named in part. */
const MAX_USES = 20;

/** Deletes a segment that is not retained. Already gone is success. Whether it may go was asked before: see `Lifecycle.deletionCheck`. */
export async function remove(services: SegmentServices, id: string, state: SegmentState): Promise<void> {
  const isConfirmed = await services.client.remove(id);
  services.reader.forget(id);
  if (!isConfirmed) await refuseIfListed(services, id, state);
}

/**
 * What the service knows nothing of is gone where its listing agrees. A listing that is no listing, or of somebody else's, throws.
 *
 * @throws UnexpectedAnswerError where the segment is still listed.
 */
async function refuseIfListed({ reader, clock }: SegmentServices, id: string, state: SegmentState): Promise<void> {
  const isListed = async () => {
    reader.forget(id);
    return (await reader.find(id, state.dataViewId)) !== undefined;
  };
  if (!(await isStillListed(clock, isListed))) return;
  throw new UnexpectedAnswerError({
    operation: `delete ${segmentLabel(id, state)}`,
    method: "",
    path: "",
    happened: "the service did not confirm the deletion, and still lists the segment",
    advice:
      "It stays in the state. Run the same command again. If that does not help, check cja:cjaUrl (CJA_URL), and whether the UI still shows the segment.",
  });
}

/** It would be made a second time in silence by whoever puts its resource back. */
export function logRetained({ info }: SegmentServices, id: string, { name }: SegmentState): void {
  info(
    `Segment ${id} ${JSON.stringify(name)} stays in Customer Journey Analytics: its deletionPolicy is "retain". ` +
      `To manage it again, set adoptId to ${JSON.stringify(id)}; without it, pulumi up creates another one.`,
  );
}

/** The engine deletes the original by the policy in its state: one that comes with the replacement itself is too late. */
export async function refuseLatePolicy(services: SegmentServices, id: string, state: SegmentState): Promise<never> {
  throw new InvalidRequestError({
    operation: `replace ${segmentLabel(id, state)}`,
    method: "",
    path: "",
    happened:
      'deletionPolicy "retain" was added in the same update that replaces it; the old segment still has its previous policy',
    advice: `Nothing was changed. Restore the old dataViewId, set deletionPolicy: "retain" alone, run pulumi up ${(await targetFlags(services, id, state)).target}, then change dataViewId again.`,
  });
}

/** Throws, with what uses the segment, where its resource says so. What cannot be found out counts as used. */
export async function refuseIfUsed(
  services: SegmentServices,
  id: string,
  state: SegmentState,
  action: DeletionAction,
): Promise<void> {
  const uses = await findUses(services, id, state);
  if (uses.kind === "gone" || (uses.kind === "known" && uses.uses.length === 0)) return;
  const areUsesKnown = uses.kind === "known";
  const flags = await targetFlags(services, id, state);
  throw new InvalidRequestError({
    operation: `${action.kind} ${segmentLabel(id, state)}`,
    method: "",
    path: "",
    happened: `${areUsesKnown ? `it is used by ${usersText(uses.uses)}` : uses.why}, and its deletionPolicy is "refuseIfUsed"`,
    advice:
      action.kind === "replace"
        ? replacementAdvice(areUsesKnown, flags)
        : deletionAdvice(areUsesKnown, action.deleted, flags),
  });
}

/** What is done to a segment. `deleted`: how many resources the run has deleted before. */
type DeletionAction = { readonly kind: "replace" } | { readonly kind: "delete"; readonly deleted: number };

/** What counts is the policy of the last `up`. */
const replacementAdvice = (areUsesKnown: boolean, { target }: TargetFlags): string =>
  `Nothing was created or deleted. ${areUsesKnown ? "Remove it from what uses it, and run the same command again." : "Restore the old dataViewId, or create a second segment in the other data view."} ` +
  `To replace it anyway: restore the old dataViewId, set deletionPolicy: "delete" ("retain" keeps the old segment), run pulumi up ${target}, then change dataViewId again.`;

/** The program does not reach the original of a replacement that is done: then the first way is the only one. */
const deletionAdvice = (areUsesKnown: boolean, deleted: number, { target, exclude }: TargetFlags): string =>
  [
    deleted === 0
      ? "This run deleted nothing."
      : `This run had already deleted ${deleted} other resource${deleted === 1 ? "" : "s"}.`,
    areUsesKnown
      ? "Remove it from what uses it, or delete it in Customer Journey Analytics, and run the same command again."
      : "Check its use in Customer Journey Analytics: if nothing uses it, delete it there and run the same command again.",
    `To delete it anyway: set deletionPolicy: "delete" (if its resource has left the program, put it back first), run pulumi up ${target}, then delete it as before.`,
    `To keep it: run the same command with ${exclude}.`,
  ].join(" ");

/**
 * Says what a replacement takes away from those that use a segment, whatever its policy: the plan is the last moment to know. It is no
 * reason to fail.
 */
export async function warnOfUses(services: SegmentServices, id: string, state: SegmentState): Promise<void> {
  const name = segmentLabel(id, state).replace("segment", "Segment");
  try {
    const uses = await services.usesFinder.findUses(id);
    if (uses === undefined) services.info(`${name} is replaced and deleted. Adobe does not say what uses it.`);
    else if (uses.length > 0)
      services.warn(
        `${name} is replaced and deleted. It is used by ${usersText(uses)}. They will still use the old ID.`,
      );
  } catch (error) {
    if (!(error instanceof CjaError)) throw error;
    services.info(`${name} is replaced and deleted. The provider could not ask Adobe what uses it: ${error.message}`);
  }
}

type UsesResult =
  | { readonly kind: "gone" }
  | { readonly kind: "known"; readonly uses: readonly Use[] }
  | { readonly kind: "unknown"; readonly why: string };

async function findUses(services: SegmentServices, id: string, state: SegmentState): Promise<UsesResult> {
  try {
    const uses = await services.usesFinder.findUses(id);
    if (uses !== undefined) return { kind: "known", uses };
    const segment = (await services.reader.find(id, state.dataViewId)) ?? (await readUnlisted(services, id, state));
    return segment ? { kind: "unknown", why: "Adobe does not say whether it is in use" } : { kind: "gone" };
  } catch (error) {
    // The expansion may be unknown to this service, or not for this account.
    if (!(error instanceof InvalidRequestError || error instanceof PermissionError)) throw error;
    return { kind: "unknown", why: `Adobe does not say whether it is in use (${error.serviceMessage ?? "refused"})` };
  }
}

const segmentLabel = (id: string, { name }: SegmentState): string => `segment ${id} ${JSON.stringify(name)}`;

function usersText(uses: readonly Use[]): string {
  const names = uses
    .slice(0, MAX_USES)
    .map(({ type, id, name }) => `the ${type} ${name === undefined ? id : `${JSON.stringify(name)} (${id})`}`);
  return [...names, ...(uses.length > MAX_USES ? [`${uses.length - MAX_USES} more`] : [])].join(", ");
}
