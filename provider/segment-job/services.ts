import type { Job } from "./job";
import type { AudiencesOfRun } from "../audience/audiences-of-run";
import type { AudiencesClient } from "../audience/client";
import type { JobReader } from "./reader";
import type { JobsClient } from "./client";
import type { CreationServices } from "../create-once";
import type { PossibleDuplicates } from "../state/possible-duplicates";
import type { VerdictStore } from "../verdict-cache";
import type { ReservedRuns } from "./reserved-runs";

/** What the life of a job needs from the process it runs in. */
export interface SegmentJobServices extends CreationServices {
  /** The organisation of this run. Throws, naming the setting, when it is not given. */
  readonly orgId: () => string;
  readonly client: JobsClient;
  readonly reader: JobReader;
  readonly audiences: AudiencesClient;
  readonly audiencesOfRun: AudiencesOfRun;
  readonly verdicts: VerdictStore;
  /** The jobs of a sandbox. */
  readonly possibleDuplicates: PossibleDuplicates<Job>;
  /** The settings `cja:sandbox` and `cja:maxSegmentsPerJob`. */
  readonly sandbox: string;
  readonly maxSegments: number;
  /** Whether somebody has set it. */
  readonly isMaxSegmentsSet: boolean;
  /** The setting `cja:maxRunsPerDay`. */
  readonly maxRunsPerDay?: number;
  /** Counts runs together with the other processes of this host. */
  readonly runs: ReservedRuns;
  /** Whether a preview may send requests (`cja:validate`). */
  readonly mayRequestInPreview: boolean;
  readonly newId: () => string;
  /** News that are no trouble: a job's new status, progress of a wait. */
  readonly info: (text: string) => void;
}
