import { Hono, type Context } from "hono";
import { checkLocale, jsonAnswered, objectOf, type Parameters, parametersOf } from "../request";
import { ServiceRefusal } from "../errors";
import { technicalAccount } from "../people";
import type { Tenant } from "../tenant";
import type { Occasion, SegmentDialect } from "./dialect";
import { listSegments } from "./listing";
import { isSharedWithMe, mayChange, idPrefix, type SegmentRecord } from "./segment";
import { changeSegment, createSegment, changeOf, fieldsOfNew, knownDataView } from "./writing";
import { verdictOn } from "./validation";

/** The segment endpoints in one dialect. They stand below /segments, and below /filters, their former path. */
export function segmentRoutes(tenant: Tenant, dialect: SegmentDialect): Hono {
  const { store, clock } = tenant;
  const show = (c: Context, segment: SegmentRecord, occasion: Occasion): Response =>
    jsonAnswered(c, dialect.segment(segment, expansionOf(parametersOf(c)), occasion, tenant));

  return new Hono()
    .use(async (c, next) => {
      checkLocale(parametersOf(c));
      await next();
    })
    .get("/", (c) => {
      const parameters = parametersOf(c);
      const expansion = expansionOf(parameters);
      const page = listSegments(tenant, dialect.query(parameters, tenant));
      const segments = page.items.map((segment) => dialect.segment(segment, expansion, "list", tenant));
      return jsonAnswered(c, dialect.list(page, segments) as object);
    })
    .post("/validate", async (c) => {
      const { dataViewId, definition } = dialect.validateRequest(parametersOf(c), await objectOf(c));
      knownDataView(dataViewId, tenant);
      return jsonAnswered(c, dialect.verdict(verdictOn(definition, tenant.switches.verdict), definition));
    })
    .post("/", async (c) => {
      const fields = fieldsOfNew(await objectOf(c), dialect, tenant);
      const prefix = idPrefix(tenant.dialect, tenant.identity.orgId);
      return show(c, createSegment(store, fields, prefix, clock.now()), "create");
    })
    .get("/:id", (c) => {
      const segment = segmentOf(tenant, c.req.param("id"));
      if (!segment.template && !isSharedWithMe(segment)) requireRight(tenant, segment, "access");
      return show(c, segment, "get");
    })
    .put("/:id", async (c) => {
      const segment = writable(tenant, c.req.param("id"), "update");
      const change = changeOf(await objectOf(c), dialect, tenant);
      return show(c, changeSegment(store, segment, change, clock.now()), "update");
    })
    .delete("/:id", (c) => {
      const segment = writable(tenant, c.req.param("id"), "delete");
      changeSegment(store, segment, { deleted: true, modifiedById: technicalAccount.id }, clock.now());
      return c.json(dialect.deleted());
    });
}
const expansionOf = (parameters: Parameters): ReadonlySet<string> => new Set(parameters.list("expansion"));

function segmentOf(tenant: Tenant, id: string): SegmentRecord {
  const segment = tenant.store.segments.get(id);
  if (segment === undefined) throw new ServiceRefusal(404, "resource_not_found", `Segment ${id} was not found`);
  return segment;
}

/** A segment that may be changed: a deleted one can be read and no more. */
function writable(tenant: Tenant, id: string, act: string): SegmentRecord {
  const segment = segmentOf(tenant, id);
  if (segment.deleted)
    throw new ServiceRefusal(404, "resource_not_found", `Segment ${id} was not found: it is deleted`);
  requireRight(tenant, segment, act);
  return segment;
}

function requireRight(tenant: Tenant, segment: SegmentRecord, act: string): void {
  if (mayChange(tenant, segment)) return;
  throw new ServiceRefusal(403, "insufficient_access", `User does not have permission to ${act} this segment`);
}
