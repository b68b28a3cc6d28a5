import { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { audienceRoutes } from "./audiences/audience-routes";
import { conversionRoutes } from "./audiences/conversion-routes";
import { definitionRoutes } from "./audiences/definition-routes";
import { dataViewRoutes } from "./data-views/routes";
import { Refusal, ServiceRefusal } from "./errors";
import { gateway, imsRoutes } from "./gateway";
import { jobRoutes } from "./jobs/routes";
import { mergePolicyRoutes } from "./merge-policies/routes";
import { estimateRoutes, previewRoutes } from "./previews/routes";
import { reportRoutes } from "./reports/routes";
import { guideDialect } from "./segments/guide";
import { referenceDialect } from "./segments/reference";
import { segmentRoutes } from "./segments/routes";
import { shareRoutes } from "./shares/routes";
import { tagRoutes } from "./tags/routes";
import type { Tenant } from "./tenant";

/** All of Adobe's endpoints that the emulator has, without what surrounds them (limits, faults, the request log). */
export function adobeApp(tenant: Tenant): Hono {
  const app = new Hono();
  app.onError((error, c) => {
    const refusal =
      error instanceof Refusal ? error : new ServiceRefusal(500, "unexpected_error", error.stack ?? String(error));
    const requestId = c.req.header("x-request-id") ?? tenant.store.nextUuid("error");
    return c.json(refusal.body(requestId), refusal.status as ContentfulStatusCode);
  });
  app.notFound((c) => {
    throw new ServiceRefusal(404, "resource_not_found", `${c.req.method} ${c.req.path} is not part of the emulator`);
  });
  app.route("/ims", imsRoutes(tenant));
  app.use("*", gateway(tenant));
  const dialect = tenant.dialect === "guide" ? guideDialect : referenceDialect;
  app.route("/segments", segmentRoutes(tenant, dialect));
  app.route("/filters", segmentRoutes(tenant, referenceDialect));
  app.route("/componentmetadata/tags", tagRoutes(tenant));
  app.route("/componentmetadata/shares", shareRoutes(tenant));
  app.route("/data/dataviews", dataViewRoutes(tenant));
  app.route("/reports", reportRoutes(tenant));
  app.route("/data/core/ups/segment/jobs", jobRoutes(tenant));
  app.route("/data/core/ups/segment/definitions", definitionRoutes(tenant));
  app.route("/data/core/ups/segment/conversion", conversionRoutes(tenant));
  app.route("/data/core/ups/audiences", audienceRoutes(tenant));
  app.route("/data/core/ups/config/mergePolicies", mergePolicyRoutes(tenant));
  app.route("/data/core/ups/preview", previewRoutes(tenant));
  app.route("/data/core/ups/estimate", estimateRoutes(tenant));
  return app;
}
