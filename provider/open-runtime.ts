import { randomUUID } from "node:crypto";
import { isAlive } from "./state/engine-process";
import { systemClock } from "./clock";
import { BEAT_MS, type Process } from "./state/intents";
import { openMemory } from "./stores";
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
    memory: (parsed, say) => openMemory(parsed, process.env, systemClock, say),
  });
  // One that fails is made good by the next one.
  setInterval(() => void runtime.beat().catch(() => undefined), BEAT_MS).unref();
  return runtime;
}
