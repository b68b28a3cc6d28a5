import { CredentialsMissingError } from "./http/errors";
import { pluralize, formatMistakes, type Mistake } from "../model";
import type { Settings } from "../model/settings/settings";
import { REQUIRED_SETTINGS, settingRow, environmentVariable, type RequiredSetting } from "../model/settings/table";

/** The settings are wrong: nothing is sent with them, by no step of a run. */
export class InvalidSettingsError extends Error {}

/**
 * Throws, with all that is wrong in the settings, if anything is.
 *
 * @param hints lines to end with.
 */
export function throwIfSettingsInvalid(mistakes: readonly Mistake[], ...hints: readonly string[]): void {
  if (mistakes.length === 0) return;
  const head = `${pluralize(mistakes.length, "mistake")} in the settings; nothing was sent or changed.`;
  throw new InvalidSettingsError([head, ...formatMistakes(mistakes), ...hints].join("\n"));
}

/** What every request needs and is not set, where nothing is set that stands for it. */
export const missingSettings = (settings: Settings): readonly RequiredSetting[] =>
  REQUIRED_SETTINGS.filter((name) => {
    const { required } = settingRow(name);
    return settings[name] === undefined && (required === true || !required || settings[required] === undefined);
  });

/** Thrown when the first request needs the settings, with all that are missing: a preview that sends nothing needs none. */
export class SettingsMissingError extends CredentialsMissingError {
  /** @param setCommand what sets the stack's config; undefined where none is read: then it is about the variables alone */
  constructor([first = "orgId", ...others]: readonly RequiredSetting[], setCommand: string | undefined) {
    const name = (needed: RequiredSetting) =>
      setCommand === undefined ? environmentVariable(needed) : `cja:${needed}`;
    super(name(first), environmentVariable(first), advice([first, ...others], others.map(name), setCommand));
  }
}

function advice(all: readonly RequiredSetting[], others: readonly string[], setCommand: string | undefined): string {
  const variables = `the environment ${all.length === 1 ? "variable" : "variables"} ${all.map(environmentVariable).join(", ")}`;
  const commands = all.map((one) => `${setCommand} ${settingRow(one).secret ? "--secret " : ""}cja:${one} <value>`);
  const token = setCommand === undefined ? "CJA_ACCESS_TOKEN" : "cja:accessToken, CJA_ACCESS_TOKEN,";
  return [
    ...(others.length > 0 ? [`Neither ${others.length === 1 ? "is" : "are"} ${others.join(" and ")}.`] : []),
    setCommand === undefined ? `Set ${variables}` : `Set ${variables}, or the stack's config: ${commands.join(", ")}`,
    ...(all.includes("clientSecret") ? [`(${token} can replace the secret)`] : []),
  ].join(" ");
}
