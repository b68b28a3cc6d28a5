import type { SegmentJobInputs } from "../../model";
import { createOnce, type CreationResult } from "../create-once";
import type { Intent } from "../state/intents";
import type { Job } from "./job";
import { isRecentRunOf, toRequestId, findStartedJob } from "./find-started-job";
import type { Reservation } from "./reserved-runs";
import { intentKey, runKey } from "./run-key";
import type { SegmentJobServices } from "./services";
import { scopeOf } from "./state";

const NEWEST_LIMIT = 100;

/** A run that is asked for: where, of what, and which jobs this process has already made or taken over. */
export interface RunRequest {
  readonly sandbox: string;
  readonly inputs: SegmentJobInputs;
  readonly createdIds: ReadonlySet<string>;
  /** Counts the run, or throws where there may be no more of them today. Taking one over is no new run. */
  readonly reserve: (requestId: string) => Promise<Reservation | undefined>;
  /** Of the resource, where it is known and no other one of the program is alike. */
  readonly urn: string | undefined;
}

/** Starts one run, and never two. */
export function startJob(services: SegmentJobServices, request: RunRequest): Promise<CreationResult<Job>> {
  const { client, reader, newId } = services;
  const { sandbox, inputs, createdIds, reserve, urn } = request;
  const scope = scopeOf(inputs);
  const newRequestId = toRequestId(newId());
  const requestIdOf = ({ note }: Intent) => note?.["requestId"] ?? newRequestId;
  return createOnce(services, {
    key: intentKey(runKey(inputs, sandbox)),
    urn,
    createdIds,
    note: { requestId: newRequestId },
    noteAfterCreation: (jobId) => ({ jobId }),
    operation: "start a segment job",
    async reserve(intent) {
      const reservation = await reserve(requestIdOf(intent));
      return (
        reservation && { confirm: (jobId) => reservation.identify({ jobId }), release: () => reservation.release() }
      );
    },
    send: (intent) => client.create(sandbox, scope, requestIdOf(intent)),
    listNewest: () => client.listNewest(sandbox, NEWEST_LIMIT),
    findCreated: (newest, { intent, sentAt, takenIds }) =>
      findStartedJob(newest, { requestId: requestIdOf(intent), scope, startedAt: sentAt, knownIds: takenIds }),
    // Where jobs do not show the ID of their request, another one may have started it.
    isCertainlyOurs: ({ requestId }, intent) => requestId === requestIdOf(intent),
    readById: (jobId) => reader.poll(sandbox, jobId),
    warnOfPossibleDuplicates: () => warnOfPossibleDuplicates(services, request),
    messages: {
      interrupted: "A run was interrupted while it started this segment job. Looking for it before another is started.",
      takenOver: (id) =>
        `Segment job ${id} was started by a run that was interrupted; it is taken over, no new run is started.`,
      outcomeUnknown: (answered) =>
        `The answer to the start of a segment job ${answered ? "leaves open whether it was started" : "never came"}. Looking for it before another is started.`,
    },
  });
}

/** Where this host has no record, an equal run of ours may be what a killed `up` started, or another stack's. */
async function warnOfPossibleDuplicates(
  { possibleDuplicates, clock, warn }: SegmentJobServices,
  { sandbox, inputs, createdIds }: RunRequest,
) {
  for (const job of await possibleDuplicates.listNewest(sandbox)) {
    if (createdIds.has(job.id) || !isRecentRunOf(job, scopeOf(inputs), clock.now())) continue;
    warn(
      `Segment job ${job.id} (${job.status}) over the same audiences was started by pulumi-cja within a day. It may belong to another stack, so another ` +
        `one is started. If a run was interrupted (the engine then warns of a pending create), it is what that run started: ` +
        `its result is there, read it with SegmentJob.get, or cancel one of the two.`,
    );
  }
}
