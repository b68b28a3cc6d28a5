import { technicalAccount } from "../people";
import { isSharedWith } from "../shares/share";
import type { Tenant } from "../tenant";
import type { SegmentRecord } from "./segment";

/** Whether the technical account may write a segment. */
export function mayChange(tenant: Tenant, segment: SegmentRecord): boolean {
  return tenant.switches.admin || segment.ownerId === technicalAccount.id;
}

/** Whether the technical account may see a segment of somebody else: control says so, or a share does. */
export function isSharedWithMe(segment: SegmentRecord): boolean {
  return segment.shared || isSharedWith(technicalAccount, segment.shares);
}
