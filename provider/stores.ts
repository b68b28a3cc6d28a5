import { z } from "zod";
import type { Allowance, Service } from "./limits/budgets";
import type { Clock } from "./clock";
import { diskRecordStore } from "./state/disk-record-store";
import { RateLimitStore } from "./limits/rate-limit-store";
import { storeWithFallback, type Records } from "./state/record-store";
import { redisRecordStore } from "./limits/redis-record-store";
import { createRedisSendLog } from "./limits/redis-send-log";
import { createSharedSendLog } from "./limits/host-send-log";
import { withMargin } from "./limits/limiter";
import type { SendLog } from "./limits/send-log";
import { openStateFolder } from "./state/open-state-folder";
import { stateName, type StateFolder } from "./state/state-folder";
import { createTokenFile, type TokenCache } from "./http/token";
import { dialectRecord, type DialectMemory } from "./segment/dialect-discovery";
import { CLAIMED_MS, claimRecords, type Claims } from "./state/claims";
import { creationRecords, type CreationRecords } from "./state/possible-duplicates";
import { INTENTS_KEPT_MS } from "./state/intents";
import { Holders, HOLDERS_KEPT_MS } from "./segment/holders";
import type { ComponentMemory } from "./segment/target-check";
import { VERDICTS_KEPT_MS, verdictRecords, type VerdictMemory } from "./segment/verdict-cache";
import { RUNS_KEPT_MS, runRecords, type RunRecords } from "./segment-job/run-records";
import { warningLine } from "../model/notices";
import type { Settings } from "../model/settings/settings";

/**
 * What the processes of a host share: the two of one `pulumi up`, and other runs beside it. Where a Redis is set, all but the token
 * and the components is shared by the runners of an organisation.
 */
export interface Memory {
  readonly token: TokenCache;
  readonly dialect: DialectMemory;
  readonly verdicts: VerdictMemory;
  readonly components: ComponentMemory;
  readonly intents: Records;
  readonly claims: Claims;
  readonly holders: Holders;
  readonly runs: RunRecords;
  /** Whether records of earlier creations of a kind are here. */
  created(kind: "segments" | "jobs"): CreationRecords;
  /** Counts the requests to one service together with the other processes. */
  sends(service: Service, baseUrl: string, allowance: Allowance): SendLog;
}

const MONTH_MS = 30 * 86_400_000;

/** Opens the memory of this user and organisation. Where there is no folder to write, each process remembers for itself. */
export function openMemory(
  settings: Settings,
  environment: NodeJS.ProcessEnv,
  clock: Clock,
  print: (line: string) => void,
): Memory {
  const folder = openStateFolder(environment, (message) => print(warningLine(message)));
  const url = settings.rateLimitStore;
  const store = url === undefined ? undefined : new RateLimitStore({ url, clock, say: print });
  const disk = diskRecordStore(folder, clock);
  const recordsOf = store ? storeWithFallback(redisRecordStore(store), disk) : disk;
  const { imsUrl, clientId = "", clientSecret = "", scopes = "", cjaUrl, platformUrl, orgId = "" } = settings;
  return {
    token: createTokenFile(folder, stateName("token", imsUrl, clientId, clientSecret, scopes)),
    dialect: dialectRecord(recordsOf({ name: stateName("dialect", cjaUrl, orgId), keptMs: MONTH_MS })),
    verdicts: verdictRecords(
      recordsOf({ name: stateName("verdict", cjaUrl, orgId), keptMs: VERDICTS_KEPT_MS, many: true }),
    ),
    components: componentFiles(folder, (id) => stateName("components", cjaUrl, orgId, id)),
    claims: claimRecords(
      recordsOf({ name: stateName("claim", cjaUrl, platformUrl, orgId), keptMs: CLAIMED_MS, many: true }),
    ),
    holders: new Holders(
      recordsOf({ name: stateName("holders", cjaUrl, orgId), keptMs: HOLDERS_KEPT_MS, many: true }),
      clock,
    ),
    runs: runRecords(recordsOf({ name: stateName("runs", platformUrl, orgId), keptMs: RUNS_KEPT_MS })),
    created: (kind) =>
      creationRecords(recordsOf({ name: stateName(`created-${kind}`, cjaUrl, platformUrl, orgId), keptMs: MONTH_MS })),
    intents: recordsOf({ name: stateName("intent", cjaUrl, platformUrl, orgId), keptMs: INTENTS_KEPT_MS }),
    sends: (service, baseUrl, { windows, maxConcurrent }) => {
      // The service, too: an emulator has all of them at one URL.
      const name = stateName("sends", service, baseUrl, orgId);
      const limits = { name, windows: withMargin(windows), maxConcurrent, longestRequestMs: settings.requestTimeoutMs };
      return store ? createRedisSendLog(store, limits, clock) : createSharedSendLog({ folder, ...limits }, clock);
    },
  };
}

function componentFiles(folder: StateFolder, nameOf: (dataViewId: string) => string): ComponentMemory {
  const content = z.object({ at: z.number(), ids: z.array(z.string()) });
  return {
    load: (id) => content.safeParse(folder.readJson(nameOf(id))).data,
    save: (id, at, ids) => folder.writeJson(nameOf(id), { at, ids }),
  };
}
