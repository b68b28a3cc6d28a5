import { z } from "zod";
import { eventTime } from "../../definition/evaluate/event-time";
import type { SampleEvent } from "../../definition/evaluate/sample-event";
import { isTimeZone } from "../../definition/evaluate/time-zone";
import { lifecycleStates, origins } from "../audiences/audience";
import { jobStatuses } from "../jobs/job";
import type * as inputs from "./inputs";

const moment = z.union([z.number(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))], {
  error: 'expected milliseconds since 1970, or a time such as "2026-11-05T09:30:00Z"',
});
const owner = z.union([z.string().min(1), z.number()], {
  error: "expected a name, a login, a number or an IMS user ID",
});

const accessLevel = z.string().optional();
const shareSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.enum(["user", "group"]), to: owner, accessLevel }),
  z.strictObject({ type: z.literal("all"), accessLevel }),
]);

export const newSegmentSchema = z.strictObject({
  id: z.string().optional(),
  name: z.string(),
  description: z.string().optional(),
  dataViewId: z.string(),
  definition: z.unknown(),
  owner: owner.optional(),
  tags: z.array(z.string()).optional(),
  shares: z.array(shareSchema).optional(),
  shared: z.boolean().optional(),
  template: z.boolean().optional(),
  internal: z.boolean().optional(),
  published: z.boolean().optional(),
  approved: z.boolean().optional(),
  deleted: z.boolean().optional(),
  created: moment.optional(),
  modified: moment.optional(),
  modifiedBy: owner.optional(),
});
export const newSegmentsSchema = z.array(newSegmentSchema);
export const segmentPatchSchema = newSegmentSchema.omit({ id: true }).partial();

export const usesSchema = z.array(
  z.strictObject({
    type: z.string(),
    id: z.string(),
    name: z.string(),
    internal: z.boolean().default(false),
    lastAccess: moment.optional(),
  }),
);

export const refusalSchema = z.strictObject({
  ids: z.array(z.string()),
  message: z.string().default("Component cannot be updated"),
});

const timingSchema = z
  .strictObject({ newMs: z.number(), queuedMs: z.number(), processingMs: z.number(), cancellingMs: z.number() })
  .partial();
const jobErrorSchema = z.strictObject({ code: z.string(), msg: z.string(), callStack: z.string().optional() });

export const newJobSchema = z.strictObject({
  id: z.string().optional(),
  source: z.enum(["scheduler", "api"]).optional(),
  segmentIds: z.array(z.string()).min(1),
  sandbox: z.string().optional(),
  status: z.enum(jobStatuses).optional(),
  errors: z.array(jobErrorSchema).optional(),
  requestId: z.string().optional(),
  created: moment.optional(),
});
export const jobPatchSchema = newJobSchema.omit({ id: true }).partial();

export const newAudienceSchema = z.strictObject({
  id: z.string().min(1).optional(),
  name: z.string(),
  description: z.string().optional(),
  sandbox: z.string().optional(),
  expression: z
    .union([z.string(), z.record(z.string(), z.unknown())], { error: "expected PQL text, or an object" })
    .optional(),
  evaluation: z.enum(["batch", "streaming", "edge"]).optional(),
  mergePolicy: z.string().optional(),
  schemaName: z.string().optional(),
  lifecycle: z.enum(lifecycleStates).optional(),
  labels: z.array(z.string()).optional(),
  ttlInDays: z.number().nullable().optional(),
  originName: z.enum(origins).optional(),
  destinations: z.array(z.string()).optional(),
  created: moment.optional(),
  modified: moment.optional(),
  createdBy: owner.optional(),
});
export const newAudiencesSchema = z.array(newAudienceSchema);
export const audiencePatchSchema = newAudienceSchema.omit({ id: true, sandbox: true }).partial();

export const mergePoliciesSchema = z.array(
  z.strictObject({
    id: z.string().min(1).optional(),
    name: z.string().min(1),
    schemaName: z.string().optional(),
    default: z.boolean().optional(),
    activeOnEdge: z.boolean().optional(),
  }),
);
/** The body of the route: whose they are, and what the method checks. */
export const sandboxPoliciesSchema = z.strictObject({ sandbox: z.string(), policies: z.array(z.unknown()) });

