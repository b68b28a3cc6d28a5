import type { Divergence } from "./divergence";

/** What stands before both APIs. */
export const platformLedger: readonly Divergence[] = [
  {
    id: "limit-windows",
    document: "segments guide",
    statement: "60 requests a minute, 6 at a time, and 12 in 6 seconds; how they are counted is not said",
    here: "in sliding windows, over both APIs together; a refused request and a token request are not counted",
    why: "the strictest reading that lets a client get through by waiting",
  },
  {
    id: "one-user",
    document: "CJA FAQ",
    statement: "limits are by user and by organisation",
    here: "there is one of each",
    why: "enough for one client",
  },
  {
    id: "no-retry-after",
    document: "CJA FAQ",
    statement: "Retry-After is not mentioned",
    here: "429 comes without it; a fault can add it",
    why: "undocumented",
  },
  {
    id: "ims-errors",
    document: "IMS reference",
    statement: "errors are not described",
    here: "400 for a wrong client or grant, 401 for a wrong secret, with error and error_description",
    why: "the OAuth 2.0 standard",
  },
  {
    id: "ims-scopes",
    document: "IMS reference",
    statement: "scope is mandatory",
    here: "it is not looked at",
    why: "scopes are a matter of the console's project",
  },
  {
    id: "tokens-are-opaque",
    document: "IMS reference",
    statement: "tokens live for 86399 seconds; their content is not described",
    here: "the same lifetime, by the emulator's clock; a token is text without structure, and good for one emulator only",
    why: "a client must not look into it",
  },
  {
    id: "gateway-order",
    document: "gateway",
    statement: "each check is published with its code, not their order",
    here: "token, API key, organisation, each missing before wrong; the limits come before all of them",
    why: "the order of the published list",
  },
  {
    id: "missing-token-403",
    document: "segments guide",
    statement: "401 for invalid or missing authentication",
    here: "401 for an invalid token, 403 with 403010 for a missing one",
    why: "the gateway in front of the service answers first, with its published code",
  },
  {
    id: "missing-endpoints",
    document: "all",
    statement: "both APIs have more endpoints",
    here: "404 with a body that says so",
    why: "what segments and jobs do not need is left out",
  },
  {
    id: "date-header",
    document: "all",
    statement: "nothing is said of the Date header",
    here: "it is the emulator's clock",
    why: "a client that compares its own time with the service's should see one service",
  },
];
