import { equal } from "../../definition/equal";
import type { SegmentContent, SegmentInputs } from "../../model";
import { omit, pick } from "../../model/fields";
import {
  CLEARED_FIELDS,
  isSameValue,
  TEXT_FIELDS,
  segmentField,
  FORGETTABLE_FIELDS,
} from "../../model/segment-field-lists";
import type { Segment } from "./segment";
import { refuseExactNumbers } from "../exact-numbers";
import { withoutUndefined } from "../http/answer-fields";
import { NotFoundError, PermissionError } from "../http/errors";
import type { Values } from "../lifecycle";
import { readMetadata } from "./tags-and-shares-sync";
import { mergeObserved, type FoundMetadata } from "./tags-and-shares";
import type { SegmentServices } from "./services";
import { digest, serviceFields, type SegmentState } from "./state";

type ReadResult = { readonly state: Values; readonly inputs: Values } | undefined;

/**
 * What the service has of a segment.
 *
 * @param state what is remembered; undefined for a read through the `id` option, where a missing segment is an error.
 * @returns undefined when the segment is gone.
 */
export async function read(
  services: SegmentServices,
  id: string,
  state: SegmentState | undefined,
): Promise<ReadResult> {
  const orgId = services.orgId();
  if (!state) {
    const segment = await services.client.get(id);
    if (!segment || (await isDeleted(services, segment))) throw notFoundError(id);
    return toReadResult(segment, undefined, orgId);
  }
  const listed = await services.reader.find(id, state.dataViewId);
  if (listed) return toReadResult(listed, state, orgId, await readMetadata(services, listed, state));
  const unlistedSegment = await readUnlisted(services, id, state);
  if (!unlistedSegment) return undefined;
  services.warn(
    `Adobe no longer lists segment ${id} to this account: it now belongs to ${unlistedSegment.owner?.name ?? unlistedSegment.owner?.id ?? "somebody else"}. The stack keeps it in state. Ask the owner to share it, or remove it from the stack with pulumi state delete.`,
  );
  // The owner stays whose it was when it was listed: with the new one in state, the next refresh would take it for gone.
  return toReadResult(withoutUndefined<Segment>({ ...unlistedSegment, owner: state.owner }), state, orgId);
}

/**
 * What there is of a segment that is no longer listed: it is gone if there is none by its ID, if that says so, or if its
 * owner is who it was or we ourselves, to whom it would be listed. Somebody else's may only be hidden from us.
 *
 * @returns undefined when it is gone.
 */
export async function readUnlisted(
  { client }: SegmentServices,
  id: string,
  state: SegmentState,
): Promise<Segment | undefined> {
  try {
    const segment = await client.get(id);
    if (!segment || segment.deleted === true) return undefined;
    const owner = segment.owner?.id;
    if (owner === undefined) return segment;
    if (owner === state.owner?.id) return undefined;
    const [ownSegment] = await client.list({ include: "own", page: 0, limit: 1 });
    return owner === ownSegment?.owner?.id ? undefined : segment;
  } catch (error) {
    // Nothing is said about it, so nothing has changed: only what may be left out is told by being absent.
    if (error instanceof PermissionError) return { id, ...pick(state, CLEARED_FIELDS) };
    throw error;
  }
}

/** Whether it is certainly deleted. A preview that may send nothing does not find out; the delete does. */
export async function isGone(services: SegmentServices, id: string, state: SegmentState): Promise<boolean> {
  if (services.validate === "apply") return false;
  return !((await services.reader.find(id, state.dataViewId)) ?? (await readUnlisted(services, id, state)));
}

/** A deleted segment still answers by its ID (segments guide, "Delete a segment"); only the listing tells. */
async function isDeleted(services: SegmentServices, segment: Segment): Promise<boolean> {
  if (segment.deleted !== undefined) return segment.deleted;
  return (await services.reader.find(segment.id, segment.dataViewId ?? "")) === undefined;
}

function toReadResult(
  segment: Segment,
  state: SegmentState | undefined,
  orgId: string,
  metadata: FoundMetadata = {},
): ReadResult {
  const isDrifted = hasDrifted(segment, state);
  if (isDrifted) refuseExactNumbers("Segment", segment.id, segment.definition);
  const plainFields = TEXT_FIELDS.map((name) => {
    const { absent } = segmentField(name);
    // What is absent and what it means are the same to the service; what the program says of the two is kept.
    const keepsStateValue =
      absent === undefined ? segment[name] === undefined : isSameValue(name, segment[name], state?.[name]);
    return [name, keepsStateValue ? state?.[name] : segment[name]] as const;
  });
  const inputs = {
    ...withoutUndefined<Partial<SegmentContent>>(Object.fromEntries(plainFields)),
    ...withoutUndefined<Partial<SegmentInputs>>({
      definition: isDrifted ? segment.definition : state?.definition,
      ...mergeObserved(state ?? {}, metadata),
      deletionPolicy: state?.deletionPolicy,
    }),
  };
  const definitionDigest = segment.definition === undefined ? state?.definitionDigest : digest(segment.definition);
  return {
    inputs,
    state: {
      // What only the service says may be missing in an answer: what it said before stands, but for who edited it, which may be
      // somebody else now.
      ...(state && omit(state, FORGETTABLE_FIELDS)),
      ...inputs,
      ...withoutUndefined<Partial<SegmentState>>({
        definitionDigest,
        ...serviceFields(segment, orgId),
      }),
    },
  };
}

/** The service may rewrite what it is given, so its definition is compared with its own answer to our last write. */
function hasDrifted(segment: Segment, state: SegmentState | undefined): boolean {
  if (segment.definition === undefined) return false;
  if (state === undefined) return true;
  return digest(segment.definition) !== state.definitionDigest && !equal(segment.definition, state.definition);
}

function notFoundError(id: string): NotFoundError {
  return new NotFoundError({
    operation: `read segment ${id}`,
    method: "",
    path: "",
    happened: "there is no such segment, or it is deleted",
  });
}
