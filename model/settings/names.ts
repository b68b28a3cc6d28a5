import { nearestArgument } from "../misnamed";
import type { Mistake } from "../mistake";

/** The settings of a stack, by the name that follows `cja:`. */
export const SETTING_NAMES = [
  "orgId",
  "clientId",
  "clientSecret",
  "scopes",
  "accessToken",
  "sandbox",
  "cjaUrl",
  "platformUrl",
  "imsUrl",
  "allowHttp",
  "dialect",
  "validate",
  "checkTarget",
  "exclusive",
  "requestsPerMinute",
  "maxConcurrent",
  "rateLimitStore",
  "maxSegmentsPerJob",
  "maxRunsPerDay",
  "requestTimeout",
] as const;

/** What only the program reads: the IDs of its environment. */
const PROGRAM_SETTINGS: readonly string[] = ["environment"];

export type Setting = (typeof SETTING_NAMES)[number];

/** Keys of the stack's config that look like settings and are none: what was wished for would be ignored without a word. */
export function settingMistakes(keys: readonly string[]): Mistake[] {
  const known: readonly string[] = SETTING_NAMES;
  return keys.flatMap((key) => {
    const name = key.startsWith("cja:") ? key.slice("cja:".length) : undefined;
    if (name === undefined || known.includes(name) || PROGRAM_SETTINGS.includes(name)) return [];
    const meant = nearestArgument(name, known);
    const way = meant === undefined ? `the settings are ${known.join(", ")}` : `did you mean "cja:${meant}"?`;
    return [{ path: key, message: `there is no such setting; ${way}` }];
  });
}
