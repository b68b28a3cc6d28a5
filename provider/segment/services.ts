import type { Segment } from "./segment";
import type { SegmentCatalog } from "./catalog";
import type { SegmentUses } from "./uses";
import type { SegmentsClient } from "./client";
import type { ShareCatalog } from "./share-catalog";
import type { Clock, Random } from "../clock";
import type { Claims } from "../state/claims";
import type { Intents } from "../state/intents";
import type { Orphans } from "../state/possible-duplicates";
import type { Settings } from "../../model/settings/settings";
import type { Holders } from "./holders";
import type { MetadataWrites } from "./metadata-writes";
import type { Target } from "./target";
import type { Verdicts } from "./verdicts";

/** What the life of a segment needs from the process it runs in. */
export interface SegmentServices {
  /** The organisation of this run. Throws, naming the setting, when it is not given. */
  readonly orgId: () => string;
  readonly client: SegmentsClient;
  readonly catalog: SegmentCatalog;
  readonly shares: ShareCatalog;
  readonly uses: SegmentUses;
  readonly metadata: MetadataWrites;
  readonly verdicts: Verdicts;
  readonly intents: Intents;
  readonly claims: Claims;
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
  readonly clock: Clock;
  readonly random: Random;
  /** How long an answer may take, in milliseconds: a request without one may be worked on for as long. */
  readonly answerMs: number;
  readonly warn: (text: string) => void;
  /** News that are no trouble: what adopting will change. */
  readonly say: (text: string) => void;
}
