import { randomUUID } from "node:crypto";
import { isAlive, type ProviderProcess } from "./state/engine-process";
import { systemClock, type Clock } from "./clock";
import { HEARTBEAT_MS } from "./state/intents";
import { redisMistakes } from "./limits/redis-connection";
import { openStores } from "./stores";
import { createRuntime, type Runtime } from "./runtime";
import type { ParsedSettings } from "../model/settings/settings";
import { userAgent } from "./package-version";

/**
 * The runtime of this process, with the real time and what this user's processes share.
 *
 * @param clock by which everything waits but the files that are shared.
 */
export function openRuntime(
  parsed: ParsedSettings,
  self: ProviderProcess,
  print: (line: string) => void,
  clock: Clock = systemClock,
): Runtime {
  const mistakes = [...parsed.mistakes, ...redisMistakes(parsed.settings)];
  const runtime = createRuntime(
    { ...parsed, mistakes },
    {
      clock,
      random: Math.random,
      newId: randomUUID,
      print,
      userAgent: userAgent(),
      self,
      isAlive,
      openStores: (settings, log) => openStores(settings, process.env, systemClock, log),
    },
  );
  // One that fails is made good by the next one.
  setInterval(() => void runtime.heartbeat().catch(() => undefined), HEARTBEAT_MS).unref();
  return runtime;
}
