import { Hono, type Context } from "hono";
import { PlatformRefusal } from "../errors";
import type { JsonObject } from "../json";
import { idsToGet } from "../jobs/job-request";
import { platformJsonOf } from "../jobs/routes";
import { sandboxOf } from "../jobs/sandboxes";
import type { Tenant } from "../tenant";
import { definitionAnswer, type AudienceRecord } from "./audience";

/**
 * Segment definitions, to be read one by one or many at once: what their names need
 * (https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/segment-definitions).
 */
export function definitionRoutes({ store, identity }: Tenant): Hono {
  const find = (c: Context, id: string): AudienceRecord | undefined => {
    const sandbox = sandboxOf(c.req.header("x-sandbox-name"));
    const audience = store.audiences.get(id);
    return audience?.sandbox === sandbox ? audience : undefined;
  };
  return new Hono()
    .post("/bulk-get", async (c) => {
      sandboxOf(c.req.header("x-sandbox-name"));
      const results: JsonObject = {};
      for (const id of idsToGet(await platformJsonOf(c))) {
        const audience = find(c, id);
        if (audience) results[id] = definitionAnswer(audience, identity.orgId);
      }
      return c.json({ results }, 207);
    })
    .get("/:id", (c) => {
      const id = c.req.param("id");
      const audience = find(c, id);
      if (!audience) throw new PlatformRefusal(404, "113000", `The entity ${id} is not found.`);
      return c.json(definitionAnswer(audience, identity.orgId));
    });
}
