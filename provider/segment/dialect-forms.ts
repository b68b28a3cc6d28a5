import type { ApiRequest } from "../http/transport";
import {
  ANSWER_FIELDS,
  CLEARED_FIELDS,
  segmentField,
  type BodyField,
  type SegmentContent,
} from "../../model/segment-field-lists";
import { wireName, type Dialect } from "./dialect";

type Query = NonNullable<ApiRequest["query"]>;

/** Which segments to list. */
export interface SegmentFilter {
  readonly ids?: readonly string[];
  readonly dataViewId?: string;
  /** What is in the name: both dialects have it under this word. A service may look for whole words. */
  readonly name?: string;
  /** `own`: what belongs to the account itself; `widest`: all that it can be shown. */
  readonly include: "own" | "widest";
  readonly newestFirst?: boolean;
  /** What to ask for beside the usual fields: both dialects have these names, but not for what answers a PUT. */
  readonly expand?: readonly ("tags" | "usedIn")[];
  /** From 0. */
  readonly page: number;
  readonly limit: number;
}

interface DialectForm {
  readonly dataViewFilter: string;
  readonly idFilter: string;
  readonly widestInclude: string;
  validationRequest(content: SegmentContent): Pick<ApiRequest, "query" | "body">;
}

const FORMS: Record<Dialect, DialectForm> = {
  guide: {
    dataViewFilter: "rsids",
    idFilter: "segmentFilter",
    widestInclude: "all",
    validationRequest: ({ dataViewId, definition }) => ({ query: { rsid: dataViewId }, body: definition }),
  },
  reference: {
    dataViewFilter: "dataIds",
    idFilter: "filterByIds",
    widestInclude: "shared,templates",
    validationRequest: (content) => ({
      body: { ...toBody({ ...CLEARED_VALUES, ...content }, "reference"), compatibility: null },
    }),
  },
};

/** The optional fields, as they are where nobody says anything. */
const CLEARED_VALUES = Object.fromEntries(CLEARED_FIELDS.map((name) => [name, segmentField(name).absent]));

/** The fields to ask for: which fields an answer has by default differs between the two documents. */
export function expansionOf(dialect: Dialect): string {
  const requested = ANSWER_FIELDS.filter((name) => {
    const { requestedIn } = segmentField(name);
    return requestedIn === "both" || requestedIn === dialect;
  });
  // The owner's name is a field of the owner, and asked for by a word of its own.
  return [...requested.map((name) => wireName(dialect, name)), "ownerFullName"].join(",");
}

/**
 * The query of a listing. While the dialect is unknown both forms are sent at once: each ignores the other's parameters,
 * and the shape of the answer tells which one counted. A filter that had no effect only makes the answer longer.
 */
export function listQuery(filter: SegmentFilter, dialect: Dialect | undefined): Query {
  const dialects: readonly Dialect[] = dialect ? [dialect] : ["guide", "reference"];
  const forms = dialects.map((d) => FORMS[d]);
  const mergeLists = (texts: readonly string[]) => [...new Set(texts.flatMap((text) => text.split(",")))].join(",");
  const query: Record<string, string | number | undefined> = {
    expansion: mergeLists([...dialects.map(expansionOf), ...(filter.expand ?? [])]),
    limit: filter.limit,
    page: filter.page,
    name: filter.name,
  };
  for (const form of forms) {
    if (filter.dataViewId !== undefined) query[form.dataViewFilter] = filter.dataViewId;
    if (filter.ids !== undefined) query[form.idFilter] = filter.ids.join(",");
  }
  if (filter.include === "widest") query["includeType"] = mergeLists(forms.map((form) => form.widestInclude));
  if (filter.newestFirst) Object.assign(query, { sortProperty: "modified_date", sortDirection: "DESC" });
  return query;
}

/** The body of a create or an update request: the fields that are given, under their names in the dialect. */
export const toBody = (content: Partial<SegmentContent>, dialect: Dialect): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(content).map(([name, value]) => [wireName(dialect, name as BodyField), value]));

/** Query and body of a validation request. */
export const validationRequest = (content: SegmentContent, dialect: Dialect): Pick<ApiRequest, "query" | "body"> =>
  FORMS[dialect].validationRequest(content);
