import { nearestArgument } from "../misnamed-arguments";
import type { Mistake } from "../mistake";
import {
  PROGRAM_SETTINGS,
  settingRow,
  SETTING_NAMES,
  environmentVariable,
  type Setting,
  type SETTINGS_TABLE,
} from "./table";
import { isLoopback, isSameUrl, findPasswords, hidePasswords } from "./urls";

type ValueOf<Name extends Setting> = Exclude<ReturnType<(typeof SETTINGS_TABLE)[Name]["parse"]>, undefined>;
type WithDefault = {
  [Name in Setting]: (typeof SETTINGS_TABLE)[Name] extends { default: string } ? Name : never;
}[Setting];
/** A duration is a number of milliseconds by now. */
type Field<Name> = Name extends "requestTimeout" ? "requestTimeoutMs" : Name;

/** Everything that a stack or a shell can set, parsed. What is missing is asked for when a request needs it. */
export type Settings = { readonly [Name in WithDefault as Field<Name>]: ValueOf<Name> } & {
  readonly [Name in Exclude<Setting, WithDefault>]?: ValueOf<Name>;
} & {
  /** Whether somebody has set `maxSegmentsPerJob`. */
  readonly maxSegmentsGiven?: true;
};

/** Settings together with what is wrong in them: malformed values, and places that stack config and environment disagree on. */
export interface ParsedSettings {
  readonly settings: Settings;
  readonly mistakes: readonly Mistake[];
  /** What no message may show: all that secret settings hold, those among them that are malformed or do not count. */
  readonly secrets: readonly string[];
  /** What sets the stack's config, before a setting's key; undefined where none is read. */
  readonly setCommand: string | undefined;
}

/** Values by full key (`cja:orgId`), or by variable. */
export type RawSettings = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings of a stack.
 *
 * @param config the stack's config by full key (`cja:orgId`), secrets in clear.
 * @param environment the process's variables.
 * @returns never throws: mistakes are reported by the first step that the engine asks for, what is missing by the first request.
 */
export function parseSettings(config: RawSettings, environment: RawSettings): ParsedSettings {
  const findValue = (setting: Setting) => findGiven(setting, config, environment);
  const allowHttp = findValue("allowHttp")?.text === "true";
  const mistakes: Mistake[] = findConflicts(config, environment);
  const values = SETTING_NAMES.flatMap((setting): [string, unknown][] => {
    const found = findValue(setting);
    const { parse, expected, needsTls, default: defaultText } = settingRow(setting);
    if (found === undefined) return defaultText === undefined ? [] : [[setting, parse(defaultText)]];
    const value = parse(found.text);
    const foundText = `found ${describeSetting(setting, found.text)} in ${found.place}`;
    const addMistake = (message: string) =>
      void mistakes.push({ path: `cja:${setting}`, message: `${foundText}, ${message}` });
    if (value === undefined) {
      addMistake(`expected ${expected}`);
      return defaultText === undefined ? [] : [[setting, parse(defaultText)]];
    }
    if (needsTls && !allowHttp && new URL(found.text).protocol !== "https:" && !isLoopback(found.text))
      addMistake(
        `which sends the credentials unencrypted; use https://, or set cja:allowHttp (${environmentVariable("allowHttp")}) to true where nobody can listen`,
      );
    return [[setting, value]];
  });
  const { requestTimeout, accessToken, ...otherValues } = Object.fromEntries(values);
  const settings = {
    ...otherValues,
    ...(accessToken !== undefined && !secretOutranksToken(findValue) && { accessToken }),
    ...(findValue("maxSegmentsPerJob") && { maxSegmentsGiven: true }),
    requestTimeoutMs: requestTimeout,
  } as unknown as Settings;
  return { settings, mistakes, secrets: findSecretTexts(config, environment), setCommand: "pulumi config set" };
}

/** Keys of the stack's config that look like settings and are none: what was wished for would be ignored without a word. */
export function settingMistakes(keys: readonly string[]): Mistake[] {
  const known: readonly string[] = SETTING_NAMES;
  return keys.flatMap((key) => {
    const name = key.startsWith("cja:") ? key.slice("cja:".length) : undefined;
    if (name === undefined || known.includes(name) || PROGRAM_SETTINGS.includes(name)) return [];
    const suggestion = nearestArgument(name, known);
    const hint =
      suggestion === undefined ? `the settings are ${known.join(", ")}` : `did you mean "cja:${suggestion}"?`;
    return [{ path: key, message: `there is no such setting; ${hint}` }];
  });
}

/** A value and the place that it comes from. */
interface GivenValue {
  readonly text: string;
  /** `the stack's config`, or the name of a variable; as it follows "in". */
  readonly place: string;
}

/** The value that counts. */
function findGiven(setting: Setting, config: RawSettings, environment: RawSettings): GivenValue | undefined {
  const variable = environmentVariable(setting);
  const { inConfig, inEnvironment } = findBoth(setting, config, environment);
  if (inEnvironment !== undefined) return { text: inEnvironment, place: variable };
  return inConfig === undefined ? undefined : { text: inConfig, place: "the stack's config" };
}

const findBoth = (setting: Setting, config: RawSettings, environment: RawSettings) => ({
  inConfig: toText(config[`cja:${setting}`]),
  inEnvironment: toText(environment[environmentVariable(setting)]),
});

/**
 * Numbers and flags of a stack's YAML file arrive as such where they are not quoted. An empty text counts as not given, as an unset
 * secret of a CI system arrives that way.
 */
function toText(value: string | number | boolean | null | undefined): string | undefined {
  const text = String(value ?? "").trim();
  return text === "" ? undefined : text;
}

/** One mistake for each place that stack config and environment disagree on. */
function findConflicts(config: RawSettings, environment: RawSettings): Mistake[] {
  return SETTING_NAMES.filter((setting) => settingRow(setting).kind === "where").flatMap((setting) => {
    const { inConfig, inEnvironment } = findBoth(setting, config, environment);
    if (inConfig === undefined || inEnvironment === undefined || isSameUrl(inConfig, inEnvironment)) return [];
    const found = `found ${describeSetting(setting, inConfig)} in the stack's config but ${describeSetting(setting, inEnvironment)} in ${environmentVariable(setting)}`;
    return [{ path: `cja:${setting}`, message: `${found}; unset the one that is wrong` }];
  });
}

/** A secret in the environment, and only a token in the config: that token is from an earlier day. */
const secretOutranksToken = (findValue: (setting: Setting) => GivenValue | undefined): boolean =>
  findValue("clientSecret")?.place === environmentVariable("clientSecret") &&
  findValue("accessToken")?.place !== environmentVariable("accessToken");

/** A value for a message. */
const describeSetting = (setting: Setting, text: string): string =>
  settingRow(setting).secret ? "a value (secret, not shown)" : JSON.stringify(hidePasswords(text));

/** The values of secret settings, wherever they stand, with the parts of those that are URLs, and the passwords of proxies. */
function findSecretTexts(config: RawSettings, environment: RawSettings): string[] {
  const values = SETTING_NAMES.filter((setting) => settingRow(setting).secret).flatMap((setting) =>
    Object.values(findBoth(setting, config, environment)),
  );
  const proxies = Object.entries(environment).flatMap(([name, value]) => (/_proxy$/i.test(name) ? [value] : []));
  return [...values.flatMap((value) => [value, ...findPasswords(value)]), ...proxies.flatMap(findPasswords)].filter(
    (text) => text !== undefined,
  );
}
