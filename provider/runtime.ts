import { hash } from "../definition/hash";
import { sanitizeOutput } from "../definition/sentences/sanitize-output";
import type { Mistake } from "../model";
import { formatWarningLine } from "../model/notices";
import { AudiencesOfRun } from "./audience/audiences-of-run";
import { ExpressionValidation } from "./audience/expression-validation";
import { AudiencesClient } from "./audience/client";
import { ConversionClient } from "./audience/conversion-client";
import { MergePoliciesClient } from "./audience/merge-policies";
import { AudienceLifecycle } from "./audience/lifecycle";
import { MergePoliciesByName } from "./audience/merge-policies-by-name";
import { AudienceNames } from "./audience/names";
import { AudienceReader } from "./audience/reader";
import { DataViewsClient } from "./data-view/client";
import { JobReader } from "./segment-job/reader";
import { JobsClient } from "./segment-job/client";
import { SegmentReader, SegmentUses } from "./segment/reader";
import { SegmentsClient } from "./segment/client";
import { ShareReader } from "./segment/share-reader";
import { SharesClient } from "./segment/shares-client";
import { TagsClient } from "./segment/tags-client";
import { rateLimitsOf, type BudgetName, type Service } from "./limits/rate-limits";
import { createClientCredentialsToken } from "./http/token-from-ims";
import type { Clock, Random } from "./clock";
import { createLimiter, formatWait, type WaitReport } from "./limits/limiter";
import { createRedactor } from "./http/redact";
import { createGivenToken, createMissingToken, type TokenSource } from "./http/token";
import { type ApiRequest, createTransport } from "./http/transport";
import { gateDeletions, type Lifecycles } from "./deletion-gate";
import type { Liveness, ProviderProcess } from "./state/engine-process";
import { Intents } from "./state/intents";
import type { Stores } from "./stores";
import { missingSettings, SettingsMissingError } from "./settings-errors";
import { PossibleDuplicates } from "./state/possible-duplicates";
import type { HolderRegistry } from "./state/holders";
import type { DesiredSegment } from "./segment/desired";
import { AudienceSizes } from "./size/audience-sizes";
import { EstimatesClient } from "./size/estimates-client";
import { ReportsClient } from "./size/reports-client";
import { SegmentSizes } from "./size/segment-sizes";
import { SegmentLifecycle } from "./segment/lifecycle";
import { MetadataBatchWriter } from "./segment/tags-and-shares-batch";
import { TargetCheck } from "./segment/target-check";
import { VerdictCache } from "./verdict-cache";
import { SegmentJobLifecycle } from "./segment-job/lifecycle";
import { ReservedRuns } from "./segment-job/reserved-runs";
import type { ParsedSettings, Settings } from "../model/settings/settings";

/** What a runtime gets from outside: time, randomness, output and the stores. */
export interface RuntimeDependencies {
  readonly clock: Clock;
  readonly random: Random;
  readonly newId: () => string;
  /** Prints a line where the user of the stack sees it. */
  readonly print: (line: string) => void;
  readonly userAgent: string;
  readonly self: ProviderProcess;
  readonly isAlive: (process: ProviderProcess) => Promise<Liveness>;
  /** @param print as above, without secrets. */
  readonly openStores: (settings: Settings, print: (line: string) => void) => Stores;
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
  readonly audiences: AudiencesClient;
  readonly mergePolicies: MergePoliciesClient;
  readonly audienceNames: AudienceNames;
  readonly target: TargetCheck;
  readonly uses: SegmentUses;
  readonly segmentSizes: SegmentSizes;
  readonly audienceSizes: AudienceSizes;
  readonly holders: HolderRegistry;
  readonly lifecycles: Lifecycles;
  /** Tells processes that cannot see this one that it is alive. Call it every `HEARTBEAT_MS`. */
  readonly heartbeat: () => Promise<void>;
  /** Call it when the engine ends this process: by then it has stored all answers. */
  readonly endAllAnswered: () => Promise<void>;
}

