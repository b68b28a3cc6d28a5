import type { SegmentInputs } from "../../model";
import { StartedButFailedError } from "../lifecycle";
import { fromState, managesMetadata, metadataPatch, type FoundMetadata, type Metadata } from "./tags-and-shares";
import type { FailedWrites } from "./tags-and-shares-batch";
import type { Segment } from "./segment";
import type { SegmentServices } from "./services";
import type { SegmentState } from "./state";

/** What the service has of a segment beside its content. Its shares are asked for only where the program says something of them. */
export const readMetadata = async (
  { shares }: SegmentServices,
  { id, tags }: Segment,
  desired: Metadata,
): Promise<FoundMetadata> => ({
  ...(tags && { tags }),
  ...(desired.shares && { shares: await shares.find(id) }),
});

/**
 * What is known of them before a change. A segment that the option `import` has taken over, or whose tags a program says for the first time, has
 * them unknown: they are read, for what is right already is not written.
 */
export async function knownMetadata(
  services: SegmentServices,
  id: string,
  state: SegmentState,
  desired: SegmentInputs,
): Promise<FoundMetadata> {
  const known = fromState(state);
  const isUnread = (name: keyof Metadata) => desired[name] !== undefined && known[name] === undefined;
  if (!isUnread("tags") && !isUnread("shares")) return known;
  const segment = isUnread("tags") ? await services.reader.find(id, state.dataViewId) : undefined;
  return { ...(await readMetadata(services, { id, ...segment }, isUnread("shares") ? desired : {})), ...known };
}

/** Writes the tags and shares that differ, together with those of other segments. @returns what of it failed. */
export async function ensureMetadata(
  { metadata, reader }: SegmentServices,
  id: string,
  found: FoundMetadata,
  desired: SegmentInputs,
): Promise<FailedWrites> {
  const changes = metadataPatch(found, desired);
  if (!managesMetadata(changes)) return new Map();
  const failed = await metadata.write(id, changes);
  reader.forget(id);
  return failed;
}

/**
 * The state after tags and shares were written, too.
 *
 * @param action what was done to the segment itself, if anything.
 * @throws StartedButFailedError where they could not be: the rest is done all the same, and has to stay in state. Without them in
 *   it, the next run sees that they are missing.
 */
export function stateOrPartialFailure(
  id: string,
  state: SegmentState,
  failed: FailedWrites,
  action: "created" | "changed" | undefined,
): SegmentState {
  if (failed.size === 0) return state;
  const names = [...failed.keys()].join(" and ");
  const subject =
    action === undefined ? `The ${names} of segment ${id}` : `Segment ${id} was ${action}, but its ${names}`;
  const stateWithoutFailed = Object.fromEntries(
    Object.entries(state).filter(([key]) => !failed.has(key as "tags" | "shares")),
  );
  const reasons = [...failed.values()].map((error) => (error instanceof Error ? error.message : String(error)));
  throw new StartedButFailedError(id, stateWithoutFailed, [
    `${subject} could not be set; the next pulumi up sets them.`,
    ...new Set(reasons),
  ]);
}
