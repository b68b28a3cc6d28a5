import { hash } from "../../definition/hash";
import type { SegmentContent } from "../../model";
import { CLOCK_SKEW_MS } from "../clock";
import { createOnce, type Created } from "../create-once";
import { madeBy } from "../state/intents";
import type { Desired } from "./desired";
import { patch } from "./diff";
import { managesMetadata } from "./metadata";
import type { Segment } from "./segment";
import type { SegmentServices } from "./services";

/**
 * Makes one segment, and never two.
 *
 * @param made the IDs that this process has made.
 * @param urn of the resource, where it is known and no other one of the program is alike.
 */
export function createSegment(
  services: SegmentServices,
  { inputs, content, key }: Desired,
  made: ReadonlySet<string>,
  urn: string | undefined,
): Promise<Created<Segment>> {
  const { client } = services;
  const named = namedKey(content);
  const label = labelOf(content);
  return createOnce(services, {
    key,
    urn,
    made,
    note: { named },
    // Tags and shares take their time, in which a run may be killed.
    noteOf: (id) => (managesMetadata(inputs) ? { made: id } : undefined),
    operation: `create ${label}`,
    send: () => client.create(content, inputs.locale),
    newest: () => client.newestOwn(content.dataViewId),
    recognise: (newest, { intent, since, taken }) =>
      newest.find(
        (segment) =>
          !taken.has(segment.id) &&
          madeSince(segment, since) &&
          sameContent(segment, content) &&
          (madeBy(intent) ?? segment.id) === segment.id,
      ),
    async pointOut() {
      await pointOutChanged(services, content, key, urn);
      await pointOutOrphans(services, content, made);
    },
    says: {
      interrupted: `${label}: a run was interrupted while it was made. Looking for it before another one is made.`,
      takenOver: (id) => `${label}: an interrupted run had made ${id}; it is taken over.`,
      doubt: (answered) =>
        `${label}: the answer to its creation ${answered ? "leaves open whether it was made" : "never came"}. Looking for it before another one is made.`,
    },
  });
}

/** What a segment is called and where it is, by which records know it: a name may be secret, and they are not. */
const namedKey = ({ name, dataViewId }: SegmentContent): string => hash([name, dataViewId]);

/** A killed run may have made it with other content, before the program was changed: that one would be in nobody's state. */
async function pointOutChanged(
  { intents, warn }: SegmentServices,
  content: SegmentContent,
  key: string,
  urn: string | undefined,
) {
  const named = namedKey(content);
  const alike = await intents.abandoned(({ key: other, note }) => other !== key && note?.["named"] === named, urn);
  for (const { startedAt, note } of alike) {
    const at = new Date(startedAt).toISOString();
    const id = note?.["made"];
    warn(
      id === undefined
        ? `${labelOf(content)}: a run that was interrupted at ${at} may have made it with other content. Look in the UI for two of that name before you use this one.`
        : `${labelOf(content)}: a run that was interrupted at ${at} has made it with other content, ${id}, and another one is made now. ` +
            `Delete the older one in the UI. To keep it instead, ${keepOlder(id)}`,
    );
  }
}

/** A resource that has a segment takes over no other one: the refresh finds the new one gone first. */
const keepOlder = (id: string): string =>
  `delete the new one in the UI, set adoptId to ${JSON.stringify(id)}, and run pulumi up --refresh.`;

/** Where this host has no record, what looks the same may be what a killed run left, or another stack's. */
async function pointOutOrphans({ orphans, warn }: SegmentServices, content: SegmentContent, made: ReadonlySet<string>) {
  for (const segment of await orphans.among(content.dataViewId)) {
    if (made.has(segment.id) || !sameContent(segment, content)) continue;
    const since = segment.created === undefined ? "" : ` since ${segment.created}`;
    warn(
      `${labelOf(content)}: this account has the same already${since}, ${segment.id}. It may belong to another stack, so another one is made. ` +
        `If a run was interrupted (the engine then warns of a pending create), it is what that run left: delete it in the UI. To keep it instead, ${keepOlder(segment.id)}`,
    );
  }
}

/** As messages name it. */
const labelOf = ({ name }: SegmentContent): string => `Segment ${JSON.stringify(name)}`;

/** Whether a segment is what a request would make. */
const sameContent = (segment: Segment, content: SegmentContent): boolean =>
  Object.keys(patch(segment, content)).length === 0;

function madeSince({ created, modified }: Segment, since: number): boolean {
  const at = Date.parse(created ?? modified ?? "");
  return at >= since - CLOCK_SKEW_MS;
}
