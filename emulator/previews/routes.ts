import { Hono, type Context } from "hono";
import type { JsonObject } from "../json";
import { bodyOf } from "../audiences/definition-routes";
import { badPlatformBody, found, sandboxOf } from "../platform";
import { countOf } from "../platform-list";
import { jsonAnswered, parametersOf } from "../request";
import type { Tenant } from "../tenant";
import { estimateAnswer, newPreviewAnswer, previewAnswer, previewId, type Preview } from "./preview";

/** The page size where a request names none. */
const usualLimit = 1000;

/** https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/previews-and-estimates */
export function previewRoutes(tenant: Tenant): Hono {
  const { store } = tenant;
  return new Hono()
    .post("/", async (c) => {
      const sandbox = sandboxOf(c);
      const expression = expressionOf(await bodyOf(c));
      const [applicationId, queryId] = [store.nextUuid("preview application"), store.nextUuid("preview query")];
      const preview = { id: previewId(applicationId, queryId), applicationId, queryId, sandbox, expression, reads: 0 };
      return c.json(newPreviewAnswer(store.previews.put(preview)), 201);
    })
    .get("/:id", (c) => {
      const parameters = parametersOf(c);
      const offset = countOf(parameters, "offset", 0, Number.MAX_SAFE_INTEGER) ?? 0;
      const limit = countOf(parameters, "limit", 1, usualLimit) ?? usualLimit;
      return jsonAnswered(c, previewAnswer(readOnce(tenant, c), { offset, limit }));
    })
    .delete("/:id", (c) => {
      const { id } = previewOf(tenant, c);
      store.previews.remove(id);
      return c.json({ status: true, message: `Preview with id '${id}' has been deleted` });
    });
}

/** The estimate that each preview has, under the preview's ID. */
export const estimateRoutes = (tenant: Tenant): Hono =>
  new Hono().get("/:id", (c) => jsonAnswered(c, estimateAnswer(readOnce(tenant, c))));

function previewOf({ store }: Tenant, c: Context): Preview {
  const id = c.req.param("id") ?? "";
  const preview = store.previews.get(id);
  const sandbox = sandboxOf(c);
  return found(preview?.sandbox === sandbox ? preview : undefined, id);
}

/** Each look at it lets it go on. */
function readOnce(tenant: Tenant, c: Context): Preview {
  const preview = previewOf(tenant, c);
  return tenant.store.previews.put({ ...preview, reads: preview.reads + 1 });
}

function expressionOf(body: JsonObject): string {
  const { predicateExpression, predicateType = "pql/text", predicateModel, graphType } = body;
  if (typeof predicateExpression !== "string") throw badPlatformBody("predicateExpression must be text");
  // "PQL" is the default that the OpenAPI document prints.
  if (predicateType !== "pql/text" && predicateType !== "PQL") {
    throw badPlatformBody(`predicateType must be pql/text, not ${JSON.stringify(predicateType)}`);
  }
  if (predicateModel !== undefined && typeof predicateModel !== "string") {
    throw badPlatformBody("predicateModel must be text");
  }
  if (graphType !== undefined && graphType !== "none" && graphType !== "pdg") {
    throw badPlatformBody(`graphType must be none or pdg, not ${JSON.stringify(graphType)}`);
  }
  return predicateExpression;
}
