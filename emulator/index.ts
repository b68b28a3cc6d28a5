/**
 * An emulator of Adobe's Customer Journey Analytics segments and Experience Platform segment jobs, to run tests
 * and demonstrations against. It is written from Adobe's documents; `ledger` lists where it differs from them.
 */
export { startEmulator, type Emulator, type EmulatorEnvironment } from "./start";
export type { EmulatorOptions } from "./options";
export type { Control } from "./control/control";
export type { NeutralJob, NeutralSegment } from "./control/neutral";
export type {
  ClockInput,
  DataViewInput,
  JobPatch,
  LimitsInput,
  NewJob,
  NewSegment,
  OutcomeInput,
  SegmentPatch,
  VerdictInput,
} from "./control/schemas";
export type { Fault, FaultInput } from "./http/fault";
export type { LoggedRequest } from "./http/request-log";
export type { LimitSettings } from "./limits";
export { technicalAccount, janeAnalyst, type Person } from "./people";
export { ledger, type Divergence } from "./ledger";
