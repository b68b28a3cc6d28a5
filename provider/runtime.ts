import { inert } from "../definition/sentences/sanitize-output";
import type { Mistake } from "../model";
import { warningLine } from "../model/notices";
import { AudienceNames } from "./audience/names";
import { DataViewsClient } from "./data-view/client";
import { JobReader } from "./segment-job/reader";
import { JobsClient } from "./segment-job/client";
import { SegmentCatalog, SegmentUses } from "./segment/catalog";
import { SegmentsClient } from "./segment/client";
import { ShareCatalog } from "./segment/share-catalog";
import { SharesClient } from "./segment/shares-client";
import { TagsClient } from "./segment/tags-client";
import { allowancesOf, type BudgetName, type Service } from "./limits/budgets";
import { createClientCredentialsToken } from "./http/client-credentials";
import type { Clock, Random } from "./clock";
import { createLimiter, waitLine, type Wait } from "./limits/limiter";
import { createRedactor } from "./http/redact";
import { createGivenToken, createMissingToken, type TokenSource } from "./http/token";
import { type ApiRequest, createTransport } from "./http/transport";
import { gateDeletions } from "./deletion-gate";
import type { Liveness, Process } from "./state/engine-process";
import { Intents } from "./state/intents";
import type { Lifecycle } from "./lifecycle";
import type { Memory } from "./stores";
import { missingSettings, SettingsMissingError } from "./settings-errors";
import { Orphans } from "./state/possible-duplicates";
import type { Holders } from "./segment/holders";
import { SegmentLifecycle } from "./segment/lifecycle";
import { MetadataWrites } from "./segment/metadata-batch-writer";
import { Target } from "./segment/target-check";
import { Verdicts } from "./segment/verdict-cache";
import { SegmentJobLifecycle } from "./segment-job/lifecycle";
import { ReservedRuns } from "./segment-job/reserved-runs";
import type { ParsedSettings, Settings } from "../model/settings/settings";

/** What lies outside of the process. */
export interface Surroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly newId: () => string;
  /** Prints a line where the user of the stack sees it. */
  readonly print: (line: string) => void;
  readonly userAgent: string;
  readonly self: Process;
  readonly isAlive: (process: Process) => Promise<Liveness>;
  /** @param print as above, without secrets. */
  readonly memory: (settings: Settings, print: (line: string) => void) => Memory;
}

/** Everything that a run of the provider consists of. */
export interface Runtime {
  readonly mistakes: readonly Mistake[];
  readonly redact: (text: string) => string;
  readonly keepSecret: (text: string) => void;
  readonly segments: SegmentsClient;
  readonly shares: SharesClient;
  readonly jobs: JobsClient;
  readonly dataViews: DataViewsClient;
  readonly audienceNames: AudienceNames;
  readonly target: Target;
  readonly uses: SegmentUses;
  readonly holders: Holders;
  readonly segment: Lifecycle;
  readonly segmentJob: Lifecycle;
  /** Says that this process is at work, for those who cannot see it: to be called every `BEAT_MS`. */
  readonly beat: () => Promise<void>;
  /** The engine ends this process, and has heard and kept all answers. */
  readonly endAnswered: () => Promise<void>;
}