/** The only place where things are put together: settings → token → limiter → transport → clients → lifecycles. */
export function createRuntime(
  { settings, mistakes, secrets, setCommand }: ParsedSettings,
  dependencies: RuntimeDependencies,
): Runtime {
  const { clock, random, newId, userAgent } = dependencies;
  const { requestTimeoutMs } = settings;
  const redactor = createRedactor();
  secrets.forEach((secret) => redactor.add(secret));
  const redact = (text: string) => redactor.text(text);
  const print = (text: string) => dependencies.print(sanitizeOutput(redact(text)));
  const warn = (text: string) => print(formatWarningLine(text));
  const stores = dependencies.openStores(settings, print);

  const rateLimits = rateLimitsOf(settings);
  const limiter = (service: Service, baseUrl: string) => {
    const rateLimit = rateLimits[service];
    const onWait = (wait: WaitReport) => print(formatWait(wait, rateLimit));
    return createLimiter({ ...rateLimit, onWait }, clock, stores.sendLog(service, baseUrl, rateLimit));
  };
  const token = createTokenSource(settings, setCommand, {
    limiter: limiter("ims", settings.imsUrl),
    clock,
    random,
    redactor,
    requestTimeoutMs,
    userAgent,
    cache: stores.token,
    log: print,
  });
  const connection = {
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
    ...connection,
    baseUrl: settings.cjaUrl,
    urlSetting: "cja:cjaUrl (CJA_URL)",
    limiter: limiter("cja", settings.cjaUrl),
    budgetOf: (request): BudgetName => (request.repeatable && isRead(request) ? "CJA reads" : "CJA writes"),
  });
  const platform = createTransport({
    ...connection,
    baseUrl: settings.platformUrl,
    urlSetting: "cja:platformUrl (CJA_PLATFORM_URL)",
    limiter: limiter("platform", settings.platformUrl),
    budgetOf: (): BudgetName => "jobs",
  });

  const dialect = settings.dialect === "auto" ? {} : { dialect: settings.dialect };
  const segments = new SegmentsClient({ transport: cja, ...dialect, memory: stores.dialect, warn });
  const segmentReader = new SegmentReader(segments, clock);
  const sharesClient = new SharesClient(cja);
  const shares = new ShareReader(sharesClient, () => segmentReader.listedIds, clock);
  const jobs = new JobsClient(platform, warn);
  const dataViews = new DataViewsClient(cja, warn);
  const targetCheck = new TargetCheck(dataViews, stores.components, clock);
  const { self, isAlive } = dependencies;

  const intents = new Intents({ records: stores.intents, self, isAlive, clock, newId, requestTimeoutMs, log: print });
  const orgId = () => {
    if (settings.orgId === undefined) throw new SettingsMissingError(missingSettings(settings), setCommand);
    return settings.orgId;
  };
  const conversions = new ConversionClient(platform);
  const audiences = new AudiencesClient({ transport: platform, memory: stores.audienceForm, clock, warn });
  const audiencesOfRun = new AudiencesOfRun(settings.sandbox);
  const mergePolicies = new MergePoliciesClient(platform, warn);
  const usesFinder = new SegmentUses(segments, clock);
  const common = {
    orgId,
    intents,
    claims: stores.claims,
    holders: stores.holders,
    exclusive: settings.exclusive,
    requestTimeoutMs,
    sandbox: settings.sandbox,
    mayRequestInPreview: settings.validate !== "apply",
    clock,
    random,
    newId,
    warn,
    info: print,
  };
  const lifecycles = gateDeletions(clock, {
    Segment: new SegmentLifecycle({
      ...common,
      client: segments,
      reader: segmentReader,
      shares,
      usesFinder,
      metadata: new MetadataBatchWriter(new TagsClient(cja), sharesClient, shares, clock),
      verdicts: new VerdictCache(
        ({ content, definitionHash }: DesiredSegment) => hash([content.dataViewId, definitionHash]),
        ({ content }) => segments.validate(content),
        stores.verdicts,
        clock,
      ),
      possibleDuplicates: new PossibleDuplicates(stores.creationMarker("segments"), (dataViewId) =>
        segments.listNewestOwn(dataViewId),
      ),
      validate: settings.validate,
      checkTarget: settings.checkTarget,
      targetCheck,
    }),
    SegmentJob: new SegmentJobLifecycle({
      ...common,
      client: jobs,
      reader: new JobReader(jobs, clock),
      audiences,
      audiencesOfRun,
      verdicts: stores.verdicts,
      possibleDuplicates: new PossibleDuplicates(stores.creationMarker("jobs"), (sandbox) =>
        jobs.listNewest(sandbox, 100),
      ),
      maxSegments: settings.maxSegmentsPerJob,
      isMaxSegmentsSet: settings.maxSegmentsGiven === true,
      ...(settings.maxRunsPerDay !== undefined && { maxRunsPerDay: settings.maxRunsPerDay }),
      runs: new ReservedRuns(stores.runs, self, isAlive, newId, clock),
    }),
    Audience: new AudienceLifecycle({
      ...common,
      client: audiences,
      reader: new AudienceReader(audiences, clock),
      audiencesOfRun,
      mergePolicies: new MergePoliciesByName(mergePolicies),
      ...(settings.validate !== "never" && {
        expressions: new ExpressionValidation(conversions, stores.verdicts, clock, warn),
      }),
      possibleDuplicates: new PossibleDuplicates(stores.creationMarker("audiences"), (sandbox) =>
        audiences.listNewest(sandbox),
      ),
    }),
  });
  return {
    mistakes,
    redact,
    keepSecret: (text) => redactor.add(text),
    segments,
    shares: sharesClient,
    jobs,
    dataViews,
    audiences,
    mergePolicies,
    audienceNames: new AudienceNames(audiences),
    target: targetCheck,
    uses: usesFinder,
    segmentSizes: new SegmentSizes(new ReportsClient(cja), stores.sizes, clock),
    audienceSizes: new AudienceSizes(new EstimatesClient(platform), conversions, stores.sizes, clock),
    holders: stores.holders,
    lifecycles,
    heartbeat: () => intents.heartbeat(),
    endAllAnswered: () => intents.endAllAnswered(),
  };
}

/** Validation is a POST and reads only. */
const isRead = ({ method }: ApiRequest): boolean => method === "GET" || method === "POST";

function createTokenSource(
  settings: Settings,
  setCommand: string | undefined,
  options: Parameters<typeof createClientCredentialsToken>[1],
): TokenSource {
  const { imsUrl, clientId, clientSecret, accessToken, scopes } = settings;
  const missingNames = missingSettings(settings);
  if (missingNames.length === 0 && accessToken !== undefined) return createGivenToken(accessToken, options.redactor);
  if (missingNames.length === 0 && clientId !== undefined && clientSecret !== undefined) {
    return createClientCredentialsToken({ imsUrl, clientId, clientSecret, scopes }, options);
  }
  const { setting, variable, advice } = new SettingsMissingError(missingNames, setCommand);
  return createMissingToken(setting, variable, advice);
}
