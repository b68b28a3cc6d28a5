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
      interrupted:
        "An earlier run was interrupted while starting this segment job. Looking for the job before starting another.",
      takenOver: (id) => `The interrupted run started segment job ${id}; this run takes it over and starts no new one.`,
      outcomeUnknown: (answered) =>
        `${answered ? "Adobe's answer does not say whether the segment job was started" : "Adobe did not answer the request to start a segment job"}. Looking for the job before starting another.`,
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
      `In the last 24 hours, pulumi-cja started segment job ${job.id} (${job.status}) over the same audiences. It may belong to another stack, so this run ` +
        `starts another one. If a run was interrupted (the engine then warns of a pending create), that run started it: ` +
        `read its result with SegmentJob.get, or cancel one of the two.`,
    );
  }
}
