/**
 * An emulator of Adobe's Customer Journey Analytics segments and reports, and Experience Platform audiences and segment jobs, to run
 * tests and demonstrations against. It is written from Adobe's documents; test/contract/ledger of its repository lists where it differs from them.
 */
export { startEmulator, type Emulator, type EmulatorEnvironment } from "./start";
export type { EmulatorOptions } from "./start";
export type { Control } from "./control/control";
export type {
  NeutralAudience,
  NeutralJob,
  NeutralMergePolicy,
  NeutralSegment,
  NeutralShare,
  NeutralUse,
} from "./control/neutral";
export type {
  AudiencePatch,
  AudienceServiceInput,
  Change,
  ClockInput,
  ComponentInput,
  DataViewInput,
  JobPatch,
  LimitsInput,
  MergePolicyInput,
  Moment,
  NewAudience,
  NewJob,
  NewSegment,
  OutcomeInput,
  PagingInput,
  RefusalInput,
  ReportServiceInput,
  SegmentPatch,
  ShareInput,
  UseInput,
  VerdictInput,
} from "./control/inputs";
export type { Fault, FaultInput } from "./http/fault";
export type { LoggedRequest } from "./http/request-log";
export type { AudienceOrigin } from "./audiences/audience";
export type { ClockMode, ClockState } from "./clock";
export type { Component, DataView } from "./data-views/data-view";
export type { SampleEvent } from "../definition/evaluate/sample-event";
export type { JobError, JobOutcome, JobStatus, JobTiming } from "./jobs/job";
export type { LimitSettings } from "./limits";
export type { Verdict } from "./segments/validation";
export type { AudienceForm, AudienceService, DialectName, ReportService } from "./tenant";
export type { IssuedToken } from "./tokens";
export { sampleEvents } from "./events/data-set";
export { technicalAccount, janeAnalyst, type Person } from "./people";
