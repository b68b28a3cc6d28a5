import { z } from "zod";
import type { Allowance, Service } from "./http/budgets";
import type { Clock } from "./http/clock";
import { RateLimitStore } from "./http/rate-limit-store";
import { createRedisSendLog } from "./http/redis-send-log";
import { createSharedSendLog } from "./http/shared-send-log";
import { withMargin } from "./http/limiter";
import type { SendLog } from "./http/send-log";
import { openStateFolder, stateName, type StateFolder } from "./http/state-folder";
import { createTokenFile } from "./http/token-file";
import type { TokenCache } from "./http/token";
import type { DialectMemory } from "./api/endpoint-dialect";
import type { Claims } from "./claims";
import type { CreationRecords } from "./creation-records";
import type { Intent, IntentStore } from "./intents";
import { addNote, bucketOf, readNotes } from "./notes";
import type { ComponentMemory } from "./segment/target";
import type { VerdictMemory } from "./segment/verdicts";
import { runRecordFiles, type RunRecords } from "./segment-job/run-records";
import type { Settings } from "./settings";

/** What the processes of a host share: the two of one `pulumi up`, and other runs beside it. */
export interface Memory {
  readonly token: TokenCache;
  readonly dialect: DialectMemory;
  readonly verdicts: VerdictMemory;
  readonly components: ComponentMemory;
  readonly intents: IntentStore;
  readonly claims: Claims;
  readonly runs: RunRecords;
  /** Whether records of earlier creations of a kind are here. */
  created(kind: "segments" | "jobs"): CreationRecords;
  /** Counts the requests to one service together with the other processes. */
  sends(service: Service, baseUrl: string, allowance: Allowance): SendLog;
}

/** Opens the memory of this user and organisation. Where there is no folder to write, each process remembers for itself. */
export function openMemory(
  settings: Settings,
  environment: NodeJS.ProcessEnv,
  clock: Clock,
  print: (line: string) => void,
): Memory {
  const folder = openStateFolder(environment, (message) => print(`warning: ${message}`));
  const url = settings.rateLimitStore;
  const store = url === undefined ? undefined : new RateLimitStore({ url, clock, say: print });
  const { imsUrl, clientId = "", clientSecret = "", scopes = "", cjaUrl, platformUrl, orgId = "" } = settings;
  return {
    token: createTokenFile(folder, stateName("token", imsUrl, clientId, clientSecret, scopes)),
    dialect: dialectFile(folder, stateName("dialect", cjaUrl, orgId)),
    verdicts: verdictFiles(folder, (key) => stateName("verdict", cjaUrl, orgId, key)),
    components: componentFiles(folder, (id) => stateName("components", cjaUrl, orgId, id)),
    claims: claimFiles(folder, clock, (id) => stateName("claim", cjaUrl, platformUrl, orgId, id)),
    runs: runRecordFiles(folder, (sandbox, began) => stateName("runs", platformUrl, orgId, sandbox, String(began))),
    created: (kind) => creationFile(folder, stateName(`created-${kind}`, cjaUrl, platformUrl, orgId)),
    intents: intentFiles(folder, stateName("intent", cjaUrl, platformUrl, orgId)),
    sends: (service, baseUrl, { windows, maxConcurrent }) => {
      // The service, too: an emulator has all of them at one URL.
      const name = stateName("sends", service, baseUrl, orgId);
      const limits = { name, windows: withMargin(windows), maxConcurrent, longestRequestMs: settings.requestTimeoutMs };
      return store ? createRedisSendLog(store, limits, clock) : createSharedSendLog({ folder, ...limits }, clock);
    },
  };
}

function dialectFile(folder: StateFolder, name: string): DialectMemory {
  const content = z.enum(["guide", "reference"]);
  return {
    load: () => content.safeParse(folder.readJson(name)).data,
    save: (dialect) => folder.writeJson(name, dialect),
  };
}

function creationFile(folder: StateFolder, name: string): CreationRecords {
  return { kept: () => folder.readJson(name) === true, keep: () => folder.writeJson(name, true) };
}

function componentFiles(folder: StateFolder, nameOf: (dataViewId: string) => string): ComponentMemory {
  const content = z.object({ at: z.number(), ids: z.array(z.string()) });
  return {
    load: (id) => content.safeParse(folder.readJson(nameOf(id))).data,
    save: (id, at, ids) => folder.writeJson(nameOf(id), { at, ids }),
  };
}

function verdictFiles(folder: StateFolder, nameOf: (key: string) => string): VerdictMemory {
  return {
    load: (key) => {
      const name = nameOf(key);
      return readNotes(folder, name).findLast((note) => note.name === name)?.at;
    },
    save: (key, at, oldest) => {
      const name = nameOf(key);
      // Two processes may write at the same time: a verdict that is lost costs one request.
      addNote(folder, { name, at }, readNotes(folder, name), oldest);
    },
  };
}

const intentContent: z.ZodType<Intent> = z.object({
  id: z.string(),
  key: z.string(),
  startedAt: z.number(),
  process: z.object({ pid: z.number(), engine: z.string().exactOptional() }),
  note: z.record(z.string(), z.string()).exactOptional(),
});

/** A record a file: processes write and remove their own without waiting for each other. */
function intentFiles(folder: StateFolder, prefix: string): IntentStore {
  const nameOf = (id: string) => `${prefix}-${id}`;
  return {
    all: () => folder.list(prefix).flatMap((name) => intentContent.safeParse(folder.readJson(name)).data ?? []),
    save: (intent) => folder.writeJson(nameOf(intent.id), intent),
    remove: (id) => folder.remove(nameOf(id)),
  };
}

const CLAIMED_MS = 3_600_000;

function claimFiles(folder: StateFolder, clock: Clock, nameOf: (id: string) => string): Claims {
  return {
    claim: (id, by) => {
      const name = nameOf(id);
      return folder.lock(bucketOf(name), () => {
        const known = readNotes(folder, name);
        const first = known.find((note) => note.name === name);
        if (first) return first.by === by;
        addNote(folder, { name, at: clock.now(), by }, known, clock.now() - CLAIMED_MS);
        return true;
      });
    },
  };
}
