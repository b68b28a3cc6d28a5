import type { Use } from "../api/segment";
import { InvalidRequestError, PermissionError, UnexpectedAnswerError } from "../http/errors";
import { unlisted } from "./reading";
import type { SegmentServices } from "./services";
import type { SegmentState } from "./state";

/** A message is to be read: what uses a segment in hundreds of places is named in part. */
const MOST_USES = 20;

/** Deletes a segment that is not retained. Already gone is success. */
export async function remove(services: SegmentServices, id: string, state: SegmentState): Promise<void> {
  if (state.deletionPolicy === "refuseIfUsed") await refuseIfUsed(services, id, state, "delete");
  const deleted = await services.client.remove(id);
  services.catalog.forget(id);
  if (!deleted) await refuseIfListed(services, id, state);
}

/** A deletion may be missing in a listing for a moment. */
const PAUSES_MS = [2_000, 5_000] as const;

/**
 * What the service knows nothing of is gone where its listing agrees. A listing that is no listing, or of somebody else's, throws.
 *
 * @throws UnexpectedAnswerError where the segment is still listed.
 */
async function refuseIfListed({ catalog, clock }: SegmentServices, id: string, state: SegmentState): Promise<void> {
  for (const pause of [0, ...PAUSES_MS]) {
    await clock.sleep(pause);
    catalog.forget(id);
    if (!(await catalog.find(id, state.dataViewId))) return;
  }
  throw new UnexpectedAnswerError({
    operation: `delete ${label(id, state)}`,
    method: "",
    path: "",
    happened: "the service does not say that it has deleted it, and still lists it",
    advice:
      "It stays in the state. Run the same command again; if that does not help, check cja:cjaUrl (CJA_URL), and look in the UI whether the segment is there.",
  });
}

/** It would be made a second time in silence by whoever puts its resource back. */
export function sayRetained({ say }: SegmentServices, id: string, { name }: SegmentState): void {
  say(
    `Segment ${id} ${JSON.stringify(name)} stays in Customer Journey Analytics: its deletionPolicy is "retain". ` +
      `To manage it again, set adoptId to ${JSON.stringify(id)}; without it, another one is made.`,
  );
}

/** The engine deletes the original by the policy in its state: one that comes with the replacement itself is too late. */
export function refuseLatePolicy(id: string, state: SegmentState): never {
  throw new InvalidRequestError({
    operation: `replace ${label(id, state)}`,
    method: "",
    path: "",
    happened:
      'deletionPolicy "retain" comes together with what replaces the segment, and does not reach the original any more',
    advice: "Nothing was changed. Set deletionPolicy first, run pulumi up, and then change the data view.",
  });
}

/** Throws, with what uses the segment, where its resource says so. What cannot be found out counts as used. */
export async function refuseIfUsed(
  services: SegmentServices,
  id: string,
  state: SegmentState,
  act: "delete" | "replace",
): Promise<void> {
  const found = await look(services, id, state);
  if (found.kind === "gone" || (found.kind === "told" && found.uses.length === 0)) return;
  const told = found.kind === "told";
  throw new InvalidRequestError({
    operation: `${act} ${label(id, state)}`,
    method: "",
    path: "",
    happened: `${told ? `it is used by ${usersText(found.uses)}` : found.why}, and its deletionPolicy is "refuseIfUsed"`,
    advice: `Nothing was deleted. ${told ? "Take it out of what uses it" : "Look in the UI what uses it"}, or ${ways(act)}`,
  });
}

const ways = (act: "delete" | "replace"): string => {
  // What counts is the policy of the last up; the program does not reach the original of a replacement that is done.
  return act === "replace"
    ? `undo the move, set deletionPolicy to "delete" or "retain" in the segment as it was, run pulumi up, and move it then.`
    : `set deletionPolicy to "delete" or "retain" and run pulumi up before you delete it. If its resource has left the program, put it back for that. If another segment has taken its place already (the engine says "deleting original"), take it out of what uses it, or delete it in the UI, and run pulumi up again.`;
};

type Found =
  | { readonly kind: "gone" }
  | { readonly kind: "told"; readonly uses: readonly Use[] }
  | { readonly kind: "untold"; readonly why: string };

async function look(services: SegmentServices, id: string, state: SegmentState): Promise<Found> {
  try {
    const uses = await services.uses.of(id);
    if (uses !== undefined) return { kind: "told", uses };
    const there = (await services.catalog.find(id, state.dataViewId)) ?? (await unlisted(services, id, state));
    return there ? { kind: "untold", why: "the service does not tell what uses it" } : { kind: "gone" };
  } catch (error) {
    // The expansion may be unknown to this service, or not for this account.
    if (!(error instanceof InvalidRequestError || error instanceof PermissionError)) throw error;
    return { kind: "untold", why: `the service does not tell what uses it (${error.serviceMessage ?? "refused"})` };
  }
}

const label = (id: string, { name }: SegmentState): string => `segment ${id} ${JSON.stringify(name)}`;

function usersText(uses: readonly Use[]): string {
  const named = uses
    .slice(0, MOST_USES)
    .map(({ type, id, name }) => `the ${type} ${name === undefined ? id : `${JSON.stringify(name)} (${id})`}`);
  return [...named, ...(uses.length > MOST_USES ? [`${uses.length - MOST_USES} more`] : [])].join(", ");
}
