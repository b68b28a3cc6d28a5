import { z } from "zod";
import { jobStatuses } from "../jobs/job";

/** ms since 1970, or an ISO 8601 text. */
const moment = z.union([z.number(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))]);
/** A name, a login, a number or an IMS user ID. An unknown one is a new person. */
const owner = z.union([z.string().min(1), z.number()]);

const segmentFields = {
  id: z.string().optional(),
  name: z.string(),
  description: z.string().optional(),
  dataViewId: z.string(),
  definition: z.unknown(),
  owner: owner.optional(),
  /** Names; an unknown one makes a new tag. */
  tags: z.array(z.string()).optional(),
  /** Whether its owner has shared it with the technical account. Default true. */
  shared: z.boolean().optional(),
  template: z.boolean().optional(),
  internal: z.boolean().optional(),
  published: z.boolean().optional(),
  approved: z.boolean().optional(),
  deleted: z.boolean().optional(),
  created: moment.optional(),
  modified: moment.optional(),
};

export const newSegmentSchema = z.strictObject(segmentFields);
export const segmentPatchSchema = newSegmentSchema.omit({ id: true }).partial();

export const timingSchema = z
  .strictObject({ newMs: z.number(), queuedMs: z.number(), processingMs: z.number(), cancellingMs: z.number() })
  .partial();

export const jobErrorSchema = z.strictObject({ code: z.string(), msg: z.string(), callStack: z.string().optional() });

const jobFields = {
  id: z.string().optional(),
  /** Default "api". */
  source: z.enum(["scheduler", "api"]).optional(),
  /** ["*"] for all segments. */
  segmentIds: z.array(z.string()).min(1),
  /** Default "prod". */
  sandbox: z.string().optional(),
  /** It stands until it is changed. Without it the job runs by the clock. */
  status: z.enum(jobStatuses).optional(),
  errors: z.array(jobErrorSchema).optional(),
  requestId: z.string().optional(),
  created: moment.optional(),
};

export const newJobSchema = z.strictObject(jobFields);
export const jobPatchSchema = newJobSchema.omit({ id: true }).partial();

export const outcomeSchema = z.strictObject({
  status: z.enum(["SUCCEEDED", "FAILED"]),
  errors: z.array(jobErrorSchema).optional(),
  jobTiming: timingSchema.optional(),
});

export const verdictSchema = z
  .strictObject({ valid: z.boolean(), message: z.string().optional(), errors: z.array(z.string()).optional() })
  .nullable();

export const limitsSchema = z
  .strictObject({
    enabled: z.boolean(),
    requestsPerMinute: z.number(),
    concurrent: z.number(),
    burst: z.number(),
    burstSeconds: z.number(),
    maxActiveJobs: z.number().nullable(),
  })
  .partial();

export const clockSchema = z.strictObject({ mode: z.enum(["real", "manual"]), now: moment }).partial();
export const advanceSchema = z.strictObject({ ms: z.number() });

const componentSchema = z.strictObject({ id: z.string(), name: z.string(), type: z.string().default("STRING") });

export const dataViewSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  /** Default: the ones of the documents' examples. */
  dimensions: z.array(componentSchema).optional(),
  metrics: z.array(componentSchema).optional(),
});

export const permissionsSchema = z.strictObject({ admin: z.boolean() });
export const rewriteSchema = z.strictObject({ enabled: z.boolean() });
export const tokensSchema = z.strictObject({ expiresInSeconds: z.number().positive() });

export type NewSegment = z.input<typeof newSegmentSchema>;
export type SegmentPatch = z.input<typeof segmentPatchSchema>;
export type NewJob = z.input<typeof newJobSchema>;
export type JobPatch = z.input<typeof jobPatchSchema>;
export type OutcomeInput = z.input<typeof outcomeSchema>;
export type VerdictInput = z.input<typeof verdictSchema>;
export type LimitsInput = z.input<typeof limitsSchema>;
export type ClockInput = z.input<typeof clockSchema>;
export type DataViewInput = z.input<typeof dataViewSchema>;
