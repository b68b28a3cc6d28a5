import { Hono, type Context } from "hono";
import { badBody, badParameter, ServiceRefusal } from "../errors";
import { isJsonObject, type JsonObject } from "../json";
import { Parameters } from "../parameters";
import type { Tenant } from "../tenant";
import type { Tag } from "./tag";

/** Tags of segments, as much of /componentmetadata/tags as has to do with them. */
export function tagRoutes(tenant: Tenant): Hono {
  const { store } = tenant;
  const shown = (tag: Tag): JsonObject => ({
    ...tag,
    components: store.segments
      .all()
      .filter((segment) => segment.tagIds.includes(tag.id))
      .map((segment) => ({ componentType: "segment", componentId: segment.id })),
  });
  return new Hono()
    .get("/", (c) => {
      const parameters = new Parameters(c.req.queries());
      const page = parameters.integer("page", { fallback: 0, least: 0, most: Number.MAX_SAFE_INTEGER });
      const limit = parameters.integer("limit", { fallback: 10, least: 1, most: 1000 });
      return c.json(
        store.tags
          .all()
          .slice(page * limit, (page + 1) * limit)
          .map(shown),
      );
    })
    .get("/search", (c) => {
      const parameters = new Parameters(c.req.queries());
      const componentId = parameters.text("componentId");
      if (componentId === undefined) throw badParameter("Required parameter componentId is missing");
      checkType(parameters.text("componentType"));
      const tagIds = store.segments.get(componentId)?.tagIds ?? [];
      return c.json(tagIds.flatMap((id) => store.tags.get(id) ?? []).map(shown));
    })
    .get("/:id", (c) => {
      const tag = store.tags.get(Number(c.req.param("id")));
      if (tag) return c.json(shown(tag));
      throw new ServiceRefusal(404, "resource_not_found", "Unable to find a tag with the given ID");
    })
    .put("/tagitems", async (c) => {
      const items = await listOf(c);
      return c.json(items.map((item) => ({ ...retag(tenant, item), status: { success: true } })));
    });
}

/** Sets all tags of one segment; a name that is no tag yet becomes one. */
function retag(tenant: Tenant, item: JsonObject): JsonObject {
  const { store } = tenant;
  checkType(item["componentType"]);
  const segment = store.segments.get(String(item["componentId"]));
  if (segment === undefined) throw badParameter(`Component ${String(item["componentId"])} was not found`);
  const tags = (Array.isArray(item["tags"]) ? (item["tags"] as unknown[]) : []).map((tag) => {
    const name = isJsonObject(tag) ? tag["name"] : undefined;
    if (typeof name !== "string" || name === "") throw badBody("Each tag must have a name");
    return store.tagNamed(name);
  });
  store.segments.put({ ...segment, tagIds: tags.map((tag) => tag.id) });
  return { componentType: "segment", componentId: segment.id, tags };
}

function checkType(componentType: unknown): void {
  if (componentType !== "segment") throw badParameter("Invalid component type: the emulator has tags of segments only");
}

async function listOf(c: Context): Promise<JsonObject[]> {
  const text = await c.req.text();
  try {
    const body: unknown = JSON.parse(text);
    if (Array.isArray(body) && body.every(isJsonObject)) return body;
  } catch (cause) {
    throw badBody(`Bad JSON input; request not formatted correctly: ${String(cause)}`);
  }
  throw badBody("Bad JSON input; the body must be a list of objects");
}
