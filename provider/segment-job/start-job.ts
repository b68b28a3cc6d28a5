import type { SegmentJobInputs } from "../../model";
import { createOnce, type Created } from "../create-once";
import type { Intent } from "../state/intents";
import type { Job } from "./job";
import { isLikeOurs, ownRequestId, recognised } from "./find-started-job";
import type { Reservation } from "./reserved-runs";
import { recordKey, runKey } from "./run-key";
import type { SegmentJobServices } from "./services";
import { scopeOf } from "./state";

const NEWEST = 100;

/** A run that is asked for: where, of what, and which jobs this process has already made or taken over. */
export interface RunWish {
  readonly sandbox: string;
  readonly inputs: SegmentJobInputs;
  readonly made: ReadonlySet<string>;
  /** Counts the run, or throws where there may be no more of them today. Taking one over is no new run. */
  readonly count: (requestId: string) => Promise<Reservation | undefined>;
  /** Of the resource, where it is known and no other one of the program is alike. */
  readonly urn: string | undefined;
}

/** Starts one run, and never two. */
export function startJob(services: SegmentJobServices, wish: RunWish): Promise<Created<Job>> {
  const { client, reader, newId } = services;
  const { sandbox, inputs, made, count, urn } = wish;
  const scope = scopeOf(inputs);
  const newRequestId = ownRequestId(newId());
  const requestIdOf = ({ note }: Intent) => note?.["requestId"] ?? newRequestId;
  return createOnce(services, {
    key: recordKey(runKey(inputs, sandbox)),
    urn,
    made,
    note: { requestId: newRequestId },
    noteOf: (jobId) => ({ jobId }),
    operation: "start a segment job",
    async reserve(intent) {
      const place = await count(requestIdOf(intent));
      return place && { made: (jobId) => place.note({ jobId }), release: () => place.release() };
    },
    send: (intent) => client.create(sandbox, scope, requestIdOf(intent)),
    newest: () => client.newest(sandbox, NEWEST),
    recognise: (newest, { intent, since, taken }) =>
      recognised(newest, { requestId: requestIdOf(intent), scope, startedAt: since, made: taken }),
    // Where jobs do not show the ID of their request, another one may have started it.
    isOwn: ({ requestId }, intent) => requestId === requestIdOf(intent),
    readMade: (jobId) => reader.poll(sandbox, jobId),
    pointOut: () => pointOutOrphans(services, wish),
    says: {
      interrupted: "A run was interrupted while it started this segment job. Looking for it before another is started.",
      takenOver: (id) =>
        `Segment job ${id} was started by a run that was interrupted; it is taken over, no new run is started.`,
      doubt: (answered) =>
        `The answer to the start of a segment job ${answered ? "leaves open whether it was started" : "never came"}. Looking for it before another is started.`,
    },
  });
}

/** Where this host has no record, an equal run of ours may be what a killed `up` started, or another stack's. */
async function pointOutOrphans({ orphans, clock, warn }: SegmentJobServices, { sandbox, inputs, made }: RunWish) {
  for (const job of await orphans.among(sandbox)) {
    if (made.has(job.id) || !isLikeOurs(job, scopeOf(inputs), clock.now())) continue;
    warn(
      `Segment job ${job.id} (${job.status}) over the same audiences was started by pulumi-cja within a day. It may belong to another stack, so another ` +
        `one is started. If a run was interrupted (the engine then warns of a pending create), it is what that run started: ` +
        `its result is there, read it with SegmentJob.get, or cancel one of the two.`,
    );
  }
}
