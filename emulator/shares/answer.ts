import type { JsonObject } from "../json";
import type { ComponentRef } from "../metadata/component";
import type { DialectName, Tenant } from "../tenant";
import type { Share } from "./share";

/** How a share is shown. The page's samples have few fields, some of them null; the OpenAPI document has no null. */
export function shownShare(
  tenant: Tenant,
  { componentType, componentId }: ComponentRef,
  share: Share,
  { dialect, fullName }: { dialect: DialectName; fullName: boolean },
): JsonObject {
  const { id: shareId, toType: shareToType, toImsId: shareToImsId } = share;
  const person = share.toType === "user" && share.toId !== null ? tenant.store.people.get(share.toId) : undefined;
  const named = fullName ? person : undefined;
  if (dialect === "guide") {
    return {
      shareId,
      ...withoutNull({ shareToImsId }),
      ...{ shareToType, componentType, componentId },
      shareToDisplayName: named?.name ?? null,
    };
  }
  return withoutNull({
    shareId,
    imsOrgId: tenant.identity.orgId,
    shareToId: share.toId,
    ...{ shareToImsId, shareToType },
    shareFromImsId: tenant.store.people.get(share.fromId)?.imsUserId ?? null,
    ...{ componentType, componentId },
    shareToDisplayName: named?.name ?? null,
    shareToLogin: named?.login ?? null,
    accessLevel: share.accessLevel,
  });
}

export function withoutNull(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
