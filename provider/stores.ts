import { z } from "zod";
import type { RateLimit, Service } from "./limits/rate-limits";
import type { Clock } from "./clock";
import { diskRecordStore } from "./state/disk-record-store";
import { RedisConnection } from "./limits/redis-connection";
import { storeWithFallback, type Records } from "./state/record-store";
import { redisRecordStore } from "./limits/redis-record-store";
import { createRedisSendLog } from "./limits/redis-send-log";
import { createHostSendLog } from "./limits/host-send-log";
import { withMargin } from "./limits/limiter";
import type { SendLog } from "./limits/send-log";
import { openStateFolder } from "./state/open-state-folder";
import { stateFileName, type StateFolder } from "./state/state-folder";
import { createTokenFile, type TokenCache } from "./http/token";
import { formStoreIn, type FormStore } from "./http/form-discovery";
import { DIALECTS, type Dialect } from "./segment/dialect";
import { AUDIENCE_FORMS, type AudienceForm } from "./audience/forms";
import { CLAIM_LIFETIME_MS, claimsIn, type Claims } from "./state/claims";
import { creationMarkerIn, type CreationMarker } from "./state/possible-duplicates";
import { INTENT_LIFETIME_MS } from "./state/intents";
import { HolderRegistry, HOLDER_LIFETIME_MS } from "./state/holders";
import type { ComponentStore } from "./segment/target-check";
import { VERDICT_LIFETIME_MS, verdictStoreIn, type VerdictStore } from "./verdict-cache";
import { SIZE_LIFETIME_MS, SizeStore } from "./size/size-store";
import { RUN_LIFETIME_MS, runRecordsIn, type RunRecords } from "./segment-job/run-records";
import { formatWarningLine } from "../model/notices";
import type { Settings } from "../model/settings/settings";

/**
 * What the processes of a host share: the two of one `pulumi up`, and other runs beside it. Where a Redis is set, all but the token
 * and the components is shared by the runners of an organisation.
 */
export interface Stores {
  readonly token: TokenCache;
  readonly dialect: FormStore<Dialect>;
  readonly audienceForm: FormStore<AudienceForm>;
  readonly verdicts: VerdictStore;
  readonly components: ComponentStore;
  readonly sizes: SizeStore;
  readonly intents: Records;
  readonly claims: Claims;
  readonly holders: HolderRegistry;
  readonly runs: RunRecords;
  /** Marks that this store has records of earlier creations of a kind. */
  creationMarker(kind: "segments" | "jobs" | "audiences"): CreationMarker;
  /** Counts the requests to one service together with the other processes. */
  sendLog(service: Service, baseUrl: string, rateLimit: RateLimit): SendLog;
}

const MONTH_MS = 30 * 86_400_000;

/** Opens the stores of this user and organisation. Where no folder is writable, each process keeps its own in memory. */
export function openStores(
  settings: Settings,
  environment: NodeJS.ProcessEnv,
  clock: Clock,
  print: (line: string) => void,
): Stores {
  const folder = openStateFolder(environment, (message) => print(formatWarningLine(message)));
  const url = settings.rateLimitStore;
  const redis = url === undefined ? undefined : new RedisConnection({ url, clock, log: print });
  const disk = diskRecordStore(folder, clock);
  const recordsFor = redis ? storeWithFallback(redisRecordStore(redis), disk) : disk;
  const { imsUrl, clientId = "", clientSecret = "", scopes = "", cjaUrl, platformUrl, orgId = "" } = settings;
  return {
    token: createTokenFile(folder, stateFileName("token", imsUrl, clientId, clientSecret, scopes)),
    dialect: formStoreIn(recordsFor({ name: stateFileName("dialect", cjaUrl, orgId), lifetimeMs: MONTH_MS }), DIALECTS),
    audienceForm: formStoreIn(
      recordsFor({ name: stateFileName("audience-form", platformUrl, orgId), lifetimeMs: MONTH_MS }),
      AUDIENCE_FORMS,
    ),
    verdicts: verdictStoreIn(
      recordsFor({ name: stateFileName("verdict", cjaUrl, orgId), lifetimeMs: VERDICT_LIFETIME_MS, sharesFiles: true }),
    ),
    sizes: new SizeStore(
      recordsFor({
        name: stateFileName("size", cjaUrl, platformUrl, orgId),
        lifetimeMs: SIZE_LIFETIME_MS,
        sharesFiles: true,
      }),
    ),
    components: componentStore(folder, (id) => stateFileName("components", cjaUrl, orgId, id)),
    claims: claimsIn(
      recordsFor({
        name: stateFileName("claim", cjaUrl, platformUrl, orgId),
        lifetimeMs: CLAIM_LIFETIME_MS,
        sharesFiles: true,
      }),
    ),
    holders: new HolderRegistry(
      recordsFor({ name: stateFileName("holders", cjaUrl, orgId), lifetimeMs: HOLDER_LIFETIME_MS, sharesFiles: true }),
      clock,
    ),
    runs: runRecordsIn(recordsFor({ name: stateFileName("runs", platformUrl, orgId), lifetimeMs: RUN_LIFETIME_MS })),
    creationMarker: (kind) =>
      creationMarkerIn(
        recordsFor({ name: stateFileName(`created-${kind}`, cjaUrl, platformUrl, orgId), lifetimeMs: MONTH_MS }),
      ),
    intents: recordsFor({ name: stateFileName("intent", cjaUrl, platformUrl, orgId), lifetimeMs: INTENT_LIFETIME_MS }),
    sendLog: (service, baseUrl, { windows, maxConcurrent }) => {
      // The service, too: an emulator has all of them at one URL.
      const name = stateFileName("sends", service, baseUrl, orgId);
      const limits = { name, windows: withMargin(windows), maxConcurrent, longestRequestMs: settings.requestTimeoutMs };
      return redis ? createRedisSendLog(redis, limits, clock) : createHostSendLog({ folder, ...limits }, clock);
    },
  };
}

function componentStore(folder: StateFolder, fileNameFor: (dataViewId: string) => string): ComponentStore {
  const content = z.object({ at: z.number(), ids: z.array(z.string()) });
  return {
    load: (id) => content.safeParse(folder.readJson(fileNameFor(id))).data,
    save: (id, at, ids) => folder.writeJson(fileNameFor(id), { at, ids }),
  };
}
