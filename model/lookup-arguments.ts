import { z } from "zod";
import { argumentMistakes, type Arguments } from "./argument-mistakes";
import { oneOf } from "./argument-types";
import { PROFILE_SCHEMA } from "./audience-fields";
import { EVALUATIONS, LIFECYCLES } from "./evaluation-and-lifecycle";
import type { IsUnknown } from "./is-unknown";
import { JOB_STATUSES } from "./job-status";
import { nearestArgument } from "./misnamed-arguments";
import type { Mistake } from "./mistake";

type Values = Readonly<Record<string, unknown>>;

const text = (what: string) => {
  const error = `found {found}, expected ${what}`;
  return z.string({ error }).refine((value) => value.trim() !== "", { error });
};

/** A text of a form. */
const textOfForm = (what: string, form: RegExp) => {
  const error = `found {found}, expected ${what}`;
  return z.string({ error }).regex(form, { error, abort: true });
};

/** IDs go into comma lists and paths of the API, so what would break out of one is refused here. */
const id = (what: string) => textOfForm(`${what}, without spaces, commas or slashes`, /^(?!\.{1,2}$)[^\s,/?#%]+$/);

const list = <Item extends z.ZodType>(item: Item, what: string) =>
  z.array(item, { error: `found {found}, expected a list of ${what}` });

const COUNT = "found {found}, expected a whole number from 1";
const limit = z.number({ error: COUNT }).int({ error: COUNT }).min(1, { error: COUNT }).nullish();
const sandbox = textOfForm("the name of a sandbox, without spaces", /^\S+$/).nullish();
const nameContains = text("a part of a name").nullish();
const schemaName = textOfForm(
  `the name of an XDM schema, such as "${PROFILE_SCHEMA}", without spaces`,
  /^\S+$/,
).nullish();
const dataViewId = id('the ID of a data view, such as "dv_66f1c0"').nullish();
const dataViewName = text("the name of a data view").nullish();

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** One of two that say the same thing. */
const rejectBoth = (values: Values, first: string, second: string, hint = "give one of the two"): Mistake[] =>
  isGiven(values[first]) && isGiven(values[second])
    ? [{ path: second, message: `found beside ${first}; ${hint}` }]
    : [];

const requireIdOrName = (values: Values, what: string): Mistake[] =>
  isGiven(values["id"]) || isGiven(values["name"])
    ? rejectBoth(values, "id", "name")
    : [{ path: "", message: `found neither id nor name, expected the ID or the name of ${what}` }];

const noFurtherMistakes = (): Mistake[] => [];

/** What a job has (segment jobs guide, and the schema `SegmentJob` of its OpenAPI document). */
const JOB_ATTRIBUTES = [
  ...["id", "imsOrgId", "sandbox", "profileInstanceId", "source", "status", "batchId", "computeJobId"],
  ...["computeGatewayJobId", "segments", "metrics", "errors", "requestId", "schema", "modelName", "properties"],
  ...["creationTime", "updateTime", "updateEpoch"],
];

/**
 * What is wrong in a path into a job, or an order, that begins with a misspelt attribute: with one the service would answer as if nothing
 * were asked, or nothing at all. An attribute that is like none of these passes, since the service may know more than its documents tell.
 *
 * @example misspeltAttribute("sorce==scheduler") // 'a job has no attribute "sorce"; did you mean "source"?'
 */
function misspeltAttribute(path: string): string | undefined {
  const attribute = /^[^.~=:[]*/.exec(path)?.[0].trim() ?? "";
  if (attribute === "" || JOB_ATTRIBUTES.includes(attribute)) return undefined;
  const suggestion = nearestArgument(attribute, JOB_ATTRIBUTES);
  if (suggestion === undefined) return undefined;
  return `a job has no attribute ${JSON.stringify(attribute)}; did you mean ${JSON.stringify(suggestion)}?`;
}

const jobPath = (what: string, form: RegExp) =>
  textOfForm(what, form).refine((path) => misspeltAttribute(path) === undefined, {
    error: ({ input }) => misspeltAttribute(String(input)),
  });

/** What each lookup takes. What a program sees of it, with a docstring each, stands in `sdk/lookup`. */
const LOOKUPS = {
  getSegment: {
    schema: z.strictObject({
      id: id("the ID of a segment").nullish(),
      name: text("the name of a segment").nullish(),
      ...{ dataViewId, dataViewName },
    }),
    example: 'such as { id: "…" } or { name: "…", dataViewId: "…" }',
    findMore: (values) => [
      ...requireIdOrName(values, "a segment"),
      ...rejectBoth(values, "id", "dataViewId", "an ID is enough"),
      ...rejectBoth(values, "id", "dataViewName", "an ID is enough"),
      ...rejectBoth(values, "dataViewId", "dataViewName"),
    ],
  },
  findSegments: {
    schema: z.strictObject({
      ...{ dataViewId, dataViewName, nameContains },
      tags: list(text("the name of a tag"), "names").nullish(),
      owner: text("the name, the login or the ID of an owner").nullish(),
      limit,
    }),
    example: 'such as { dataViewId: "…", tags: ["…"] }',
    findMore: (values) => rejectBoth(values, "dataViewId", "dataViewName"),
  },
  getDataView: {
    schema: z.strictObject({ id: dataViewId, name: dataViewName }),
    example: 'such as { id: "…" } or { name: "…" }',
    findMore: (values) => requireIdOrName(values, "a data view"),
  },
  findDataViews: {
    schema: z.strictObject({ nameContains, ids: list(id("the ID of a data view"), "IDs").nullish(), limit }),
    example: 'such as { nameContains: "…" }',
    findMore: noFurtherMistakes,
  },
  getSegmentJob: {
    schema: z.strictObject({ id: id("the ID of a segment job"), sandbox }),
    example: 'such as { id: "…" }',
    findMore: noFurtherMistakes,
  },
  findSegmentJobs: {
    schema: z.strictObject({
      sandbox,
      status: z.enum(JOB_STATUSES, { error: `found {found}, expected one of ${JOB_STATUSES.join(", ")}` }).nullish(),
      sort: jobPath('an order such as "creationTime:desc"', /^[\w.]+:(asc|desc)$/).nullish(),
      properties: list(
        jobPath('a filter such as "source==api" or "segments~segmentId==7863c010"', /^[^=~]+(~[^=~]+)?==./s),
        'filters such as ["source==api"]',
      ).nullish(),
      limit,
    }),
    example: 'such as { status: "FAILED" }',
    findMore: noFurtherMistakes,
  },
  getAudience: {
    schema: z.strictObject({
      id: id("the ID of an audience").nullish(),
      name: text("the name of an audience").nullish(),
      sandbox,
    }),
    example: 'such as { id: "…" } or { name: "…", sandbox: "…" }',
    findMore: (values) => requireIdOrName(values, "an audience"),
  },
  findAudiences: {
    schema: z.strictObject({
      ...{ sandbox, nameContains, schemaName },
      evaluation: oneOf(EVALUATIONS).nullish(),
      lifecycle: oneOf(LIFECYCLES).nullish(),
      labels: list(text("the name of a label"), "names").nullish(),
      limit,
    }),
    example: 'such as { sandbox: "…", nameContains: "…" }',
    findMore: noFurtherMistakes,
  },
  findMergePolicies: {
    schema: z.strictObject({ ...{ sandbox, nameContains, schemaName }, limit }),
    example: 'such as { sandbox: "…" }',
    findMore: noFurtherMistakes,
  },
} satisfies Readonly<Record<string, Arguments>>;

export type LookupName = keyof typeof LOOKUPS;
export const LOOKUP_NAMES = Object.keys(LOOKUPS) as readonly LookupName[];

/** What a program may give a lookup. */
export type LookupArguments<Name extends LookupName> = z.input<(typeof LOOKUPS)[Name]["schema"]>;

type Optional<Given> = { [Key in keyof Given]: undefined extends Given[Key] ? Key : never }[keyof Given];
type Present<Value> = NonNullable<Value> extends (infer Item)[] ? readonly Item[] : NonNullable<Value>;

/** What a lookup is asked: arguments without mistakes, and without those that have no value. */
export type LookupQuery<Name extends LookupName, Given = LookupArguments<Name>> = {
  readonly [Key in Optional<Given>]?: Present<Given[Key]>;
} & { readonly [Key in Exclude<keyof Given, Optional<Given>>]: Present<Given[Key]> };

/**
 * Every mistake in the arguments of a lookup; empty when there is none. Sends nothing.
 *
 * @param isUnknown what is not known yet is skipped, with all that depends on it.
 */
export const lookupMistakes = (name: LookupName, args: unknown, isUnknown: IsUnknown): Mistake[] =>
  argumentMistakes(LOOKUPS[name], args, isUnknown);
