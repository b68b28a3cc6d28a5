import { Hono } from "hono";
import type { Tenant } from "./tenant";

/** POST /ims/token/v3: the OAuth server-to-server grant. Parameters come in the form body or in the query. */
export function imsRoutes(tenant: Tenant): Hono {
  const { clientId, clientSecret } = tenant.identity;
  return new Hono().post("/token/v3", async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const parameter = (name: string): string | undefined => form.get(name) ?? c.req.query(name);
    const refuse = (status: 400 | 401, error: string, description: string): Response =>
      c.json({ error, error_description: description }, status);
    if (parameter("client_id") === undefined) return refuse(400, "invalid_request", "missing client_id parameter");
    if (parameter("grant_type") !== "client_credentials") {
      return refuse(400, "unsupported_grant_type", "unsupported grant_type parameter");
    }
    if (parameter("client_id") !== clientId) return refuse(400, "invalid_client", "invalid client_id parameter");
    if (parameter("client_secret") !== clientSecret) {
      return refuse(401, "invalid_client", "invalid client_secret parameter");
    }
    return c.json(tenant.tokens.issue());
  });
}
