import { Hono, type Context } from "hono";
import { bodyAs, type Parameters, parametersOf } from "../request";
import { badParameter, ServiceRefusal } from "../errors";
import type { JsonObject } from "../json";
import { componentType, type ComponentMetadata } from "../metadata/component";
import { done, searchedComponents, searchSchema, allComponents, findComponent, putComponent } from "../metadata/stored";
import { envelope, pageOf, pagingOf } from "../page";
import type { Tenant } from "../tenant";
import type { Tag } from "./tag";
import { addTags, putTagItems, removeTags } from "./writing";

/** /componentmetadata/tags: the organisation's tags, and which components carry them. */
export function tagRoutes(tenant: Tenant): Hono {
  const { store, dialect } = tenant;
  const tagsOf = ({ tagIds }: ComponentMetadata): Tag[] => tagIds.flatMap((id) => store.tags.get(id) ?? []);
  // What the page answers as an object is an array in the OpenAPI document.
  const tagAlone = (answer: JsonObject): JsonObject | JsonObject[] => (dialect === "guide" ? answer : [answer]);
  return new Hono()
    .get("/", (c) => {
      const paging = pagingOf(parametersOf(c), tenant.switches.paging);
      const all = store.tags.all();
      const tags = pageOf(all, paging);
      if (dialect === "reference") return c.json(shownTags(tenant, tags));
      const shown = tags.map(({ id, name }) => ({ id, name }));
      return c.json(envelope(shown, all.length, paging));
    })
    .post("/", async (c) => c.json(await addTags(c, tenant)))
    .delete("/", (c) => {
      const parameters = parametersOf(c);
      const componentIds = listOf(parameters, "componentIds");
      const type = componentType(parameters.text("componentType"));
      const refs = componentIds.map((componentId) => ({ componentType: type, componentId }));
      return c.json(tagAlone(removeTags(tenant, refs)));
    })
    .get("/search", (c) => {
      const parameters = parametersOf(c);
      const componentId = parameters.text("componentId");
      if (componentId === undefined) throw badParameter("Required parameter componentId is missing");
      const ref = { componentType: componentType(parameters.text("componentType")), componentId };
      const component = findComponent(store, ref);
      const tags = component === undefined ? [] : tagsOf(component);
      return c.json(tags.map((tag) => ({ ...tag, components: [ref] })));
    })
    .post("/component/search", async (c) => {
      const paging = pagingOf(parametersOf(c), tenant.switches.paging);
      const found = searchedComponents(store, await bodyAs(c, searchSchema));
      const shown = pageOf(found, paging).map((component) => ({
        componentType: component.componentType,
        componentId: component.componentId,
        tags: tagsOf(component).map(({ id, name }) => ({ id, name, components: [] })),
      }));
      return c.json(envelope(shown, found.length, paging));
    })
    .get("/tagnames", (c) => {
      const parameters = parametersOf(c);
      const names = new Set(listOf(parameters, "tagNames"));
      const type = componentType(parameters.text("componentType"));
      const found = allComponents(store).filter(
        (component) => component.componentType === type && tagsOf(component).some(({ name }) => names.has(name)),
      );
      return c.json(found.map(({ componentId }) => componentId));
    })
    .put("/tagitems", async (c) => c.json(await putTagItems(c, tenant)))
    .get("/:id", (c) => c.json(shownTags(tenant, [tagOf(tenant, c)])[0] ?? {}))
    .delete("/:id", (c) => {
      const { id } = tagOf(tenant, c);
      for (const component of allComponents(store)) {
        if (!component.tagIds.includes(id)) continue;
        putComponent(store, { ...component, tagIds: component.tagIds.filter((each) => each !== id) });
      }
      store.tags.remove(id);
      return c.json(tagAlone({ tagId: String(id), status: done }));
    });
}

function listOf(parameters: Parameters, name: string): string[] {
  const list = parameters.list(name);
  if (list === undefined) throw badParameter(`Required parameter ${name} is missing`);
  return list;
}

function tagOf(tenant: Tenant, c: Context): Tag {
  const tag = tenant.store.tags.get(Number(c.req.param("id")));
  if (tag) return tag;
  throw new ServiceRefusal(404, "resource_not_found", "Unable to find a tag with the given ID");
}

/** Tags with the components that carry them. */
function shownTags(tenant: Tenant, tags: readonly Tag[]): JsonObject[] {
  const taggedComponents = new Map(tags.map(({ id }) => [id, [] as JsonObject[]]));
  for (const { componentType, componentId, tagIds } of allComponents(tenant.store)) {
    for (const id of tagIds) taggedComponents.get(id)?.push({ componentType, componentId });
  }
  return tags.map((tag) => ({ ...tag, components: taggedComponents.get(tag.id) ?? [] }));
}
