import * as pulumi from "@pulumi/pulumi";
import { NOT_AN_AUDIENCE, segmentJobMistakes, type Mistake } from "../model";
import type { IdAtPath } from "../model/environment/share-ids";
import { SEGMENT_JOB_OUTPUTS } from "../model/segment-job";
import type { SegmentJobMetrics } from "../model/segment-job-metrics";
import { DYNAMIC, type Door } from "./door";
import { isOutputOrPromise } from "./output-args";
import { maxSegmentsPerJob } from "./max-segments";
import { programCheck, type ProgramCheck } from "./program-check";

/** The ID of an audience of Experience Platform, a UUID. Any text may be one, but the `id` of a `cja.Segment` is none. */
export type AudienceId = string & { readonly isNoAudience?: never };

/**
 * The arguments of a segment job. Give `segmentIds`, or `allSegments: true`.
 *
 * Document: https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/segment-jobs
 */
export interface SegmentJobArgs {
  /**
   * The IDs of the audiences (segment definitions of Experience Platform) to evaluate, each once, in any order; at most `cja:maxSegmentsPerJob` (1500; if
   * it is not set, more than 20 cause a warning, because newer versions of Adobe's guide allow no more).
   * A different set starts a new run. They are UUIDs: the UI shows them under Customer > Audiences, and `GET /segment/definitions` lists them.
   * A `cja.Segment` is a segment of Customer Journey Analytics and not an audience: a job does not take its ID.
   */
  segmentIds?: pulumi.Input<pulumi.Input<AudienceId>[] | undefined>;
  /** Evaluate every audience of the sandbox. Default: false. */
  allSegments?: pulumi.Input<boolean | undefined>;
  /** With `allSegments`: the XDM schema of the audiences. Default: `_xdm.context.profile`. A change starts a new run. */
  schemaName?: pulumi.Input<string | undefined>;
  /** The sandbox to run in. Default: the setting `cja:sandbox`, else `prod`. A change starts a new run. */
  sandbox?: pulumi.Input<string | undefined>;
  /** Any values whose change starts a new run, for example a release's name. Removing one, or restoring the value of the last run, starts none. */
  triggers?: pulumi.Input<Record<string, pulumi.Input<unknown>> | undefined>;
  /** Let `pulumi up` wait until the job is over, and fail unless it succeeds. Default: false. */
  waitForCompletion?: pulumi.Input<boolean | undefined>;
  /** How long to wait, for example `"90s"`, `"30m"`, `"1h30m"`. Default: `"4h"`. The job continues after that; the next `pulumi up` waits again. If the job is in a status that this version does not know, `pulumi up` waits five minutes. */
  timeout?: pulumi.Input<string | undefined>;
  /** Run again after the run FAILED, once for each set of triggers. Default: false. */
  retryFailed?: pulumi.Input<boolean | undefined>;
  /** When the resource is deleted, also send DELETE for a finished job. Adobe does not document what that does to its record. Default: false. */
  deleteRecord?: pulumi.Input<boolean | undefined>;
}

/** An error of the service for a failed job. */
export interface SegmentJobError {
  readonly code?: string;
  readonly msg?: string;
}

/**
 * A run of audience evaluation in Experience Platform. Runs are scarce, so only a different set of audiences, a different
 * schema or sandbox, or a changed trigger starts one. `pulumi refresh` reads the status.
 *
 * If your tenant has few runs a day, set `cja:maxRunsPerDay` (`CJA_MAX_RUNS_PER_DAY`, off by default). The preview refuses a run
 * above it, and lists the on-demand runs that the sandbox has had since 00:00 UTC, also those of colleagues and of the UI. With
 * `cja:validate: apply` the provider refuses the run when it would start, before it cancels an active run for it. It counts again before
 * each start, including the runs that other processes of this machine are starting; runners on several hosts can still race.
 *
 * @example
 * ```ts
 * const nightly = new cja.SegmentJob("nightly", {
 *   segmentIds: ["7863c010-e092-41c8-ae5e-9e533186752e"],
 *   triggers: { release: "2026-11" },
 *   waitForCompletion: true,
 *   timeout: "2h",
 * });
 * export const status = nightly.status;
 * ```
 *
 * Document: https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/segment-jobs
 */
