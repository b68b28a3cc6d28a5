import type { SegmentJobInputs } from "../../inputs";
import type { Job } from "../api/job";
import { OutcomeUnknownError } from "../http/errors";
import type { Intent } from "../intents";
import { ownRequestId, recognised } from "./recognising";
import { runKey } from "./run-key";
import type { SegmentJobServices } from "./services";
import { scopeOf } from "./state";

/** A request whose answer never came may still be at work: looked for at once, and again after these pauses. */
const LOOK_AFTER_MS = [0, 2_000, 5_000, 10_000];
const NEWEST = 100;

/** A run that is asked for: where, of what, and which jobs this process has already made or taken over. */
export interface Wish {
  readonly sandbox: string;
  readonly inputs: SegmentJobInputs;
  readonly made: ReadonlySet<string>;
}

export interface Started {
  readonly job: Job;
  /** The record to end when the answer is on its way to the engine. */
  readonly intent: Intent;
  /** An interrupted run had started it. */
  readonly takenOver: boolean;
}

/** Starts one run, and never two: an outcome that is unknown is settled by looking for the job before another is asked for. */
export async function startOnce(services: SegmentJobServices, wish: Wish): Promise<Started> {
  const { intents, warn } = services;
  const key = `job ${runKey(wish.inputs, wish.sandbox)}`;
  const leftover = await intents.takeOver(key);
  const left = leftover && (await findLeft(services, wish, leftover));
  if (leftover && left) {
    warn(`Segment job ${left.id} was started by a run that was interrupted; it is taken over, no new run is started.`);
    return { job: left, intent: intents.note(leftover, { jobId: left.id }), takenOver: true };
  }
  const requestId = leftover?.note?.["requestId"] ?? ownRequestId(services.newId());
  const intent = leftover ?? intents.begin(key, { requestId });
  try {
    const job = await post(services, wish, requestId);
    return { job, intent: intents.note(intent, { jobId: job.id }), takenOver: false };
  } catch (error) {
    // The record stays only while nobody knows: the next run settles it.
    if (!(error instanceof OutcomeUnknownError)) await intents.end(intent);
    throw error;
  }
}

async function findLeft(services: SegmentJobServices, wish: Wish, left: Intent): Promise<Job | undefined> {
  const jobId = left.note?.["jobId"];
  if (jobId !== undefined) return services.reader.find(wish.sandbox, jobId);
  return look(services, wish, left.note?.["requestId"], left.startedAt);
}

async function post(services: SegmentJobServices, wish: Wish, requestId: string): Promise<Job> {
  const { client, clock, heard } = services;
  const send = () => client.create(wish.sandbox, scopeOf(wish.inputs), requestId);
  const startedAt = clock.now();
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof OutcomeUnknownError)) throw error;
    for (const pause of LOOK_AFTER_MS) {
      await clock.sleep(pause);
      const found = await look(services, wish, requestId, startedAt, error);
      if (found) return found;
    }
    if (!(await heard())) throw error;
    return await send();
  }
}

async function look(
  { client }: SegmentJobServices,
  { sandbox, inputs, made }: Wish,
  requestId: string | undefined,
  startedAt: number,
  unknown?: OutcomeUnknownError,
): Promise<Job | undefined> {
  try {
    const jobs = await client.newest(sandbox, NEWEST);
    return recognised(jobs, { requestId, scope: scopeOf(inputs), startedAt, made });
  } catch (error) {
    // Not being able to look leaves the outcome as unknown as it was, and that is what has to be said.
    throw unknown ?? error;
  }
}
