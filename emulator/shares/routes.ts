import { Hono, type Context } from "hono";
import { bodyAs, checkLocale, type Parameters, parametersOf } from "../request";
import { ServiceRefusal } from "../errors";
import type { JsonObject } from "../json";
import { componentType, type ComponentMetadata } from "../metadata/component";
import { allComponents, putComponent, searchSchema, searchedComponents, done, permitted } from "../metadata/stored";
import { envelope, pageOf, pagingOf } from "../page";
import { technicalAccount, type Person } from "../people";
import { isSharedWithMe } from "../segments/segment";
import type { Tenant } from "../tenant";
import { isSharedWith, type Share } from "./share";
import { shownShare } from "./answer";
import { addShare, putShares, refused } from "./writing";

/** A share and what it is a share of. */
interface Placed {
  readonly component: ComponentMetadata;
  readonly share: Share;
}

/** /componentmetadata/shares: whom components are shown to. */
export function shareRoutes(tenant: Tenant): Hono {
  const { store, dialect } = tenant;
  const show = ({ component, share }: Placed): JsonObject =>
    shownShare(tenant, component, share, { dialect, fullName: false });
  const routes = new Hono()
    .use(async (c, next) => {
      checkLocale(parametersOf(c));
      await next();
    })
    .get("/", (c) => {
      const parameters = parametersOf(c);
      const paging = pagingOf(parameters, tenant.switches.paging);
      const found = listedShares(tenant, parameters);
      const shown = pageOf(found, paging).map(show);
      return c.json(dialect === "guide" ? envelope(shown, found.length, paging) : shown);
    })
    .put("/", async (c) => c.json(await putShares(c, tenant)))
    .get("/sharedto/me", (c) => c.json(sharedWithCaller(tenant, parametersOf(c))))
    .post("/component/search", async (c) => {
      const parameters = parametersOf(c);
      const paging = pagingOf(parameters, tenant.switches.paging);
      const fullName = parameters.list("expansion")?.includes("sharesFullName") ?? false;
      const found = searchedComponents(store, await bodyAs(c, searchSchema));
      const shown = pageOf(found, paging).map((component) => ({
        componentType: component.componentType,
        componentId: component.componentId,
        shares: component.shares.map((share) => shownShare(tenant, component, share, { dialect, fullName })),
      }));
      return c.json(envelope(shown, found.length, paging));
    })
    .get("/:id", (c) => {
      const found = placedShare(tenant, c);
      const sharesOfCaller =
        found.share.fromId === technicalAccount.id || isSharedWith(technicalAccount, [found.share]);
      if (sharesOfCaller || tenant.switches.admin) return c.json(show(found));
      throw refused({ status: 403, message: "User does not have access to the share" });
    })
    .delete("/:id", (c) => {
      const { component, share } = placedShare(tenant, c);
      const { refusal } = permitted(tenant, component);
      if (refusal) throw refused(refusal);
      putComponent(store, { ...component, shares: component.shares.filter(({ id }) => id !== share.id) });
      return c.json({ shareId: share.id, status: done });
    });
  // The OpenAPI document has no POST.
  return dialect === "guide" ? routes.post("/", async (c) => c.json(await addShare(c, tenant))) : routes;
}

const placedShares = (tenant: Tenant): Placed[] =>
  allComponents(tenant.store).flatMap((component) => component.shares.map((share) => ({ component, share })));

function placedShare(tenant: Tenant, c: Context): Placed {
  const id = c.req.param("id");
  const found = placedShares(tenant).find(({ share }) => String(share.id) === id);
  if (found === undefined) throw refused({ status: 404, message: `Share ${id} was not found` });
  return found;
}

/** Shares by the current user, or by the one whom an administrator names; with sharedTo also those for that user. */
function listedShares(tenant: Tenant, parameters: Parameters): Placed[] {
  const person = personOf(tenant, parameters.text("userid"));
  if (person === undefined) return [];
  const sharedTo = parameters.list("includeType")?.includes("sharedTo") ?? false;
  return placedShares(tenant)
    .filter(({ share }) => share.fromId === person.id || (sharedTo && isSharedWith(person, [share])))
    .sort((a, b) => a.share.id - b.share.id);
}

function personOf(tenant: Tenant, userId: string | undefined): Person | undefined {
  if (userId === undefined) return technicalAccount;
  if (tenant.switches.admin) {
    return tenant.store.people.find(({ id, imsUserId }) => String(id) === userId || imsUserId === userId);
  }
  throw new ServiceRefusal(403, "insufficient_access", "Only administrators may name a user");
}

/** IDs of components that somebody has shared with the technical account; the guide's page asks for all types. */
function sharedWithCaller({ store, dialect }: Tenant, parameters: Parameters): string[] {
  const typeParameter = parameters.text("componentType");
  const type = typeParameter === undefined && dialect === "guide" ? undefined : componentType(typeParameter);
  const isSharedWithCaller = (component: ComponentMetadata): boolean => {
    if (type !== undefined && component.componentType !== type) return false;
    const segment = component.componentType === "segment" ? store.segments.get(component.componentId) : undefined;
    if (segment === undefined) return isSharedWith(technicalAccount, component.shares);
    return segment.ownerId !== technicalAccount.id && isSharedWithMe(segment);
  };
  return [
    ...new Set(
      allComponents(store)
        .filter(isSharedWithCaller)
        .map(({ componentId }) => componentId),
    ),
  ];
}
