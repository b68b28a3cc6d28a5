import { type Share, isSharedWith } from "../shares/share";
import { technicalAccount } from "../people";

/** A segment as the emulated service keeps it; the dialects say how it looks outside. Times are ms since 1970. */
export interface SegmentRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly dataViewId: string;
  readonly definition: unknown;
  /** Number of the person who owns it. */
  readonly ownerId: number;
  readonly tagIds: readonly number[];
  readonly shares: readonly Share[];
  readonly uses: readonly Use[];
  /** Whether its owner has shared it with the technical account. */
  readonly shared: boolean;
  readonly template: boolean;
  readonly internal: boolean;
  readonly published: boolean;
  readonly approved: boolean;
  readonly deleted: boolean;
  readonly created: number;
  readonly modified: number;
  /** Number of the person who changed it last. */
  readonly modifiedById: number;
  readonly definitionModified: number;
}

/** Something that contains a segment, as the `usedIn` expansion lists it. */
export interface Use {
  /** As `"project"`. */
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly internal: boolean;
  readonly lastAccess: number;
}

/** What a segment is made from; the rest has a default. */
export type SegmentFields = Pick<SegmentRecord, "name" | "description" | "dataViewId" | "definition" | "ownerId"> &
  Partial<SegmentRecord>;

/** Before the 24 hex digits: a number in the guide's samples, the organisation in what live tenants answer. */
export function idPrefix(dialect: "guide" | "reference", orgId: string): string {
  return dialect === "guide" ? "s300000022_" : `s${orgId}_`;
}

/** Whether the technical account may write a segment. */
export function mayChange(
  { switches }: { readonly switches: { readonly admin: boolean } },
  segment: SegmentRecord,
): boolean {
  return switches.admin || segment.ownerId === technicalAccount.id;
}

/** Whether the technical account may see a segment of somebody else: control says so, or a share does. */
export function isSharedWithMe(segment: SegmentRecord): boolean {
  return segment.shared || isSharedWith(technicalAccount, segment.shares);
}
