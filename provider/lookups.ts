import { settingMistakes } from "../model";
import type { LookupName, LookupQuery } from "../model/lookup-arguments";
import type { DataView } from "./data-view/data-view";
import { JobReader } from "./segment-job/reader";
import { thisProcess } from "./state/engine-process";
import { type Clock, systemClock } from "./clock";
import { openRuntime } from "./open-runtime";
import type { Runtime } from "./runtime";
import { parseSettings, type RawSettings, type Settings } from "../model/settings/settings";
import { refuseWrongSettings } from "./settings-errors";
import { DataViewLookups } from "./data-view/lookup";
import { type Failure, failureOf } from "./lookup-failure";
import { type FoundJob, JobLookups } from "./segment-job/lookup";
import { type FoundSegment, SegmentLookups } from "./segment/lookup";

/** What a program can ask. The arguments have been checked. */
export type Lookups = { readonly [Name in LookupName]: (query: LookupQuery<Name>) => Promise<Answers[Name]> };

interface Answers {
  readonly getSegment: FoundSegment;
  readonly findSegments: { readonly segments: readonly FoundSegment[] };
  readonly getDataView: DataView;
  readonly findDataViews: { readonly dataViews: readonly DataView[] };
  readonly getSegmentJob: FoundJob;
  readonly findSegmentJobs: { readonly jobs: readonly FoundJob[] };
}

/** The lookups of one program, and the words for what fails in them. */
export interface OpenLookups {
  readonly lookups: Lookups;
  readonly failureOf: (thrown: unknown) => Failure;
  /** Tells of a text that no message may show. */
  readonly keepSecret: (text: string) => void;
}

/** The lookups over a runtime. */
export function createLookups(
  { mistakes, segments, dataViews, jobs, jobSearch }: Runtime,
  { sandbox, orgId }: Settings,
  clock: Clock,
): Lookups {
  const views = new DataViewLookups(dataViews, clock);
  const ofSegments = new SegmentLookups(segments, views, clock);
  const ofJobs = new JobLookups({ reader: new JobReader(jobs, clock), search: jobSearch, sandbox, orgId });
  /** Nothing is sent with settings that are wrong. */
  const guarded = async <T>(ask: () => Promise<T>): Promise<T> => {
    refuseWrongSettings(mistakes);
    return ask();
  };
  return {
    getSegment: (query) => guarded(() => ofSegments.get(query)),
    findSegments: (query) => guarded(async () => ({ segments: await ofSegments.find(query) })),
    getDataView: (query) => guarded(async () => told(await views.get(query))),
    findDataViews: (query) => guarded(async () => ({ dataViews: (await views.find(query)).map(told) })),
    getSegmentJob: (query) => guarded(() => ofJobs.get(query)),
    findSegmentJobs: (query) => guarded(async () => ({ jobs: await ofJobs.find(query) })),
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
    failureOf: (thrown) => failureOf(thrown, { redact: runtime.redact, validate: settings.validate }),
  };
}

function told({ deleted: _deleted, ...view }: DataView): DataView {
  return view;
}
