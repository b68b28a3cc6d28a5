import type { SegmentJobInputs } from "../../model";
import type { Job } from "./job";
import { OutcomeUnknownError } from "../http/errors";
import type { Intent } from "../state/intents";
import { makeOnce, settle } from "../settling";
import { isLikeOurs, ownRequestId, recognised } from "./recognising";
import type { Reservation } from "./reserved-runs";
import { recordKey, runKey } from "./run-key";
import type { SegmentJobServices } from "./services";
import { scopeOf } from "./state";

const NEWEST = 100;

/** A run that is asked for: where, of what, and which jobs this process has already made or taken over. */
export interface Wish {
  readonly sandbox: string;
  readonly inputs: SegmentJobInputs;
  readonly made: ReadonlySet<string>;
  /** Counts the run, or throws where there may be no more of them today. Taking one over is no new run. */
  readonly count: (requestId: string) => Promise<Reservation | undefined>;
  /** Of the resource, where it is known and no other one of the program is alike. */
  readonly urn?: string;
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
  const key = recordKey(runKey(wish.inputs, wish.sandbox));
  const leftover = await intents.takeOver(key, wish.urn);
  if (leftover)
    warn(`A run was interrupted while it started this segment job. Looking for it before another is started.`);
  const left = leftover && (await findLeft(services, wish, leftover));
  if (leftover && left) {
    warn(`Segment job ${left.id} was started by a run that was interrupted; it is taken over, no new run is started.`);
    return { job: left, intent: await intents.note(leftover, { jobId: left.id }), takenOver: true };
  }
  if (!leftover) await pointOutOrphans(services, wish);
  const requestId = leftover?.note?.["requestId"] ?? ownRequestId(services.newId());
  const intent = leftover ?? (await intents.begin(key, { requestId }));
  let reservation: Reservation | undefined;
  try {
    reservation = await wish.count(requestId);
    const job = await post(services, wish, requestId, intent);
    await reservation?.note({ jobId: job.id });
    return { job, intent: await intents.note(intent, { jobId: job.id }), takenOver: false };
  } catch (error) {
    // The records stay only while nobody knows: the next run settles it.
    if (!(error instanceof OutcomeUnknownError)) {
      await reservation?.release();
      await intents.end(intent);
    }
    throw error;
  }
}

/** Where this host has no record, an equal run of ours may be what a killed `up` started, or another stack's. */
async function pointOutOrphans({ orphans, clock, warn }: SegmentJobServices, { sandbox, inputs, made }: Wish) {
  for (const job of await orphans.among(sandbox)) {
    if (made.has(job.id) || !isLikeOurs(job, scopeOf(inputs), clock.now())) continue;
    warn(
      `Segment job ${job.id} (${job.status}) over the same audiences was started by pulumi-cja within a day. It may belong to another stack, so another ` +
        `one is started. If a run was interrupted (the engine then warns of a pending create), it is what that run started: ` +
        `its result is there, read it with SegmentJob.get, or cancel one of the two.`,
    );
  }
}

async function findLeft(services: SegmentJobServices, wish: Wish, left: Intent): Promise<Job | undefined> {
  const jobId = left.note?.["jobId"];
  if (jobId !== undefined) return services.reader.poll(wish.sandbox, jobId);
  return settled(services, wish, {
    intent: left,
    requestId: left.note?.["requestId"],
    startedAt: left.startedAt,
    lastAt: left.seenAt,
  });
}

/** A request that may have started something. */
interface Lost {
  readonly intent: Intent;
  readonly requestId: string | undefined;
  readonly startedAt: number;
  /** When its process may have sent it again last. */
  readonly lastAt?: number;
}

function post(services: SegmentJobServices, wish: Wish, requestId: string, intent: Intent): Promise<Job> {
  const { client, clock, heard, claims, warn } = services;
  const startedAt = clock.now();
  return makeOnce(services, {
    operation: "start a segment job",
    async send() {
      const job = await client.create(wish.sandbox, scopeOf(wish.inputs), requestId);
      // Where jobs do not show the ID of their request, another one may have found it.
      return (await claims.claim(job.id, intent.id)) ? job : undefined;
    },
    look: (unknown, last) => look(services, wish, { intent, requestId, startedAt }, last, unknown),
    onDoubt: ({ sent }) => {
      const why = sent?.answered === true ? "leaves open whether it was started" : "never came";
      warn(`The answer to the start of a segment job ${why}. Looking for it before another is started.`);
    },
    isWanted: heard,
  });
}

function settled(services: SegmentJobServices, wish: Wish, lost: Lost) {
  const { clock, answerMs } = services;
  return settle(clock, lost.lastAt ?? lost.startedAt, answerMs, (last) => look(services, wish, lost, last));
}

async function look(
  { client, claims, intents }: SegmentJobServices,
  { sandbox, inputs, made }: Wish,
  { intent, requestId, startedAt }: Lost,
  last: boolean,
  unknown?: OutcomeUnknownError,
): Promise<Job | undefined> {
  try {
    const othersAtWork = await intents.othersAtWork(intent);
    const jobs = await client.newest(sandbox, NEWEST);
    const scope = scopeOf(inputs);
    for (const taken = new Set(made); ;) {
      const job = recognised(jobs, { requestId, scope, startedAt, made: taken });
      if (!job || job.requestId === requestId) return job;
      // What another stack has just started is not claimed before its answer is there: whoever is at work says soon what is his.
      if (othersAtWork && !last) return undefined;
      // What another stack has got is not ours.
      if (await claims.claim(job.id, intent.id)) return job;
      taken.add(job.id);
    }
  } catch (error) {
    // Not being able to look leaves the outcome as unknown as it was, and that is what has to be said.
    throw unknown?.andLookingFailed(error) ?? error;
  }
}
