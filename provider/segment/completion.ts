import type { SegmentInputs } from "../../inputs";
import { StartedButFailedError } from "../lifecycle";
import type { Created } from "./creation";
import { managesMetadata, metadataPatch, type FoundMetadata } from "./metadata";
import type { SegmentServices } from "./services";
import { written, type SegmentState } from "./state";

/** Writes the tags and shares that differ, together with those of other segments. */
export async function ensureMetadata(
  { metadata, catalog }: SegmentServices,
  id: string,
  found: FoundMetadata,
  wanted: SegmentInputs,
): Promise<void> {
  const changes = metadataPatch(found, wanted);
  if (!managesMetadata(changes)) return;
  await metadata.write(id, changes);
  catalog.forget(id);
}

/**
 * Adds to a new segment what takes requests of their own.
 *
 * @throws StartedButFailedError where that fails: the segment is there all the same, and has to stay in state.
 */
export async function complete(
  services: SegmentServices,
  { segment, takenOver }: Created,
  inputs: SegmentInputs,
): Promise<SegmentState> {
  const state = written(inputs, segment, services.orgId());
  try {
    await ensureMetadata(services, segment.id, takenOver ? {} : { tags: [], shares: [] }, inputs);
    return state;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const names = [...(inputs.tags ? ["tags"] : []), ...(inputs.shares ? ["shares"] : [])].join(" and ");
    const reason = `Segment ${segment.id} was made, but its ${names} could not be set; the next pulumi up sets them.`;
    // In state without them, the next run sees that they are missing.
    const { tags: _t, shares: _s, ...without } = state;
    throw new StartedButFailedError(segment.id, { ...without }, [reason, error.message]);
  }
}
