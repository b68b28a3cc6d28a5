import { Hono, type Context } from "hono";
import { PlatformRefusal } from "../errors";
import { isJsonObject, type JsonObject } from "../json";
import { badPlatformBody, bulkAnswer, found, platformJsonOf, sandboxOf } from "../platform";
import { jsonAnswered, parametersOf } from "../request";
import type { Tenant } from "../tenant";
import { definitionAnswer } from "./answer";
import { isOfSegmentationService, type AudienceRecord } from "./audience";
import { definitionList } from "./listing";
import { deleteAudience, isNameTaken, overwriteAudience, postAudience } from "./writing";

/** The older form of audiences: https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/segment-definitions */
export function definitionRoutes(tenant: Tenant): Hono {
  const { store } = tenant;
  const find = (c: Context, id: string): AudienceRecord | undefined => {
    const audience = store.audiences.get(id);
    return audience?.sandbox === sandboxOf(c) && isOfSegmentationService(audience) ? audience : undefined;
  };
  const one = (c: Context): AudienceRecord => {
    const id = c.req.param("id") ?? "";
    return found(find(c, id), id);
  };
  return new Hono()
    .get("/", (c) => {
      const sandbox = sandboxOf(c);
      const audiences = store.audiences
        .all()
        .filter((audience) => audience.sandbox === sandbox && isOfSegmentationService(audience));
      return jsonAnswered(c, definitionList(audiences, parametersOf(c), tenant));
    })
    .post("/bulk-get", async (c) => {
      sandboxOf(c);
      return bulkAnswer(c, (id) => {
        const audience = find(c, id);
        return audience && definitionAnswer(audience, tenant);
      });
    })
    .post("/", async (c) => {
      const sandbox = sandboxOf(c);
      const body = await bodyOf(c);
      rejectTakenName(tenant, sandbox, body);
      return jsonAnswered(c, definitionAnswer(postAudience(tenant, sandbox, body), tenant));
    })
    .get("/:id", (c) => jsonAnswered(c, definitionAnswer(one(c), tenant)))
    .patch("/:id", async (c) => {
      const audience = one(c);
      const body = await bodyOf(c);
      if (isNameTaken(tenant, audience.sandbox, body["name"], audience.id)) {
        throw badPlatformBody(`The name ${String(body["name"])} is that of another segment definition`);
      }
      // What this form does not know stays; all else is as in a new one.
      const { lifecycleState, labels, kept } = audience;
      return jsonAnswered(
        c,
        definitionAnswer(overwriteAudience(tenant, audience, body, { lifecycleState, labels, kept }), tenant),
      );
    })
    .delete("/:id", (c) => {
      const audience = one(c);
      deleteAudience(tenant, audience);
      return c.json({ status: true, message: `Segment definition with id '${audience.id}' has been deleted` });
    });
}

/** The body of a request that must be an object, or a 400. */
export async function bodyOf(c: Context): Promise<JsonObject> {
  const body = await platformJsonOf(c);
  if (!isJsonObject(body)) throw badPlatformBody("The body must be a JSON object");
  return body;
}

/** @param except the ID of the audience that may have it */
export function rejectTakenName(tenant: Tenant, sandbox: string, { name }: JsonObject, except?: string): void {
  if (!isNameTaken(tenant, sandbox, name, except)) return;
  const message = `The segment definition ${String(name)} already exists. In order to update a segment definition, use the PATCH operation instead.`;
  throw new PlatformRefusal(422, "113422", message);
}
