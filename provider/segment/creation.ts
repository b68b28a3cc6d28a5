import { hash } from "../../definition/hash";
import type { SegmentContent } from "../../model";
import { CLOCK_SKEW_MS } from "../clock";
import { createOnce, type CreationResult } from "../create-once";
import { createdIdOf } from "../state/intents";
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
  const nameHash = hashName(content);
  const label = labelOf(content);
  return createOnce(services, {
    key,
    urn,
    createdIds,
    note: { named: nameHash },
    // Tags and shares take their time, in which a run may be killed.
    noteAfterCreation: (id) => (managesMetadata(inputs) ? { made: id } : undefined),
    operation: `create ${label}`,
    send: () => client.create(content, inputs.locale),
    listNewest: () => client.listNewestOwn(content.dataViewId),
    findCreated: (newest, { intent, sentAt, takenIds }) =>
      newest.find(
        (segment) =>
          !takenIds.has(segment.id) &&
          wasCreatedSince(segment, sentAt) &&
          hasContent(segment, content) &&
          (createdIdOf(intent) ?? segment.id) === segment.id,
      ),
    async warnOfPossibleDuplicates() {
      await warnOfChangedContent(services, content, key, urn);
      await warnOfPossibleDuplicates(services, content, createdIds);
    },
    messages: {
      interrupted: `${label}: an earlier run was interrupted while creating it. Looking for it before creating another one.`,
      takenOver: (id) => `${label}: the interrupted run created ${id}; this run takes it over.`,
      outcomeUnknown: (answered) =>
        `${label}: ${answered ? "Adobe's answer does not say whether it was created" : "Adobe did not answer the request to create it"}. Looking for it before creating another one.`,
    },
  });
}

/** What a segment is called and where it is, by which records know it: a name may be secret, and they are not. */
const hashName = ({ name, dataViewId }: SegmentContent): string => hash([name, dataViewId]);

/** A killed run may have made it with other content, before the program was changed: that one would be in nobody's state. */
async function warnOfChangedContent(
  { intents, warn }: SegmentServices,
  content: SegmentContent,
  key: string,
  urn: string | undefined,
) {
  const nameHash = hashName(content);
  const sameName = await intents.listAbandoned(
    ({ key: other, note }) => other !== key && note?.["named"] === nameHash,
    urn,
  );
  for (const { startedAt, note } of sameName) {
    const interruptedAt = new Date(startedAt).toISOString();
    const id = note?.["made"];
    warn(
      id === undefined
        ? `${labelOf(content)}: a run interrupted at ${interruptedAt} may have created it with other content. Before you use this one, look in the UI for a second segment of that name.`
        : `${labelOf(content)}: a run interrupted at ${interruptedAt} created it with other content, as ${id}, and this run creates another one. ` +
            `Delete the older one in the UI. To keep it instead, ${keepOlderAdvice(id)}`,
    );
  }
}

/** A resource that has a segment takes over no other one: the refresh finds the new one gone first. */
const keepOlderAdvice = (id: string): string =>
  `delete the new one in the UI, set adoptId to ${JSON.stringify(id)}, and run pulumi up --refresh.`;

/** Where this host has no record, what looks the same may be what a killed run left, or another stack's. */
async function warnOfPossibleDuplicates(
  { possibleDuplicates, warn }: SegmentServices,
  content: SegmentContent,
  createdIds: ReadonlySet<string>,
) {
  for (const segment of await possibleDuplicates.listNewest(content.dataViewId)) {
    if (createdIds.has(segment.id) || !hasContent(segment, content)) continue;
    const sinceText = segment.created === undefined ? "" : `, created ${segment.created}`;
    warn(
      `${labelOf(content)}: this account already has an equal one, ${segment.id}${sinceText}. It may belong to another stack, so this run creates another one. ` +
        `If a run was interrupted (the engine then warns of a pending create), that run created it: delete it in the UI. To keep it instead, ${keepOlderAdvice(segment.id)}`,
    );
  }
}

/** As messages name it. */
const labelOf = ({ name }: SegmentContent): string => `Segment ${JSON.stringify(name)}`;

/** Whether a segment is what a request would make. */
const hasContent = (segment: Segment, content: SegmentContent): boolean =>
  Object.keys(changedFields(segment, content)).length === 0;

function wasCreatedSince({ created, modified }: Segment, sentAt: number): boolean {
  const createdAt = Date.parse(created ?? modified ?? "");
  return createdAt >= sentAt - CLOCK_SKEW_MS;
}
