import { equal, hash } from "../../definition";
import type { SegmentInputs } from "../../inputs";
import type { Segment, SegmentContent } from "../api/segment";
import { OutcomeUnknownError } from "../http/errors";
import type { SegmentServices } from "./services";
import { contentOf } from "./state";

/** The clocks of two machines differ by this much at most; a segment made earlier than that is not from our request. */
const CLOCK_SKEW_MS = 2 * 60_000;
/** A request whose answer never came may still be at work: looked for at once, and again after these pauses. */
const LOOK_AFTER_MS = [0, 2_000, 5_000];
/** Our own segments, newest first: what was just made is among them. */
const NEWEST = 100;

/**
 * Makes one segment, and never two: a request whose outcome is unknown, in this process or in one that was killed, is
 * settled by looking for the segment before another is sent.
 *
 * @param made the IDs that this process has made: one of them is never the answer to another request.
 */
export async function createOnce(
  services: SegmentServices,
  inputs: SegmentInputs,
  made: ReadonlySet<string>,
): Promise<Segment> {
  const content = contentOf(inputs);
  const { intents, warn } = services;
  const key = contentKey(inputs);
  const leftover = await intents.takeOver(key);
  if (leftover) {
    const found = await look(services, content, leftover.startedAt, made);
    if (found) {
      warn(`Segment ${JSON.stringify(content.name)}: an interrupted run had made ${found.id}; it is taken over.`);
      await intents.end(leftover);
      return found;
    }
  }
  const intent = leftover ?? intents.begin(key);
  try {
    const segment = await post(services, inputs, made);
    await intents.end(intent);
    return segment;
  } catch (error) {
    // The record stays only while nobody knows: the next run settles it.
    if (!(error instanceof OutcomeUnknownError)) await intents.end(intent);
    throw error;
  }
}

/** What is made, by content: two wishes for the same have the same key. */
export const contentKey = ({ name, description, dataViewId, definition }: SegmentInputs): string =>
  `segment ${hash([name, description ?? "", dataViewId, definition])}`;

async function post(services: SegmentServices, inputs: SegmentInputs, made: ReadonlySet<string>): Promise<Segment> {
  const content = contentOf(inputs);
  const send = () => services.client.create(content, inputs.locale);
  const startedAt = services.clock.now();
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof OutcomeUnknownError)) throw error;
    for (const pause of LOOK_AFTER_MS) {
      await services.clock.sleep(pause);
      const found = await look(services, content, startedAt, made, error);
      if (found) return found;
    }
    return await send();
  }
}

async function look(
  { client }: SegmentServices,
  content: SegmentContent,
  since: number,
  made: ReadonlySet<string>,
  unknown?: OutcomeUnknownError,
): Promise<Segment | undefined> {
  try {
    const { segments } = await client.list({
      dataViewId: content.dataViewId,
      include: "own",
      newestFirst: true,
      page: 0,
      limit: NEWEST,
    });
    return segments.find(
      (segment) => !made.has(segment.id) && madeSince(segment, since) && sameContent(segment, content),
    );
  } catch (error) {
    // Not being able to look leaves the outcome as unknown as it was, and that is what has to be said.
    throw unknown ?? error;
  }
}

function madeSince({ created, modified }: Segment, since: number): boolean {
  const at = Date.parse(created ?? modified ?? "");
  return at >= since - CLOCK_SKEW_MS;
}

function sameContent(segment: Segment, content: SegmentContent): boolean {
  return (
    segment.name === content.name &&
    (segment.description ?? "") === (content.description ?? "") &&
    segment.definition !== undefined &&
    equal(segment.definition, content.definition)
  );
}
