import { isDeepStrictEqual } from "node:util";
import { withoutNullish } from "../../definition/json/value";
import { formatMistake, settingMistakes } from "../../model";
import { parseSettings, type ParsedSettings, type RawSettings } from "../../model/settings/settings";
import { PROGRAM_SETTINGS, SETTING_NAMES, environmentVariable, type Setting } from "../../model/settings/table";
import type { Values } from "../lifecycle";

/** What the engine itself adds to the settings of a provider. */
const OF_ENGINE: readonly string[] = ["version", "pluginDownloadURL"];

const isSetting = (key: string): key is Setting => (SETTING_NAMES as readonly string[]).includes(key);
const isOfEngine = (key: string): boolean => OF_ENGINE.includes(key) || key.startsWith("__");

/** The settings that the engine keeps for a provider, and the mistakes in what it was given. */
export function checkConfig(news: Values): { readonly inputs: Values; readonly failures: readonly string[] } {
  const given = Object.entries(withoutNullish(news));
  const known = given.filter(([key]) => isSetting(key) || isOfEngine(key));
  // The same config also has settings that only programs read.
  const unknown = given.map(([key]) => key).filter((key) => !isOfEngine(key) && !PROGRAM_SETTINGS.includes(key));
  const failures = settingMistakes(unknown.map((key) => `cja:${key}`)).map(formatMistake);
  const shapes = known.flatMap(([key, value]) =>
    isSetting(key) && typeof value === "object" ? [`cja:${key}: expected a string, found a list or an object`] : [],
  );
  return { inputs: Object.fromEntries(known), failures: [...failures, ...shapes] };
}

/**
 * The settings that differ. They never replace the provider, because that would replace every resource. If none were listed, the engine would go
 * on with the old ones, and a new secret would be lost.
 */
export const changedSettings = (olds: Values, news: Values): string[] =>
  [...new Set([...Object.keys(olds), ...Object.keys(news)])]
    .filter(isSetting)
    .filter((key) => !isDeepStrictEqual(olds[key], news[key]));

/** Whether a program made the provider itself, by its URN. The engine makes those that stand for a stack's config. */
export const isExplicit = (urn: string): boolean => !/::default(_[^:]*)?$/.test(urn);

/**
 * The settings of a provider. A program with several providers gives each its organisation: so their arguments outrank the environment variables,
 * which are the same for all.
 */
export function settingsOf(args: Values, explicit: boolean, environment: RawSettings): ParsedSettings {
  const given = SETTING_NAMES.flatMap((name): [Setting, string][] => {
    const value = args[name];
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
      ? [[name, String(value)]]
      : [];
  });
  const config = Object.fromEntries(given.map(([name, value]) => [`cja:${name}`, value]));
  if (!explicit) return parseSettings(config, environment);
  const names = given.map(([name]) => name);
  // The environment's secret would otherwise outrank a token that the program gives instead of it.
  const isCredential = (name: Setting) => name === "clientSecret" || name === "accessToken";
  const outranked = names.some(isCredential) ? [...names, "clientSecret" as const, "accessToken" as const] : names;
  const hidden = new Set(outranked.map(environmentVariable));
  const rest = Object.fromEntries(Object.entries(environment).filter(([name]) => !hidden.has(name)));
  // It reads no stack's config, so that nobody is told to set that.
  return { ...parseSettings(config, rest), setCommand: undefined };
}