export const audienceServiceSchema = z
  .strictObject({
    form: z.enum(["both", "definitions"]),
    oldStates: z.boolean(),
    downgrade: z.boolean(),
    uniqueNames: z.boolean(),
    firstPage: z.union([z.literal(0), z.literal(1)], { error: "expected 0 or 1" }),
    emptyLists: z.number().int().min(0),
  })
  .partial();

export const reportServiceSchema = z
  .strictObject({ allowed: z.boolean(), mostFunctions: z.number().int().min(0) })
  .partial();

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const values = z
  .record(
    z.string(),
    z.union([scalar, z.array(scalar), z.null()], {
      error: "expected a text, a number, true, false, a list of these, or null",
    }),
  )
  .refine((given) => Object.keys(given).every((id) => /^(variables|metrics)\/./s.test(id)), {
    error: 'expected IDs such as "variables/page" and "metrics/orders"',
  });
const eventSchema = z.strictObject({
  person: z.string().min(1),
  session: z.string().min(1),
  time: z.custom<SampleEvent["time"]>((time) => eventTime(time as SampleEvent["time"]) !== undefined, {
    error: 'expected milliseconds since 1970, or a time such as "2026-11-05T09:30:00Z"',
  }),
  values,
  persisted: values.exactOptional(),
});
export const eventsSchema = z.array(eventSchema) satisfies z.ZodType<readonly SampleEvent[]>;

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
  timeZone: z
    .string()
    .refine(isTimeZone, { error: 'expected an IANA name such as "Europe/Berlin"' })
    .nullable()
    .optional(),
  dimensions: z.array(componentSchema).optional(),
  metrics: z.array(componentSchema).optional(),
});

export const dataViewsSchema = z.array(dataViewSchema);

export const permissionsSchema = z.strictObject({ admin: z.boolean() });
export const rewriteSchema = z.strictObject({ enabled: z.boolean() });
export const pagingSchema = z.strictObject({
  ignorePage: z.boolean().default(false),
  largest: z.number().int().min(1).nullable().default(null),
});
export const usedInSchema = z.strictObject({ answered: z.boolean() });
export const tokensSchema = z.strictObject({ expiresInSeconds: z.number().positive() });

type Same<A, B> = [A, B] extends [B, A] ? true : never;

/** Does not compile where a schema takes something else than the type that users see. */
export const schemasTakeWhatTypesSay: readonly true[] = [
  true satisfies Same<z.input<typeof newSegmentSchema>, inputs.NewSegment>,
  true satisfies Same<z.input<typeof segmentPatchSchema>, inputs.SegmentPatch>,
  true satisfies Same<z.input<typeof usesSchema>, inputs.UseInput[]>,
  true satisfies Same<z.input<typeof refusalSchema>, inputs.RefusalInput>,
  true satisfies Same<z.input<typeof newJobSchema>, inputs.NewJob>,
  true satisfies Same<z.input<typeof jobPatchSchema>, inputs.JobPatch>,
  true satisfies Same<z.input<typeof newAudienceSchema>, inputs.NewAudience>,
  true satisfies Same<z.input<typeof audiencePatchSchema>, inputs.AudiencePatch>,
  true satisfies Same<z.input<typeof mergePoliciesSchema>, inputs.MergePolicyInput[]>,
  true satisfies Same<z.input<typeof audienceServiceSchema>, inputs.AudienceServiceInput>,
  true satisfies Same<z.input<typeof reportServiceSchema>, inputs.ReportServiceInput>,
  true satisfies Same<z.input<typeof outcomeSchema>, inputs.OutcomeInput>,
  true satisfies Same<z.input<typeof verdictSchema>, inputs.VerdictInput>,
  true satisfies Same<z.input<typeof limitsSchema>, inputs.LimitsInput>,
  true satisfies Same<z.input<typeof clockSchema>, inputs.ClockInput>,
  true satisfies Same<z.input<typeof dataViewSchema>, inputs.DataViewInput>,
  true satisfies Same<z.input<typeof pagingSchema>, inputs.PagingInput>,
];
