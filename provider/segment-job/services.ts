import type { Job } from "./job";
import type { JobReader } from "./reader";
import type { JobsClient } from "./client";
import type { Clock, Random } from "../clock";
import type { Claims } from "../state/claims";
import type { Intents } from "../state/intents";
import type { Orphans } from "../state/possible-duplicates";
import type { ReservedRuns } from "./reserved-runs";

/** What the life of a job needs from the process it runs in. */
export interface SegmentJobServices {
  /** The organisation of this run. Throws, naming the setting, when it is not given. */
  readonly orgId: () => string;
  readonly client: JobsClient;
  readonly reader: JobReader;
  readonly intents: Intents;
  readonly claims: Claims;
  /** The jobs of a sandbox. */
  readonly orphans: Orphans<Job>;
  /** The settings `cja:sandbox` and `cja:maxSegmentsPerJob`. */
  readonly sandbox: string;
  readonly maxSegments: number;
  /** Whether somebody has set it. */
  readonly maxSegmentsGiven: boolean;
  /** The setting `cja:maxRunsPerDay`. */
  readonly maxRunsPerDay?: number;
  /** Counts runs together with the other processes of this host. */
  readonly runs: ReservedRuns;
  /** Whether a preview may send requests (`cja:validate`). */
  readonly asksInPreview: boolean;
  readonly clock: Clock;
  readonly random: Random;
  /** How long an answer may take, in milliseconds: a request without one may be worked on for as long. */
  readonly answerMs: number;
  /** Whether somebody still listens to this process: it outlives an engine that was killed. */
  readonly heard: () => Promise<boolean>;
  readonly newId: () => string;
  readonly warn: (text: string) => void;
  /** News that are no trouble: a job's new status, progress of a wait. */
  readonly say: (text: string) => void;
}
