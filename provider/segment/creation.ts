import { hash } from "../../definition/hash";
import type { SegmentContent, SegmentInputs } from "../../model";
import { segmentField, type BodyField } from "../../model/segment-fields";
import type { Segment } from "./segment";
import { OutcomeUnknownError } from "../http/errors";
import { madeBy, type Intent } from "../state/intents";
import { makeOnce, settle } from "../settling";
import type { SegmentServices } from "./services";
import { label, namedKey, pointOutChanged, pointOutOrphans, sameContent } from "./doubles";
import { managesMetadata } from "./metadata";
import { contentOf } from "./state";

/** The clocks of two machines differ by this much at most; a segment made earlier than that is not from our request. */
const CLOCK_SKEW_MS = 2 * 60_000;

/** A segment that was made, and the record of it: to be ended when all is done that belongs to making it. */
export interface Created {
  readonly segment: Segment;
  readonly intent: Intent;
  /** Made by an interrupted run: what else that run did to it is not known. */
  readonly takenOver: boolean;
}

/**
 * Makes one segment, and never two: a request whose outcome is unknown, in this process or in one that was killed, is
 * settled by looking for the segment before another is sent.
 *
 * @param made the IDs that this process has made: one of them is never the answer to another request.
 * @param urn of the resource, where it is known and no other one of the program is alike.
 */
export async function createOnce(
  services: SegmentServices,
  inputs: SegmentInputs,
  made: ReadonlySet<string>,
  urn?: string,
): Promise<Created> {
  const content = contentOf(inputs);
  const { intents, warn } = services;
  const key = contentKey(inputs);
  const leftover = await intents.takeOver(key, urn);
  if (leftover) {
    warn(`${label(content)}: a run was interrupted while it was made. Looking for it before another one is made.`);
    const found = await settled(services, content, {
      intent: leftover,
      since: leftover.startedAt,
      lastAt: leftover.seenAt,
      made,
    });
    if (found) {
      warn(`${label(content)}: an interrupted run had made ${found.id}; it is taken over.`);
      return { segment: found, intent: leftover, takenOver: true };
    }
  }
  if (!leftover) {
    await pointOutChanged(services, content, key, urn);
    await pointOutOrphans(services, content, made);
  }
  const intent = leftover ?? (await intents.begin(key, { named: namedKey(content) }));
  try {
    const segment = await post(services, inputs, intent, made);
    // Tags and shares take their time, in which a run may be killed.
    const noted = managesMetadata(inputs) ? await intents.note(intent, { made: segment.id }) : intent;
    return { segment, intent: noted, takenOver: false };
  } catch (error) {
    // The record stays only while nobody knows: the next run settles it.
    if (!(error instanceof OutcomeUnknownError)) await intents.end(intent);
    throw error;
  }
}

/** What is made, by content: two wishes for the same have the same key. */
export function contentKey(inputs: SegmentInputs): string {
  const { name, description = "", dataViewId, definition, ...others } = contentOf(inputs);
  // What earlier versions did not know counts only where it says something, so that what they were killed at is found.
  const later = Object.entries(others).filter(([field, value]) => value !== segmentField(field as BodyField).absent);
  return `segment ${hash([name, description, dataViewId, definition, ...later])}`;
}

/** A request that may have made something. */
interface Sent {
  readonly intent: Intent;
  /** When it was sent, in milliseconds since 1970. */
  readonly since: number;
  /** When its process may have sent it again last. */
  readonly lastAt?: number;
  readonly made: ReadonlySet<string>;
}

async function post(
  services: SegmentServices,
  inputs: SegmentInputs,
  intent: Intent,
  made: ReadonlySet<string>,
): Promise<Segment> {
  const content = contentOf(inputs);
  const since = services.clock.now();
  return makeOnce(services, {
    operation: `create ${label(content)}`,
    async send() {
      const segment = await services.client.create(content, inputs.locale);
      return (await services.claims.claim(segment.id, intent.id)) ? segment : undefined;
    },
    look: (unknown, last) => look(services, content, { intent, since, made }, last, unknown),
    isWanted: services.intents.isHeard,
    onDoubt: ({ sent }) => {
      const why = sent?.answered === true ? "leaves open whether it was made" : "never came";
      services.warn(`${label(content)}: the answer to its creation ${why}. Looking for it before another one is made.`);
    },
  });
}

function settled(services: SegmentServices, content: SegmentContent, sent: Sent) {
  const { clock, answerMs } = services;
  return settle(clock, sent.lastAt ?? sent.since, answerMs, (last) => look(services, content, sent, last));
}

async function look(
  { client, claims, intents }: SegmentServices,
  content: SegmentContent,
  { intent, since, made }: Sent,
  last: boolean,
  unknown?: OutcomeUnknownError,
): Promise<Segment | undefined> {
  try {
    const othersAtWork = await intents.othersAtWork(intent);
    const segments = await client.newestOwn(content.dataViewId);
    const known = madeBy(intent);
    const alike = segments.filter(
      (segment) =>
        !made.has(segment.id) &&
        madeSince(segment, since) &&
        sameContent(segment, content) &&
        (known === undefined || segment.id === known),
    );
    // What another stack has just made is not claimed before its answer is there: whoever is at work says soon what is his.
    if (othersAtWork && !last && known === undefined) return undefined;
    // What another stack has got is not ours.
    for (const segment of alike) if (await claims.claim(segment.id, intent.id)) return segment;
    return undefined;
  } catch (error) {
    // Not being able to look leaves the outcome as unknown as it was, and that is what has to be said.
    throw unknown?.andLookingFailed(error) ?? error;
  }
}

function madeSince({ created, modified }: Segment, since: number): boolean {
  const at = Date.parse(created ?? modified ?? "");
  return at >= since - CLOCK_SKEW_MS;
}
