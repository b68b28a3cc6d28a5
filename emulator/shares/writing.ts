import type { Context } from "hono";
import { z } from "zod";
import { bodyAs } from "../request";
import { badParameter, ServiceRefusal } from "../errors";
import type { JsonObject } from "../json";
import { refOf, type ComponentRef } from "../metadata/component";
import { putComponent, done, failed, permitted } from "../metadata/stored";
import { technicalAccount } from "../people";
import type { Tenant } from "../tenant";
import { shareTargetTypes, type Share } from "./share";
import { withoutNull } from "./answer";
import type { Store } from "../store";

const shareSchema = z
  .object({
    shareToId: z.union([z.number().int(), z.string().min(1)]).nullish(),
    shareToImsId: z.string().min(1).nullish(),
    shareToType: z.enum(shareTargetTypes),
    accessLevel: z.string().nullish(),
  })
  .refine(
    ({ shareToType, shareToId, shareToImsId }) => shareToType === "all" || (shareToId ?? shareToImsId) != null,
    "shareToId or shareToImsId is required",
  );
type ShareInput = z.output<typeof shareSchema>;

const target = { componentType: z.string(), componentId: z.string().min(1) };
const itemsSchema = z.array(z.object({ ...target, shares: z.array(shareSchema) }));
const oneSchema = z.intersection(z.object(target), shareSchema);

/** PUT: these become the only shares of each component. One component that cannot be changed does not stop the others. */
export async function putShares(c: Context, tenant: Tenant): Promise<JsonObject[]> {
  const items = await bodyAs(c, itemsSchema);
  const types = new Set(items.map((item) => refOf(item).componentType));
  if (types.size > 1) throw badParameter("Mixed component types on request; only one type per request");
  return items.map(({ shares, ...item }) => {
    const ref = refOf(item);
    const status = replaceShares(tenant, ref, shares);
    return { ...ref, shares: shares.map((share) => echoInput(tenant, share)), status };
  });
}

/** POST: one share more. */
export async function addShare(c: Context, tenant: Tenant): Promise<JsonObject> {
  const input = await bodyAs(c, oneSchema);
  const ref = refOf(input);
  const { component, refusal } = permitted(tenant, ref);
  if (refusal) throw refused(refusal);
  const share = createShare(tenant, component.shares, input);
  const otherShares = component.shares.filter(({ id }) => id !== share.id);
  putComponent(tenant.store, { ...component, shares: [...otherShares, share] });
  return {
    shareId: share.id,
    componentId: ref.componentId,
    componentType: ref.componentType,
    ...withoutNull({ shareToImsId: share.toImsId }),
    shareToType: share.toType,
  };
}

/** The HTTP answer to a request for one component that may not be changed. */
export function refused({ status, message }: { status: 403 | 404; message: string }): ServiceRefusal {
  return new ServiceRefusal(status, status === 404 ? "resource_not_found" : "insufficient_access", message);
}

function replaceShares(tenant: Tenant, ref: ComponentRef, inputs: readonly ShareInput[]): JsonObject {
  const { component, refusal } = permitted(tenant, ref);
  if (refusal) return failed(refusal.message);
  const shares: Share[] = [];
  for (const input of inputs) {
    const share = createShare(tenant, [...component.shares, ...shares], input);
    if (!shares.some(({ id }) => id === share.id)) shares.push(share);
  }
  putComponent(tenant.store, { ...component, shares });
  return done;
}

function createShare(tenant: Tenant, present: readonly Share[], input: ShareInput): Share {
  const to = targetOf(tenant.store, input.shareToType, input.shareToId ?? input.shareToImsId ?? undefined);
  return shareFor(tenant.store, present, to, input.accessLevel ?? null, technicalAccount.id);
}

/** What was sent, as PUT's sample answers it; the OpenAPI document has no null. */
function echoInput(tenant: Tenant, { shareToId, shareToImsId, shareToType, accessLevel }: ShareInput): JsonObject {
  const sent = withoutNull({ shareToId: shareToId ?? null, shareToImsId: shareToImsId ?? null });
  const fields = { ...(shareToType === "all" ? {} : sent), shareToType, accessLevel: accessLevel ?? null };
  return tenant.dialect === "guide" ? fields : withoutNull(fields);
}

/** Whom a share is for. */
type ShareTarget = Pick<Share, "toType" | "toId" | "toImsId">;

/** How a request names somebody: by number, by number in text, or by IMS ID. */
type TargetId = number | string;

/** The target that a request names; IDs that belong to nobody here are kept as they were given. */
export function targetOf(store: Store, toType: Share["toType"], id: TargetId | undefined): ShareTarget {
  if (toType === "all" || id === undefined) return { toType: "all", toId: null, toImsId: null };
  const number = typeof id === "number" || /^\d+$/.test(id) ? Number(id) : null;
  const person =
    toType === "user" ? store.people.find((user) => user.id === number || user.imsUserId === id) : undefined;
  return { toType, toId: person?.id ?? number, toImsId: person?.imsUserId ?? String(id) };
}

/** A share for this target: the component's present one, or a new one. */
export function shareFor(
  store: Store,
  present: readonly Share[],
  target: ShareTarget,
  accessLevel: string | null,
  fromId: number,
): Share {
  const known = present.find((share) => share.toType === target.toType && share.toImsId === target.toImsId);
  if (known !== undefined) return { ...known, accessLevel };
  return { ...target, id: 11_684_000 + store.nextNumber(), fromId, accessLevel };
}
