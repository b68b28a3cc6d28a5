import { randomUUID } from "node:crypto";
import { isAlive } from "./state/engine-process";
import { systemClock } from "./clock";
import { HEARTBEAT_MS, type Process } from "./state/intents";
import { openStores } from "./stores";
import { createRuntime, type Runtime } from "./runtime";
import type { ParsedSettings } from "../model/settings/settings";
import { userAgent } from "./package-version";

/** The runtime of this process, with the real time and what this user's processes share. */
export function openRuntime(settings: ParsedSettings, self: Process, print: (line: string) => void): Runtime {
  const runtime = createRuntime(settings, {
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
    print,
    userAgent: userAgent(),
    self,
    isAlive,
    openStores: (parsed, log) => openStores(parsed, process.env, systemClock, log),
  });
  // One that fails is made good by the next one.
  setInterval(() => void runtime.heartbeat().catch(() => undefined), HEARTBEAT_MS).unref();
  return runtime;
}
