import { hash } from "../../definition/hash";
import type { SegmentContent } from "../../model";
import { patch } from "./diff";
import type { Segment } from "./segment";
import type { SegmentServices } from "./services";

// What may be there twice, and that only its user can tell apart.

/** What a segment is called and where it is, by which records know it: a name may be secret, and they are not. */
export const namedKey = ({ name, dataViewId }: SegmentContent): string => hash([name, dataViewId]);

/** A killed run may have made it with other content, before the program was changed: that one would be in nobody's state. */
export async function pointOutChanged(
  { intents, warn }: SegmentServices,
  content: SegmentContent,
  key: string,
  urn?: string,
) {
  const alike = await intents.abandoned(
    ({ key: other, note }) => other !== key && note?.["named"] === namedKey(content),
    urn,
  );
  for (const { startedAt, note } of alike) {
    const at = new Date(startedAt).toISOString();
    const id = note?.["made"];
    warn(
      id === undefined
        ? `${label(content)}: a run that was interrupted at ${at} may have made it with other content. Look in the UI for two of that name before you use this one.`
        : `${label(content)}: a run that was interrupted at ${at} has made it with other content, ${id}, and another one is made now. ` +
            `Delete the older one in the UI. To keep it instead, ${keepOlder(id)}`,
    );
  }
}

/** A resource that has a segment takes over no other one: the refresh finds the new one gone first. */
const keepOlder = (id: string): string =>
  `delete the new one in the UI, set adoptId to ${JSON.stringify(id)}, and run pulumi up --refresh.`;

/** Where this host has no record, what looks the same may be what a killed run left, or another stack's. */
export async function pointOutOrphans(
  { orphans, warn }: SegmentServices,
  content: SegmentContent,
  made: ReadonlySet<string>,
) {
  for (const segment of await orphans.among(content.dataViewId)) {
    if (made.has(segment.id) || !sameContent(segment, content)) continue;
    const since = segment.created === undefined ? "" : ` since ${segment.created}`;
    warn(
      `${label(content)}: this account has the same already${since}, ${segment.id}. It may belong to another stack, so another one is made. ` +
        `If a run was interrupted (the engine then warns of a pending create), it is what that run left: delete it in the UI. To keep it instead, ${keepOlder(segment.id)}`,
    );
  }
}

/** As messages name it. */
export const label = ({ name }: SegmentContent): string => `Segment ${JSON.stringify(name)}`;

/** Whether a segment is what a request would make. */
export const sameContent = (segment: Segment, content: SegmentContent): boolean =>
  Object.keys(patch(segment, content)).length === 0;
