import { z } from "zod";
import { DURATION_EXAMPLES, parseDuration } from "./duration";
import { argumentMistakes } from "./argument-mistakes";
import { flag, word } from "./argument-types";
import { findDuplicates } from "./duplicates";
import type { IsUnknown } from "./is-unknown";
import { PROFILE_SCHEMA } from "./audience-fields";
import { isSegmentId, NOT_AN_AUDIENCE } from "./audience-id";
import type { Mistake } from "./mistake";
import { plainValueMistakes } from "./plain-values";
import { describeValue } from "./describe-value";

/** Up to 1500 audiences a job are listed one by one; for more the guide asks for `"*"` (segment jobs guide, "Create"). */
export const DEFAULT_MAX_SEGMENTS = 1500;

/** The arguments of a segment job, all values known. */
export interface SegmentJobInputs {
  readonly segmentIds?: readonly string[];
  readonly allSegments?: boolean;
  readonly schemaName?: string;
  readonly sandbox?: string;
  readonly triggers?: Readonly<Record<string, unknown>>;
  readonly waitForCompletion?: boolean;
  readonly timeout?: string;
  readonly retryFailed?: boolean;
  readonly deleteRecord?: boolean;
}

const DURATION = `found {found}, expected a duration such as ${DURATION_EXAMPLES}`;

const schema = z.strictObject({
  segmentIds: z
    .array(word("the ID of an audience"), { error: "found {found}, expected a list of audience IDs" })
    .nullish(),
  allSegments: flag.nullish(),
  schemaName: word(`the name of an XDM schema, such as "${PROFILE_SCHEMA}"`).nullish(),
  sandbox: word("the name of a sandbox").nullish(),
  triggers: z
    .record(z.string(), z.unknown(), { error: "found {found}, expected an object of names and values" })
    .nullish(),
  waitForCompletion: flag.nullish(),
  timeout: z
    .string({ error: DURATION })
    .refine((text) => parseDuration(text) !== undefined, { error: DURATION })
    .nullish(),
  retryFailed: flag.nullish(),
  deleteRecord: flag.nullish(),
} satisfies { readonly [Name in keyof SegmentJobInputs]-?: z.ZodType });

/** The arguments that a segment job has. */
export const SEGMENT_JOB_ARGUMENTS = Object.keys(schema.shape) as (keyof SegmentJobInputs)[];

/** How a run is waited for, repeated and deleted: a change of these is never a new run. */
export const RUN_OPTIONS = ["waitForCompletion", "timeout", "retryFailed", "deleteRecord"] as const;

/** What only the service says of a run. */
export const JOB_SERVICE_FIELDS = [
  "status",
  "source",
  "batchId",
  "requestId",
  "metrics",
  "errors",
  "creationTime",
  "updateTime",
] as const;

/** The outputs of the resource. */
export const SEGMENT_JOB_OUTPUTS = [
  ...["segmentIds", "allSegments", "triggers", "orgId", "sandboxName"],
  ...JOB_SERVICE_FIELDS,
] as const;

type Values = Readonly<Record<string, unknown>>;

/**
 * Every authoring mistake in a segment job's arguments; empty when there is none. Sends nothing.
 *
 * @param args the arguments as the program gave them, without `__provider`; in plain JavaScript that may be anything.
 * @param isUnknown what is not known yet is skipped, with all that depends on it.
 * @param maxSegments the setting `cja:maxSegmentsPerJob`.
 * @example segmentJobMistakes({ segmentIds: ["a", "a"] }, () => false)
 *   // [{ path: "segmentIds[1]", message: 'found "a" a second time (also at segmentIds[0]); …' }]
 */
export function segmentJobMistakes(
  args: unknown,
  isUnknown: IsUnknown,
  maxSegments: number = DEFAULT_MAX_SEGMENTS,
): Mistake[] {
  const example = 'such as { segmentIds: ["…"] } or { allSegments: true }';
  const findMore = (values: Values) => [
    ...checkAudiences(values, isUnknown, maxSegments),
    ...plainValueMistakes(values["triggers"], "triggers", isUnknown),
  ];
  return argumentMistakes({ schema, example, findMore }, args, isUnknown);
}

function checkAudiences(values: Values, isUnknown: IsUnknown, maxSegments: number): Mistake[] {
  const { segmentIds, allSegments, schemaName } = values;
  const mistakes: Mistake[] = Array.isArray(segmentIds) ? checkAudienceIds(segmentIds, isUnknown, maxSegments) : [];
  if (isUnknown(segmentIds) || isUnknown(allSegments)) return mistakes;
  const hasList = segmentIds !== undefined && segmentIds !== null;
  if (hasList && allSegments === true) {
    mistakes.push({ path: "allSegments", message: "found beside segmentIds; give one of the two" });
  }
  if (!hasList && allSegments !== true) {
    const message = `found ${describeValue(segmentIds)}, expected a list of audience IDs, or allSegments: true instead`;
    mistakes.push({ path: "segmentIds", message });
  }
  if (allSegments !== true && schemaName !== undefined && schemaName !== null && !isUnknown(schemaName)) {
    const message = `found ${describeValue(schemaName)}, which works only with allSegments: true; remove it, since listed audiences have schemas of their own`;
    mistakes.push({ path: "schemaName", message });
  }
  return mistakes;
}

function checkAudienceIds(ids: readonly unknown[], isUnknown: IsUnknown, maxSegments: number): Mistake[] {
  if (ids.length === 0) {
    const message =
      "found an empty list, expected at least one audience ID; to run all, give allSegments: true instead";
    return [{ path: "segmentIds", message }];
  }
  const mistakes: Mistake[] = [];
  if (ids.length > maxSegments) {
    const limit = `found ${ids.length} audiences, but a job takes at most ${maxSegments} (cja:maxSegmentsPerJob)`;
    mistakes.push({ path: "segmentIds", message: `${limit}; split them over several jobs, or give allSegments: true` });
  }
  mistakes.push(...findDuplicates("segmentIds", ids, isUnknown));
  for (const [i, id] of ids.entries()) {
    if (typeof id !== "string" || isUnknown(id)) continue;
    const path = `segmentIds[${i}]`;
    if (isSegmentId(id)) mistakes.push({ path, message: `found ${describeValue(id)}, ${NOT_AN_AUDIENCE}` });
    // The API's own sign for all audiences, which needs another body (segment jobs guide, "Create").
    if (id === "*") mistakes.push({ path, message: 'found "*", which means all; give allSegments: true instead' });
  }
  return mistakes;
}
