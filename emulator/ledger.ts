import type { Divergence } from "./ledger/divergence";
import { jobLedger } from "./ledger/jobs";
import { metadataLedger } from "./ledger/metadata";
import { platformLedger } from "./ledger/platform";
import { referenceLedger } from "./ledger/reference";
import { segmentLedger } from "./ledger/segments";

export type { Divergence };

/**
 * Every known place where the emulator differs from a document, chooses between two that disagree, or decides what
 * none of them says. Each entry is proved in test/contract.
 */
export const ledger: readonly Divergence[] = [
  ...segmentLedger,
  ...referenceLedger,
  ...metadataLedger,
  ...jobLedger,
  ...platformLedger,
];
