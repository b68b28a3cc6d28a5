import { nearestArgument } from "../misnamed-arguments";
import type { Mistake } from "../mistake";
import { PROGRAM_SETTINGS, rowOf, SETTING_NAMES, variableOf, type Setting, type TABLE } from "./table";
import { isLoopback, leadToSame, passwordsOf, withoutPasswords } from "./urls";

type ValueOf<Name extends Setting> = Exclude<ReturnType<(typeof TABLE)[Name]["parse"]>, undefined>;
type WithDefault = { [Name in Setting]: (typeof TABLE)[Name] extends { default: string } ? Name : never }[Setting];
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
  const given = (setting: Setting) => read(setting, config, environment);
  const allowHttp = given("allowHttp")?.text === "true";
  const mistakes: Mistake[] = differing(config, environment);
  const values = SETTING_NAMES.flatMap((setting): [string, unknown][] => {
    const found = given(setting);
    const { parse, expected, needsTls, default: normal } = rowOf(setting);
    if (found === undefined) return normal === undefined ? [] : [[setting, parse(normal)]];
    const value = parse(found.text);
    const shown = `found ${showSetting(setting, found.text)} in ${found.place}`;
    const mistake = (message: string) =>
      void mistakes.push({ path: `cja:${setting}`, message: `${shown}, ${message}` });
    if (value === undefined) {
      mistake(`expected ${expected}`);
      return normal === undefined ? [] : [[setting, parse(normal)]];
    }
    if (needsTls && !allowHttp && new URL(found.text).protocol !== "https:" && !isLoopback(found.text))
      mistake(
        `by which everybody on the way reads the credentials; write https://, or set cja:allowHttp (${variableOf("allowHttp")}) to true where nobody else is on the way`,
      );
    return [[setting, value]];
  });
  const { requestTimeout, accessToken, ...others } = Object.fromEntries(values);
  const settings = {
    ...others,
    ...(accessToken !== undefined && !secretOutranksToken(given) && { accessToken }),
    ...(given("maxSegmentsPerJob") && { maxSegmentsGiven: true }),
    requestTimeoutMs: requestTimeout,
  } as unknown as Settings;
  return { settings, mistakes, secrets: secretTexts(config, environment), setCommand: "pulumi config set" };
}

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

/** A value and the place that it comes from. */
interface Given {
  readonly text: string;
  /** `the stack's config`, or the name of a variable; as it follows "in". */
  readonly place: string;
}

/** The value that counts. */
function read(setting: Setting, config: RawSettings, environment: RawSettings): Given | undefined {
  const variable = variableOf(setting);
  const { inConfig, inEnvironment } = places(setting, config, environment);
  if (inEnvironment !== undefined) return { text: inEnvironment, place: variable };
  return inConfig === undefined ? undefined : { text: inConfig, place: "the stack's config" };
}

const places = (setting: Setting, config: RawSettings, environment: RawSettings) => ({
  inConfig: textOf(config[`cja:${setting}`]),
  inEnvironment: textOf(environment[variableOf(setting)]),
});

/**
 * Numbers and flags of a stack's YAML file arrive as such where they are not quoted. An empty text counts as not given, as an unset
 * secret of a CI system arrives that way.
 */
function textOf(value: string | number | boolean | null | undefined): string | undefined {
  const text = String(value ?? "").trim();
  return text === "" ? undefined : text;
}

/** One mistake for each place that stack config and environment disagree on. */
function differing(config: RawSettings, environment: RawSettings): Mistake[] {
  return SETTING_NAMES.filter((setting) => rowOf(setting).kind === "where").flatMap((setting) => {
    const { inConfig, inEnvironment } = places(setting, config, environment);
    if (inConfig === undefined || inEnvironment === undefined || leadToSame(inConfig, inEnvironment)) return [];
    const found = `found ${showSetting(setting, inConfig)} in the stack's config but ${showSetting(setting, inEnvironment)} in ${variableOf(setting)}`;
    return [{ path: `cja:${setting}`, message: `${found}; unset the one that is wrong` }];
  });
}

/** A secret in the environment, and only a token in the config: that token is from an earlier day. */
const secretOutranksToken = (given: (setting: Setting) => Given | undefined): boolean =>
  given("clientSecret")?.place === variableOf("clientSecret") &&
  given("accessToken")?.place !== variableOf("accessToken");

/** A value for a message. */
const showSetting = (setting: Setting, text: string): string =>
  rowOf(setting).secret ? "a value (not shown, as it is secret)" : JSON.stringify(withoutPasswords(text));

/** The values of secret settings, wherever they stand, with the parts of those that are URLs, and the passwords of proxies. */
function secretTexts(config: RawSettings, environment: RawSettings): string[] {
  const values = SETTING_NAMES.filter((setting) => rowOf(setting).secret).flatMap((setting) =>
    Object.values(places(setting, config, environment)),
  );
  const proxies = Object.entries(environment).flatMap(([name, value]) => (/_proxy$/i.test(name) ? [value] : []));
  return [...values.flatMap((value) => [value, ...passwordsOf(value)]), ...proxies.flatMap(passwordsOf)].filter(
    (text) => text !== undefined,
  );
}
