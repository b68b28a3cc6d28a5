import { audienceLedger } from "./audiences";
import type { Divergence } from "./divergence";
import { jobLedger } from "./jobs";
import { metadataLedger } from "./metadata";
import { platformLedger } from "./platform";
import { previewLedger } from "./previews";
import { referenceLedger } from "./reference";
import { reportLedger } from "./reports";
import { segmentLedger } from "./segments";

/**
 * Every known place where the emulator differs from a document, chooses between two that disagree, or decides what
 * none of them says. Each entry is proved in test/contract.
 */
export const ledger: readonly Divergence[] = [
  ...segmentLedger,
  ...referenceLedger,
  ...metadataLedger,
  ...jobLedger,
  ...audienceLedger,
  ...reportLedger,
  ...previewLedger,
  ...platformLedger,
];
