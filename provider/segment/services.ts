import type { Segment } from "./segment";
import type { SegmentCatalog, SegmentUses } from "./catalog";
import type { SegmentsClient } from "./client";
import type { ShareCatalog } from "./share-catalog";
import type { CreationServices } from "../create-once";
import type { Orphans } from "../state/possible-duplicates";
import type { Settings } from "../../model/settings/settings";
import type { Holders } from "./holders";
import type { MetadataWrites } from "./metadata-batch-writer";
import type { Target } from "./target-check";
import type { Verdicts } from "./verdict-cache";

/** What the life of a segment needs from the process it runs in. */
export interface SegmentServices extends CreationServices {
  /** The organisation of this run. Throws, naming the setting, when it is not given. */
  readonly orgId: () => string;
  readonly client: SegmentsClient;
  readonly catalog: SegmentCatalog;
  readonly shares: ShareCatalog;
  readonly uses: SegmentUses;
  readonly metadata: MetadataWrites;
  readonly verdicts: Verdicts;
  readonly holders: Holders;
  /** Whether it is an error to take over what another stack has. */
  readonly exclusive: boolean;
  readonly newId: () => string;
  /** Our own segments of a data view. */
  readonly orphans: Orphans<Segment>;
  readonly validate: Settings["validate"];
  readonly checkTarget: Settings["checkTarget"];
  /** Looks for a definition's components in its data view. */
  readonly target: Target;
  /** News that are no trouble: what adopting will change. */
  readonly say: (text: string) => void;
}