export class SegmentJob extends pulumi.CustomResource {
  /** The audiences of the run; absent with `allSegments`. */
  declare readonly segmentIds: pulumi.Output<string[] | undefined>;
  /** Whether all audiences were run. */
  declare readonly allSegments: pulumi.Output<boolean | undefined>;
  /** The triggers of the last run. */
  declare readonly triggers: pulumi.Output<Record<string, unknown> | undefined>;
  /** The organisation that the job ran in. */
  declare readonly orgId: pulumi.Output<string>;
  /** `NEW`, `QUEUED`, `PROCESSING`, `CANCELLING`, `CANCELLED`, `FAILED` or `SUCCEEDED`; `REMOVED` if the service no longer knows an unfinished job. A new status of Adobe is kept as it is, with a warning. As of the last `up` or `refresh`. */
  declare readonly status: pulumi.Output<string>;
  /** The service's figures: how long it took, and how many profiles qualified. As of the last `up` or `refresh`. */
  declare readonly metrics: pulumi.Output<SegmentJobMetrics | undefined>;
  /** Why a job failed. */
  declare readonly errors: pulumi.Output<SegmentJobError[] | undefined>;
  /** The ID of the batch that the run writes. */
  declare readonly batchId: pulumi.Output<string | undefined>;
  /** The ID of the request that started the run. */
  declare readonly requestId: pulumi.Output<string | undefined>;
  /** `api` for an on-demand run, `scheduler` for a scheduled one. */
  declare readonly source: pulumi.Output<string | undefined>;
  /** The sandbox of the run. */
  declare readonly sandboxName: pulumi.Output<string | undefined>;
  /** When it was created, in milliseconds since 1970. */
  declare readonly creationTime: pulumi.Output<number | undefined>;
  /** When it last changed, in milliseconds since 1970. */
  declare readonly updateTime: pulumi.Output<number | undefined>;

  /** @internal */
  protected static readonly door: Door = DYNAMIC;

  constructor(name: string, args: SegmentJobArgs, opts?: pulumi.CustomResourceOptions) {
    const { door } = new.target;
    const program = programCheck();
    const isRead = opts?.id !== undefined;
    const mistakes = isRead
      ? []
      : [...segmentJobMistakes(args, isOutputOrPromise, maxSegmentsPerJob()), ...segmentIdMistakes(args, program)];
    const label = `cja.SegmentJob "${name}"`;
    const foreign = mistakes.length > 0 ? [] : program.findForeignIds(idsIn(args));
    const wrong = [...mistakes, ...foreign, ...door.optionMistakes(opts, GET_INSTEAD)];
    // Nothing is registered with mistakes, and the SDK would go through arguments that may be nested without end.
    const safeArgs = mistakes.length > 0 ? {} : args;
    const passedCheck = program.check({ label, args: safeArgs, idsIn }, wrong, door.needsHost);
    const registration = { kind: "SegmentJob", name, args: safeArgs, opts, passedCheck, program } as const;
    super(
      door.type("SegmentJob"),
      name,
      { ...NO_OUTPUTS, ...safeArgs, ...door.properties(registration) },
      door.options("SegmentJob", opts),
    );
  }

  /**
   * Reads a job that exists, without taking it over: the provider never cancels it.
   *
   * @param id the job's ID. A missing one is an error.
   * @param opts the resource options, and the sandbox of the job (default: the setting `cja:sandbox`).
   * @example const scheduled = cja.SegmentJob.get("scheduled", "b31aed3d-b3b1-4613-98c6-7d3846e8d48f", { sandbox: "dev" });
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts: pulumi.CustomResourceOptions & { sandbox?: pulumi.Input<string | undefined> } = {},
  ): SegmentJob {
    const { sandbox, ...rest } = opts;
    return new SegmentJob(name, sandbox === undefined ? {} : { sandbox }, { ...rest, id: id ?? "" });
  }
}

/** IDs of segments that the same program makes: before they are made they have no form to know them by. */
function segmentIdMistakes(args: Partial<SegmentJobArgs> | undefined, program: ProgramCheck): Mistake[] {
  const ids: unknown = args?.segmentIds;
  return (Array.isArray(ids) ? (ids as readonly unknown[]) : []).flatMap((id, index) =>
    program.isSegmentId(id) ? [{ path: `segmentIds[${index}]`, message: `found ${NOT_AN_AUDIENCE}` }] : [],
  );
}

/** What an environment knows of a job: audiences and the sandbox. */
function idsIn(args: unknown): readonly IdAtPath[] {
  const { segmentIds, sandbox } = (args ?? {}) as { readonly segmentIds?: unknown; readonly sandbox?: unknown };
  const audiences = Array.isArray(segmentIds) ? (segmentIds as readonly unknown[]) : [];
  return [
    ...audiences.map((id, index) => [`segmentIds[${index}]`, "audiences", id] as const),
    ["sandbox", "sandboxes", sandbox],
  ];
}

const GET_INSTEAD =
  "to read a run that was started elsewhere, use cja.SegmentJob.get instead (only a cja.Segment can be taken over, with adoptId)";

/** The engine fills only properties that are named when a resource is made. */
const NO_OUTPUTS = Object.fromEntries(SEGMENT_JOB_OUTPUTS.map((output) => [output, undefined]));
