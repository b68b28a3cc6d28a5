import { Hono, type Context } from "hono";
import { ServiceRefusal } from "../errors";
import type { JsonObject } from "../json";
import { envelope, pageOf, pagingOf } from "../page";
import { parametersOf } from "../request";
import { technicalAccount } from "../people";
import { iso, pick } from "../segments/dialect";
import type { Tenant } from "../tenant";
import { usualTimeZone, type Component, type DataView } from "./data-view";

/** GET of data views and of their components, as much of the OpenAPI document as segments need. */
export function dataViewRoutes(tenant: Tenant): Hono {
  const find = (c: Context): DataView => {
    const id = c.req.param("id") ?? "";
    const view = tenant.store.dataViews.get(id);
    if (view === undefined) throw new ServiceRefusal(404, "resource_not_found", `Unable to find Data View ID ${id}`);
    return view;
  };
  const components = (c: Context, all: readonly Component[]): Response => {
    const expansion = expansionOf(c);
    const content = all.map((component) => shownComponent(component, expansion));
    const paging = { page: 0, limit: Math.max(1, content.length) };
    return c.json(withBothNames(envelope(content, content.length, paging)));
  };
  return new Hono()
    .get("/", (c) => {
      const parameters = parametersOf(c);
      const ids = parameters.list("dataViewIds");
      const connection = parameters.text("parentDataGroupId");
      const external = parameters.list("externalIds") ?? parameters.list("externalParentIds");
      const views = tenant.store.dataViews.all().filter((view) => {
        if (ids !== undefined && !ids.includes(view.id)) return false;
        // None of them has come from elsewhere.
        return (connection === undefined || connection === parentDataGroupId) && external === undefined;
      });
      const byDate = parameters.oneOf("sortProperty", ["id", "modifiedDate"], "id") === "modifiedDate";
      const sign = parameters.oneOf("sortDirection", ["ASC", "DESC"], "ASC") === "DESC" ? -1 : 1;
      views.sort((a, b) => sign * (byDate ? a.modified - b.modified : 0) || sign * (a.id < b.id ? -1 : 1));
      const paging = pagingOf(parameters, tenant.switches.paging);
      const shown = pageOf(views, paging).map((view) => shownView(view, expansionOf(c), tenant));
      return c.json(withBothNames(envelope(shown, views.length, paging)));
    })
    .get("/:id", (c) => c.json(shownView(find(c), expansionOf(c), tenant)))
    .get("/:id/dimensions", (c) => components(c, find(c).dimensions))
    .get("/:id/metrics", (c) => components(c, find(c).metrics));
}

/** The connection that all data views belong to. */
const parentDataGroupId = "dg_emulator";

const expansionOf = (c: Context): string[] => parametersOf(c).list("expansion") ?? [];

function shownView(view: DataView, expansion: readonly string[], tenant: Tenant): JsonObject {
  const fields = {
    name: () => view.name,
    description: () => view.description,
    owner: () => ({ imsUserId: technicalAccount.imsUserId, name: technicalAccount.name }),
    isDeleted: () => false,
    organization: () => tenant.identity.orgId,
    timezoneDesignator: () => view.timeZone ?? undefined,
    // Its unit is not described: only of this zone is it sure.
    currentTimezoneOffset: () => (view.timeZone === usualTimeZone ? 0 : undefined),
    parentDataGroupId: () => parentDataGroupId,
    recentRecordedAccess: () => iso(view.modified).slice(0, 10),
    sessionDefinition: () => [{ numPeriods: 30, granularity: "MINUTE", func: "INACTIVITY" }],
    externalData: () => ({}),
    segmentList: () => [],
    curationEnabled: () => false,
    modified: () => iso(view.modified),
    createdDate: () => iso(view.created),
    containerNames: () => ({ event: "Event", session: "Session", people: "Person" }),
  };
  const { modified, ...picked } = pick(fields, expansion);
  return { id: view.id, ...picked, ...(modified === undefined ? {} : { modifiedDate: modified }) };
}

function shownComponent(component: Component, expansion: readonly string[]): JsonObject {
  const { id, name, type } = component;
  const fields = { description: () => "", hidden: () => false, isDeleted: () => false, tags: () => [] };
  return { id, name, type, ...pick(fields, expansion) };
}

/** The envelope of the documents' samples, with the names that the OpenAPI document has for the same values. */
function withBothNames(page: JsonObject): JsonObject {
  return { ...page, first: page["firstPage"], last: page["lastPage"] };
}
