import { Hono } from "hono";
import { sandboxAnswer, sandboxOf } from "../platform";
import { jsonAnswered } from "../request";
import type { Tenant } from "../tenant";
import { converted } from "./convert";
import { bodyOf } from "./definition-routes";
import { fieldsOfBody } from "./fields";

/** POST /segment/conversion: the body that would make a definition, answered with its expression in the other format. */
export function conversionRoutes(tenant: Tenant): Hono {
  return new Hono().post("/", async (c) => {
    const sandbox = sandboxOf(c);
    const { description, expression } = fieldsOfBody(await bodyOf(c), sandbox, tenant);
    const answer = { imsOrgId: tenant.identity.orgId, sandbox: sandboxAnswer(sandbox), description };
    return jsonAnswered(c, { ...answer, expression: converted(expression) });
  });
}
