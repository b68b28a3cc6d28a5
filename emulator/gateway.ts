import { type MiddlewareHandler, Hono } from "hono";
import { GatewayRefusal } from "./errors";
import type { Tenant } from "./tenant";

/** The checks in front of both APIs, in the gateway's order, with its codes (Experience Platform troubleshooting). */
function gatewayRefusal(tenant: Tenant, header: (name: string) => string | undefined): GatewayRefusal | undefined {
  const authorization = header("authorization");
  if (!authorization) return new GatewayRefusal(403, "403010", "Oauth token is missing.");
  const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
  if (token === undefined || !tenant.tokens.accepts(token)) {
    return new GatewayRefusal(401, "401013", "Oauth token is not valid");
  }
  const apiKey = header("x-api-key");
  if (!apiKey) return new GatewayRefusal(403, "403000", "Api Key is required");
  if (apiKey !== tenant.identity.clientId) return new GatewayRefusal(403, "403003", "Api Key is invalid");
  const organisation = header("x-gw-ims-org-id");
  if (!organisation) return new GatewayRefusal(400, "400003", "Missing header");
  if (organisation !== tenant.identity.orgId) return new GatewayRefusal(403, "403025", "Profile is not valid");
  return undefined;
}

export function gateway(tenant: Tenant): MiddlewareHandler {
  return async (c, next) => {
    const refusal = gatewayRefusal(tenant, (name) => c.req.header(name));
    if (refusal) throw refusal;
    await next();
  };
}

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
