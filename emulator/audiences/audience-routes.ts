import { Hono, type Context } from "hono";
import { PlatformRefusal } from "../errors";
import { badPlatformBody, bulkAnswer, platformJsonOf, sandboxOf } from "../platform";
import { jsonAnswered, parametersOf } from "../request";
import type { Tenant } from "../tenant";
import { audienceAnswer } from "./answer";
import type { AudienceRecord } from "./audience";
import { bodyOf, rejectTakenName } from "./definition-routes";
import { audienceList } from "./listing";
import { References } from "./references";
import { deleteAudience, overwriteAudience, patchAudience, patchedMembers, postAudience } from "./writing";

/** The newer form of audiences: https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/audiences */
export function audienceRoutes(tenant: Tenant): Hono {
  const { store, switches } = tenant;
  const find = (c: Context, id: string): AudienceRecord | undefined => {
    const audience = store.audiences.get(id);
    return audience?.sandbox === sandboxOf(c) ? audience : undefined;
  };
  const one = (c: Context): AudienceRecord => {
    const id = c.req.param("id") ?? "";
    const audience = find(c, id);
    if (audience !== undefined) return audience;
    const message = `The audience entity ${id} is not found. Use a valid entity and try again.`;
    throw new PlatformRefusal(404, "113430", message);
  };
  return new Hono()
    .use(async (c, next) => {
      if (switches.audiences.form !== "definitions") return next();
      throw new PlatformRefusal(404, "113404", `${c.req.path} is not part of this organization`);
    })
    .get("/", (c) => {
      const sandbox = sandboxOf(c);
      const audiences = store.audiences.all().filter((audience) => audience.sandbox === sandbox);
      return jsonAnswered(c, audienceList(audiences, parametersOf(c), tenant));
    })
    .post("/bulk-get", async (c) => {
      sandboxOf(c);
      const references = new References(store);
      return bulkAnswer(c, (id) => {
        const audience = find(c, id);
        return audience && audienceAnswer(audience, tenant, references);
      });
    })
    .post("/", async (c) => {
      const sandbox = sandboxOf(c);
      const body = await bodyOf(c);
      if (body["type"] === "ExternalSegment") throw badPlatformBody("External audiences are not part of the emulator");
      if (switches.audiences.uniqueNames) rejectTakenName(tenant, sandbox, body);
      return jsonAnswered(c, audienceAnswer(postAudience(tenant, sandbox, body), tenant), 201);
    })
    .get("/:id", (c) => jsonAnswered(c, audienceAnswer(one(c), tenant)))
    .patch("/:id", async (c) => {
      const audience = one(c);
      const operations = await platformJsonOf(c);
      if (switches.audiences.uniqueNames)
        rejectTakenName(tenant, audience.sandbox, patchedMembers(operations), audience.id);
      return jsonAnswered(c, audienceAnswer(patchAudience(tenant, audience, operations), tenant));
    })
    .put("/:id", async (c) => {
      const audience = one(c);
      const body = await bodyOf(c);
      if (switches.audiences.uniqueNames) rejectTakenName(tenant, audience.sandbox, body, audience.id);
      return jsonAnswered(c, audienceAnswer(overwriteAudience(tenant, audience, body), tenant));
    })
    .delete("/:id", (c) => {
      deleteAudience(tenant, one(c));
      return c.body(null, 204);
    });
}
