import { hash } from "../../definition/hash";
import type { SegmentContent } from "../../model";
import { createOnce, findByContent, type CreationResult } from "../create-once";
import { creationMessages, equalOneText, warnOfChangedContent } from "../creation-warnings";
import type { DesiredSegment } from "./desired";
import { changedFields } from "./diff";
import { managesMetadata } from "./tags-and-shares";
import type { Segment } from "./segment";
import type { SegmentServices } from "./services";

/**
 * Makes one segment, and never two.
 *
 * @param createdIds the IDs that this process has made.
 * @param urn of the resource, where it is known and no other one of the program is alike.
 */
export function createSegment(
  services: SegmentServices,
  { inputs, content, key }: DesiredSegment,
  createdIds: ReadonlySet<string>,
  urn: string | undefined,
): Promise<CreationResult<Segment>> {
  const { client } = services;
  const label = `Segment ${JSON.stringify(content.name)}`;
  const planned = { noun: "Segment", label, key, nameHash: hash([content.name, content.dataViewId]), urn } as const;
  return createOnce(services, {
    key,
    urn,
    createdIds,
    note: { named: planned.nameHash },
    // Tags and shares take their time, in which a run may be killed.
    noteAfterCreation: (id) => (managesMetadata(inputs) ? { made: id } : undefined),
    operation: `create ${label}`,
    send: () => client.create(content, inputs.locale),
    listNewest: () => client.listNewestOwn(content.dataViewId),
    findCreated: (newest, sent) => findByContent(newest, sent, (segment) => hasContent(segment, content)),
    async warnOfPossibleDuplicates() {
      await warnOfChangedContent(services, planned);
      // Where this host has no record.
      for (const segment of await services.possibleDuplicates.listNewest(content.dataViewId))
        if (!createdIds.has(segment.id) && hasContent(segment, content)) services.warn(equalOneText(planned, segment));
    },
    messages: creationMessages(label),
  });
}

/** Whether a segment is what a request would make. */
const hasContent = (segment: Segment, content: SegmentContent): boolean =>
  Object.keys(changedFields(segment, content)).length === 0;
