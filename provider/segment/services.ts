import type { DesiredSegment } from "./desired";
import type { Segment } from "./segment";
import type { SegmentReader, SegmentUses } from "./reader";
import type { SegmentsClient } from "./client";
import type { ShareReader } from "./share-reader";
import type { CreationServices } from "../create-once";
import type { OwnershipServices } from "../owned";
import type { PossibleDuplicates } from "../state/possible-duplicates";
import type { Settings } from "../../model/settings/settings";
import type { MetadataBatchWriter } from "./tags-and-shares-batch";
import type { TargetCheck } from "./target-check";
import type { VerdictCache } from "../verdict-cache";

/** What the life of a segment needs from the process it runs in. */
export interface SegmentServices extends CreationServices, OwnershipServices {
  /** The organisation of this run. Throws, naming the setting, when it is not given. */
  readonly orgId: () => string;
  readonly client: SegmentsClient;
  readonly reader: SegmentReader;
  readonly shares: ShareReader;
  readonly usesFinder: SegmentUses;
  readonly metadata: MetadataBatchWriter;
  readonly verdicts: VerdictCache<DesiredSegment>;
  /** Our own segments of a data view. */
  readonly possibleDuplicates: PossibleDuplicates<Segment>;
  readonly validate: Settings["validate"];
  readonly checkTarget: Settings["checkTarget"];
  /** Looks for a definition's components in its data view. */
  readonly targetCheck: TargetCheck;
}
