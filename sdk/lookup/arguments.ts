import { z } from "zod";
import type { IsUnknown, Mistake } from "../../model";
import { argumentMistakes, type Arguments } from "../../model/argument-mistakes";
import { JOB_STATUSES } from "../../model/job-status";
import { isLater } from "../later";
import { ofJob } from "./job-attributes";
import type { Lookups } from "./program-runtime";

type Values = Readonly<Record<string, unknown>>;

const text = (what: string) => {
  const error = `found {found}, expected ${what}`;
  return z.string({ error }).refine((value) => value.trim() !== "", { error });
};

/** IDs go into comma lists and paths of the API, so what would break out of one is refused here. */
const id = (what: string) => {
  const error = `found {found}, expected ${what}, without blanks, commas or slashes`;
  return z.string({ error }).regex(/^(?!\.{1,2}$)[^\s,/?#%]+$/, { error });
};

const PROPERTY = 'a filter such as "source==api" or "segments~segmentId==7863c010"';
const SORT = 'an order such as "creationTime:desc"';
const SANDBOX = "found {found}, expected the name of a sandbox, without blanks";
const sandbox = z.string({ error: SANDBOX }).regex(/^\S+$/, { error: SANDBOX }).nullish();
const nameContains = text("a part of names").nullish();
const limit = z
  .number({ error: "found {found}, expected a whole number from 1" })
  .int({ error: "found {found}, expected a whole number from 1" })
  .min(1, { error: "found {found}, expected a whole number from 1" })
  .nullish();
const inDataView = {
  dataViewId: id('the ID of a data view, such as "dv_66f1c0"').nullish(),
  dataViewName: text("the name of a data view").nullish(),
};

const given = (value: unknown): boolean => value !== undefined && value !== null;

/** One of two that say the same thing. */
const notBoth = (values: Values, one: string, other: string, way = "give one of the two"): Mistake[] =>
  given(values[one]) && given(values[other]) ? [{ path: other, message: `found beside ${one}; ${way}` }] : [];

const idOrName = (values: Values, what: string): Mistake[] =>
  given(values["id"]) || given(values["name"])
    ? notBoth(values, "id", "name")
    : [{ path: "", message: `found neither id nor name, expected the one or the other of ${what}` }];

const nothingMore = (): Mistake[] => [];

/** What each lookup takes. */
const ARGUMENTS: { readonly [Name in keyof Lookups]: Arguments } = {
  getSegment: {
    schema: z.strictObject({
      id: id("the ID of a segment").nullish(),
      name: text("the name of a segment").nullish(),
      ...inDataView,
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
      ...inDataView,
      nameContains,
      tags: z.array(text("the name of a tag"), { error: "found {found}, expected a list of names" }).nullish(),
      owner: text("the name, the login or the ID of an owner").nullish(),
      limit,
    }),
    example: 'such as { dataViewId: "…", tags: ["…"] }',
    more: (values) => notBoth(values, "dataViewId", "dataViewName"),
  },
  getDataView: {
    schema: z.strictObject({
      id: id('the ID of a data view, such as "dv_66f1c0"').nullish(),
      name: text("the name of a data view").nullish(),
    }),
    example: 'such as { id: "…" } or { name: "…" }',
    more: (values) => idOrName(values, "a data view"),
  },
  findDataViews: {
    schema: z.strictObject({
      nameContains,
      ids: z.array(id("the ID of a data view"), { error: "found {found}, expected a list of IDs" }).nullish(),
      limit,
    }),
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
      sort: z
        .string({ error: `found {found}, expected ${SORT}` })
        .regex(/^[\w.]+:(asc|desc)$/, { error: `found {found}, expected ${SORT}`, abort: true })
        .refine(...ofJob)
        .nullish(),
      properties: z
        .array(
          z
            .string({ error: `found {found}, expected ${PROPERTY}` })
            .regex(/^[^=~]+(~[^=~]+)?==./s, { error: `found {found}, expected ${PROPERTY}`, abort: true })
            .refine(...ofJob),
          { error: `found {found}, expected a list of filters such as ["source==api"]` },
        )
        .nullish(),
      limit,
    }),
    example: 'such as { status: "FAILED" }',
    more: nothingMore,
  },
};

/**
 * Every mistake in the arguments of a lookup; empty when there is none. Sends nothing.
 *
 * @param isUnknown what is not known yet is skipped, with all that depends on it.
 */
export const lookupMistakes = (name: keyof Lookups, args: unknown, isUnknown: IsUnknown): Mistake[] =>
  argumentMistakes(ARGUMENTS[name], args, isUnknown);

/** The same, for a form that takes no outputs: they are mistakes themselves. */
export function plainMistakes(name: keyof Lookups, args: unknown): Mistake[] {
  const way = `expected a value that is known now; use ${name}Output, which takes outputs and promises`;
  if (isLater(args)) return [{ path: "", message: `found an output or a promise in place of the arguments, ${way}` }];
  const entries = typeof args === "object" && args !== null ? Object.entries(args) : [];
  const later = entries
    .filter(([, value]) => isLater(value) || (Array.isArray(value) && value.some(isLater)))
    .map(([path]) => ({ path, message: `found an output or a promise, ${way}` }));
  return [...lookupMistakes(name, args, isLater), ...later];
}
