import { Hono, type Context } from "hono";
import { bulkAnswer, found, sandboxOf } from "../platform";
import type { Tenant } from "../tenant";
import { definitionAnswer, type AudienceRecord } from "./audience";

/**
 * Segment definitions, to be read one by one or many at once: what their names need
 * (https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/segment-definitions).
 */
export function definitionRoutes({ store, identity }: Tenant): Hono {
  const find = (c: Context, id: string): AudienceRecord | undefined => {
    const audience = store.audiences.get(id);
    return audience?.sandbox === sandboxOf(c) ? audience : undefined;
  };
  return new Hono()
    .post("/bulk-get", async (c) => {
      sandboxOf(c);
      return bulkAnswer(c, (id) => {
        const audience = find(c, id);
        return audience && definitionAnswer(audience, identity.orgId);
      });
    })
    .get("/:id", (c) => {
      const id = c.req.param("id");
      return c.json(definitionAnswer(found(find(c, id), id), identity.orgId));
    });
}
