import { settingMistakes } from "../model";
import type { LookupName, LookupQuery } from "../model/lookup-arguments";
import type { DataView } from "./data-view/data-view";
import { JobReader } from "./segment-job/reader";
import { thisProcess } from "./state/engine-process";
import { type Clock, systemClock } from "./clock";
import { openRuntime } from "./open-runtime";
import type { Runtime } from "./runtime";
import { parseSettings, type RawSettings, type Settings } from "../model/settings/settings";
import { throwIfSettingsInvalid } from "./settings-errors";
import { AudienceLookups, type FoundAudience } from "./audience/lookup";
import type { MergePolicy } from "./audience/audience";
import { DataViewLookups } from "./data-view/lookup";
import { type LookupFailure, toLookupFailure } from "./lookup-failure";
import { type FoundJob, JobLookups } from "./segment-job/lookup";
import { type FoundSegment, SegmentLookups } from "./segment/lookup";

/** What a program can ask. The arguments have been checked. */
export type Lookups = { readonly [Name in LookupName]: (query: LookupQuery<Name>) => Promise<LookupResults[Name]> };

interface LookupResults {
  readonly getSegment: FoundSegment;
  readonly findSegments: { readonly segments: readonly FoundSegment[] };
  readonly getDataView: DataView;
  readonly findDataViews: { readonly dataViews: readonly DataView[] };
  readonly getSegmentJob: FoundJob;
  readonly findSegmentJobs: { readonly jobs: readonly FoundJob[] };
  readonly getAudience: FoundAudience;
  readonly findAudiences: { readonly audiences: readonly FoundAudience[] };
  readonly findMergePolicies: { readonly mergePolicies: readonly MergePolicy[] };
}

/** The lookups of one program, and the words for what fails in them. */
export interface OpenLookups {
  readonly lookups: Lookups;
  readonly toLookupFailure: (thrown: unknown) => LookupFailure;
  /** Adds a text that no message may show. */
  readonly keepSecret: (text: string) => void;
}

/** The lookups over a runtime. */
export function createLookups(
  { mistakes, segments, dataViews, jobs, audiences, mergePolicies }: Runtime,
  { sandbox, orgId }: Settings,
  clock: Clock,
): Lookups {
  const dataViewLookups = new DataViewLookups(dataViews, clock);
  const segmentLookups = new SegmentLookups(segments, dataViewLookups, clock);
  const jobLookups = new JobLookups({ reader: new JobReader(jobs, clock), client: jobs, sandbox, orgId });
  const audienceLookups = new AudienceLookups({ client: audiences, mergePolicies, sandbox, orgId }, clock);
  /** Nothing is sent with settings that are wrong. */
  const withValidSettings = async <T>(ask: () => Promise<T>): Promise<T> => {
    throwIfSettingsInvalid(mistakes);
    return ask();
  };
  return {
    getSegment: (query) => withValidSettings(() => segmentLookups.get(query)),
    findSegments: (query) => withValidSettings(async () => ({ segments: await segmentLookups.find(query) })),
    getDataView: (query) => withValidSettings(async () => toResult(await dataViewLookups.get(query))),
    findDataViews: (query) =>
      withValidSettings(async () => ({ dataViews: (await dataViewLookups.find(query)).map(toResult) })),
    getSegmentJob: (query) => withValidSettings(() => jobLookups.get(query)),
    findSegmentJobs: (query) => withValidSettings(async () => ({ jobs: await jobLookups.find(query) })),
    getAudience: (query) => withValidSettings(() => audienceLookups.get(query)),
    findAudiences: (query) => withValidSettings(async () => ({ audiences: await audienceLookups.find(query) })),
    findMergePolicies: (query) =>
      withValidSettings(async () => ({ mergePolicies: await audienceLookups.findMergePolicies(query) })),
  };
}

/**
 * The lookups of a program, which runs in another process than the resources: with the same settings, and through the files
 * that this user's processes share with the same token and limits.
 *
 * @param config the stack's config by full key (`cja:orgId`), secrets in clear.
 * @param print prints a line where the user of the stack sees it.
 */
export function openLookups(config: RawSettings, environment: RawSettings, print: (line: string) => void): OpenLookups {
  const parsed = parseSettings(config, environment);
  const { settings } = parsed;
  const mistakes = [...settingMistakes(Object.keys(config)), ...parsed.mistakes];
  const runtime = openRuntime({ ...parsed, mistakes }, thisProcess(process.pid, []), print);
  return {
    lookups: createLookups(runtime, settings, systemClock),
    keepSecret: runtime.keepSecret,
    toLookupFailure: (thrown) => toLookupFailure(thrown, { redact: runtime.redact, validate: settings.validate }),
  };
}

function toResult({ deleted: _deleted, ...view }: DataView): DataView {
  return view;
}
