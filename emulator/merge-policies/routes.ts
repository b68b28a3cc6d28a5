import { Hono, type Context } from "hono";
import type { JsonObject } from "../json";
import { badPlatformBody, bulkAnswer, found, sandboxOf } from "../platform";
import { countOf, orderBy } from "../platform-list";
import { parametersOf, type Parameters } from "../request";
import type { Tenant } from "../tenant";
import { mergePolicyAnswer, type MergePolicy } from "./merge-policy";

/** The page size where a request names none, and the most that one may name. */
const usualPage = 20;
const largestPage = 100;

/** Merge policies, to be read: https://experienceleague.adobe.com/en/docs/experience-platform/profile/api/merge-policies */
export function mergePolicyRoutes({ store, identity, switches }: Tenant): Hono {
  const show = (policy: MergePolicy): JsonObject => mergePolicyAnswer(policy, identity.orgId);
  const find = (c: Context, id: string): MergePolicy | undefined => {
    const policy = store.mergePolicies.get(id);
    return policy?.sandbox === sandboxOf(c) ? policy : undefined;
  };
  return new Hono()
    .get("/", (c) => {
      const sandbox = sandboxOf(c);
      const parameters = parametersOf(c);
      const policies = store.mergePolicies.all().filter((policy) => policy.sandbox === sandbox);
      const matching = policies.map(show).filter((policy) => isAskedFor(policy, parameters));
      const start = countOf(parameters, "start", 0, Number.MAX_SAFE_INTEGER) ?? 0;
      const limit = countOf(parameters, "limit", 1, largestPage) ?? usualPage;
      const { ignorePage, largest } = switches.paging;
      const from = ignorePage ? 0 : start;
      const sorted = matching.sort(orderOf(parameters.text("orderBy") ?? "name"));
      const children = sorted.slice(from, from + Math.min(limit, largest ?? Infinity));
      const next = from + children.length;
      const href = next < matching.length ? `@/mergePolicies?start=${next}&orderBy=&limit=${limit}` : "";
      return c.json({
        _page: { totalCount: matching.length, pageSize: children.length },
        children,
        _links: { next: { href } },
      });
    })
    .post("/bulk-get", async (c) => {
      sandboxOf(c);
      return bulkAnswer(c, (id) => {
        const policy = find(c, id);
        return policy && show(policy);
      });
    })
    .get("/:id", (c) => c.json(show(found(find(c, c.req.param("id")), c.req.param("id")))));
}

/** `orderBy=name`, `+name` or `-name`; a plus in a query is a space. */
function orderOf(text: string): (a: JsonObject, b: JsonObject) => number {
  const [, sign, attribute] = /^([ +-]?)(\w+)$/.exec(text) ?? [];
  if (attribute === undefined) throw badPlatformBody("orderBy must have the form name, +name or -name");
  return orderBy(`${attribute}:${sign === "-" ? "desc" : "asc"}`);
}

function isAskedFor(policy: JsonObject, parameters: Parameters): boolean {
  const asked = (name: string, value: unknown): boolean => {
    const text = parameters.text(name);
    return text === undefined || text.toLowerCase() === String(value).toLowerCase();
  };
  const part = (name: string, key: string): unknown => (policy[name] as JsonObject)[key];
  return (
    asked("default", policy["default"]) &&
    asked("schema.name", part("schema", "name")) &&
    asked("identityGraph.type", part("identityGraph", "type")) &&
    asked("attributeMerge.type", part("attributeMerge", "type"))
  );
}
