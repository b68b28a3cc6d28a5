import type { JsonObject } from "../json";
import type { Parameters } from "../request";
import type { Tenant } from "../tenant";
import type { Page, SegmentQuery } from "./listing";
import type { SegmentRecord, Use } from "./segment";
import type { Verdict } from "./validation";

/** The call that a segment is shown for: its default fields and expansions depend on it. */
export type Occasion = "list" | "get" | "create" | "update";

/** How one of the two documents writes requests and answers about segments. */
export interface SegmentDialect {
  /** Field of a request body that names the data view. */
  readonly dataViewField: "rsid" | "dataId";
  /** Whether PUT may change the data view and the owner. */
  readonly mayMove: boolean;
  query(parameters: Parameters, tenant: Tenant): SegmentQuery;
  /** @param segments the page's segments as `segment` shows them. */
  list(page: Page<SegmentRecord>, segments: readonly JsonObject[]): unknown;
  segment(segment: SegmentRecord, expansion: ReadonlySet<string>, occasion: Occasion, tenant: Tenant): JsonObject;
  /** The data view and the definition of a validate request, or a 400. */
  validateRequest(parameters: Parameters, body: JsonObject): { dataViewId: string; definition: unknown };
  verdict(verdict: Verdict, definition: unknown): JsonObject;
  deleted(): JsonObject;
}

/**
 * The expansion `usedIn` in both dialects' GET requests: "any GET segments request" (segments page, "Find components that use a
 * specified segment", since October 2025). What POST and PUT answer does not have it.
 */
export function usedIn(
  { uses }: SegmentRecord,
  occasion: Occasion,
  { switches }: Tenant,
): Record<string, () => unknown> {
  return switches.usedIn && (occasion === "list" || occasion === "get") ? { usedIn: () => uses.map(shownUse) } : {};
}

function shownUse({ type, id, name, internal, lastAccess }: Use): JsonObject {
  return {
    componentId: id,
    ...{ componentType: type, subType: type, internal, name },
    lastRecordedAccess: lastAccess,
  };
}

/** A copy that holds the fields named by `names`, each made only when it is asked for. */
export function pick(fields: Readonly<Record<string, () => unknown>>, names: Iterable<string>): JsonObject {
  const picked: JsonObject = {};
  for (const name of names) {
    const make = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (make) picked[name] = make();
  }
  return picked;
}

export const iso = (ms: number): string => new Date(ms).toISOString();
