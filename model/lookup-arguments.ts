import { z } from "zod";
import { argumentMistakes, type Arguments } from "./argument-mistakes";
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
const formed = (what: string, form: RegExp) => {
  const error = `found {found}, expected ${what}`;
  return z.string({ error }).regex(form, { error, abort: true });
};

/** IDs go into comma lists and paths of the API, so what would break out of one is refused here. */
const id = (what: string) => formed(`${what}, without blanks, commas or slashes`, /^(?!\.{1,2}$)[^\s,/?#%]+$/);

const list = <Item extends z.ZodType>(item: Item, what: string) =>
  z.array(item, { error: `found {found}, expected a list of ${what}` });

const COUNT = "found {found}, expected a whole number from 1";
const limit = z.number({ error: COUNT }).int({ error: COUNT }).min(1, { error: COUNT }).nullish();
const sandbox = formed("the name of a sandbox, without blanks", /^\S+$/).nullish();
const nameContains = text("a part of names").nullish();
const dataViewId = id('the ID of a data view, such as "dv_66f1c0"').nullish();
const dataViewName = text("the name of a data view").nullish();

const given = (value: unknown): boolean => value !== undefined && value !== null;

/** One of two that say the same thing. */
const notBoth = (values: Values, one: string, other: string, way = "give one of the two"): Mistake[] =>
  given(values[one]) && given(values[other]) ? [{ path: other, message: `found beside ${one}; ${way}` }] : [];

const idOrName = (values: Values, what: string): Mistake[] =>
  given(values["id"]) || given(values["name"])
    ? notBoth(values, "id", "name")
    : [{ path: "", message: `found neither id nor name, expected the one or the other of ${what}` }];

const nothingMore = (): Mistake[] => [];

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
  const written = /^[^.~=:[]*/.exec(path)?.[0].trim() ?? "";
  if (written === "" || JOB_ATTRIBUTES.includes(written)) return undefined;
  const meant = nearestArgument(written, JOB_ATTRIBUTES);
  if (meant === undefined) return undefined;
  return `a job has no attribute ${JSON.stringify(written)}; did you mean ${JSON.stringify(meant)}?`;
}

const ofJob = (what: string, form: RegExp) =>
  formed(what, form).refine((path) => misspeltAttribute(path) === undefined, {
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
    more: (values) => [
      ...idOrName(values, "a segment"),
      ...notBoth(values, "id", "dataViewId", "an ID says it all"),
      ...notBoth(values, "id", "dataViewName", "an ID says it all"),
      ...notBoth(values, "dataViewId", "dataViewName"),
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
    more: (values) => notBoth(values, "dataViewId", "dataViewName"),
  },
  getDataView: {
    schema: z.strictObject({ id: dataViewId, name: dataViewName }),
    example: 'such as { id: "…" } or { name: "…" }',
    more: (values) => idOrName(values, "a data view"),
  },
  findDataViews: {
    schema: z.strictObject({ nameContains, ids: list(id("the ID of a data view"), "IDs").nullish(), limit }),
    example: 'such as { nameContains: "…" }',
    more: nothingMore,
  },
  getSegmentJob: {
    schema: z.strictObject({ id: id("the ID of a segment job"), sandbox }),
    example: 'such as { id: "…" }',
    more: nothingMore,
  },
  findSegmentJobs: {
    schema: z.strictObject({
      sandbox,
      status: z.enum(JOB_STATUSES, { error: `found {found}, expected one of ${JOB_STATUSES.join(", ")}` }).nullish(),
      sort: ofJob('an order such as "creationTime:desc"', /^[\w.]+:(asc|desc)$/).nullish(),
      properties: list(
        ofJob('a filter such as "source==api" or "segments~segmentId==7863c010"', /^[^=~]+(~[^=~]+)?==./s),
        'filters such as ["source==api"]',
      ).nullish(),
      limit,
    }),
    example: 'such as { status: "FAILED" }',
    more: nothingMore,
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
