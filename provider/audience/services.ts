import type { CreationServices } from "../create-once";
import type { OwnershipServices } from "../owned";
import type { PossibleDuplicates } from "../state/possible-duplicates";
import type { Audience } from "./audience";
import type { AudiencesOfRun } from "./audiences-of-run";
import type { AudiencesClient } from "./client";
import type { ExpressionValidation } from "./expression-validation";
import type { MergePoliciesByName } from "./merge-policies-by-name";
import type { AudienceReader } from "./reader";

/** What the life of an audience needs from the process it runs in. */
export interface AudienceServices extends CreationServices, OwnershipServices {
  /** The organisation of this run. Throws, naming the setting, when it is not given. */
  readonly orgId: () => string;
  readonly client: AudiencesClient;
  readonly reader: AudienceReader;
  readonly audiencesOfRun: AudiencesOfRun;
  readonly mergePolicies: MergePoliciesByName;
  /** Absent where nothing is to be validated (`cja:validate: never`). */
  readonly expressions?: ExpressionValidation;
  /** The newest audiences of a sandbox. */
  readonly possibleDuplicates: PossibleDuplicates<Audience>;
  /** The setting `cja:sandbox`. */
  readonly sandbox: string;
  /** Whether a preview may send requests (`cja:validate`). */
  readonly mayRequestInPreview: boolean;
}