/** The only place where things are put together: settings → token → limiter → transport → clients → lifecycles. */
export function createRuntime(
  { settings, mistakes, secrets, setCommand }: ParsedSettings,
  surroundings: Surroundings,
): Runtime {
  const { clock, random, newId, userAgent } = surroundings;
  const { requestTimeoutMs } = settings;
  const redactor = createRedactor();
  secrets.forEach((secret) => redactor.add(secret));
  const redact = (text: string) => redactor.text(text);
  const print = (text: string) => surroundings.print(inert(redact(text)));
  const warn = (text: string) => print(warningLine(text));
  const memory = surroundings.memory(settings, print);

  const allowances = allowancesOf(settings);
  const limiter = (service: Service, baseUrl: string) => {
    const allowance = allowances[service];
    const onWait = (wait: Wait) => print(waitLine(wait, allowance));
    return createLimiter({ ...allowance, onWait }, clock, memory.sends(service, baseUrl, allowance));
  };
  const token = tokenSource(settings, setCommand, {
    limiter: limiter("ims", settings.imsUrl),
    clock,
    random,
    redactor,
    requestTimeoutMs,
    userAgent,
    cache: memory.token,
    log: print,
  });
  const common = {
    token,
    apiKey: settings.clientId,
    orgId: settings.orgId,
    clock,
    random,
    requestTimeoutMs,
    redactor,
    userAgent,
    log: print,
  };
  const cja = createTransport({
    ...common,
    baseUrl: settings.cjaUrl,
    urlSetting: "cja:cjaUrl (CJA_URL)",
    limiter: limiter("cja", settings.cjaUrl),
    budgetOf: (request): BudgetName => (request.repeatable && asks(request) ? "CJA reads" : "CJA writes"),
  });
  const platform = createTransport({
    ...common,
    baseUrl: settings.platformUrl,
    urlSetting: "cja:platformUrl (CJA_PLATFORM_URL)",
    limiter: limiter("platform", settings.platformUrl),
    budgetOf: (): BudgetName => "jobs",
  });

  const dialect = settings.dialect === "auto" ? {} : { dialect: settings.dialect };
  const segments = new SegmentsClient({ transport: cja, ...dialect, memory: memory.dialect, warn });
  const catalog = new SegmentCatalog(segments, clock);
  const sharesClient = new SharesClient(cja);
  const shares = new ShareCatalog(sharesClient, () => catalog.seen, clock);
  const jobs = new JobsClient(platform, warn);
  const dataViews = new DataViewsClient(cja, warn);
  const target = new Target(dataViews, memory.components, clock);
  const { self, isAlive } = surroundings;
  const answerMs = requestTimeoutMs;
  const intents = new Intents({ records: memory.intents, self, isAlive, clock, newId, answerMs, say: print });
  const orgId = () => {
    if (settings.orgId === undefined) throw new SettingsMissingError(missingSettings(settings), setCommand);
    return settings.orgId;
  };
  const uses = new SegmentUses(segments, clock);
  return gateDeletions(clock, {
    mistakes,
    redact,
    keepSecret: (text) => redactor.add(text),
    segments,
    shares: sharesClient,
    jobs,
    dataViews,
    audienceNames: new AudienceNames(platform),
    target,
    uses,
    holders: memory.holders,
    segment: new SegmentLifecycle({
      orgId,
      client: segments,
      catalog,
      shares,
      uses,
      metadata: new MetadataWrites(new TagsClient(cja), sharesClient, shares, clock),
      verdicts: new Verdicts(segments, memory.verdicts, clock),
      intents,
      claims: memory.claims,
      holders: memory.holders,
      exclusive: settings.exclusive,
      newId,
      orphans: new Orphans(memory.created("segments"), (dataViewId) => segments.newestOwn(dataViewId)),
      answerMs,
      validate: settings.validate,
      checkTarget: settings.checkTarget,
      target,
      clock,
      random,
      warn,
      say: print,
    }),
    segmentJob: new SegmentJobLifecycle({
      orgId,
      client: jobs,
      reader: new JobReader(jobs, clock),
      intents,
      claims: memory.claims,
      orphans: new Orphans(memory.created("jobs"), (sandbox) => jobs.newest(sandbox, 100)),
      answerMs,
      sandbox: settings.sandbox,
      maxSegments: settings.maxSegmentsPerJob,
      maxSegmentsGiven: settings.maxSegmentsGiven === true,
      ...(settings.maxRunsPerDay !== undefined && { maxRunsPerDay: settings.maxRunsPerDay }),
      runs: new ReservedRuns(memory.runs, self, isAlive, newId, clock),
      asksInPreview: settings.validate !== "apply",
      clock,
      random,
      newId,
      warn,
      say: print,
    }),
    beat: () => intents.beat(),
    endAnswered: () => intents.endAnswered(),
  });
}

/** Validation is a POST and reads only. */
const asks = ({ method }: ApiRequest): boolean => method === "GET" || method === "POST";

function tokenSource(
  settings: Settings,
  setCommand: string | undefined,
  options: Parameters<typeof createClientCredentialsToken>[1],
): TokenSource {
  const { imsUrl, clientId, clientSecret, accessToken, scopes } = settings;
  const missing = missingSettings(settings);
  if (missing.length === 0 && accessToken !== undefined) return createGivenToken(accessToken, options.redactor);
  if (missing.length === 0 && clientId !== undefined && clientSecret !== undefined) {
    return createClientCredentialsToken({ imsUrl, clientId, clientSecret, scopes }, options);
  }
  const { setting, variable, advice } = new SettingsMissingError(missing, setCommand);
  return createMissingToken(setting, variable, advice);
}
