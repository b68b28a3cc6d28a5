import { CredentialsMissingError } from "./http/errors";
import type { Setting } from "../model";
import { variableOf } from "../model/settings/table";
import type { Settings } from "../model/settings/settings";

/** What every request needs. */
type Needed = Extract<Setting, "orgId" | "clientId" | "clientSecret">;

/** What a request needs and is not set. An access token that is given stands for the client's secret. */
export const missingSettings = (settings: Settings): readonly Needed[] =>
  (["orgId", "clientId", "clientSecret"] as const).filter(
    (name) => settings[name] === undefined && !(name === "clientSecret" && settings.accessToken !== undefined),
  );

/** Told when the first request needs them, and all in one: a preview that sends nothing needs none. */
export class SettingsMissingError extends CredentialsMissingError {
  /** @param setCommand what sets the stack's config; undefined where none is read: then it is about the variables alone */
  constructor([first = "orgId", ...others]: readonly Needed[], setCommand: string | undefined) {
    const name = (needed: Needed) => (setCommand === undefined ? variableOf(needed) : `cja:${needed}`);
    super(name(first), variableOf(first), advice([first, ...others], others.map(name), setCommand));
  }
}

function advice(all: readonly Needed[], also: readonly string[], setCommand: string | undefined): string {
  const variables = `the environment ${all.length === 1 ? "variable" : "variables"} ${all.map(variableOf).join(", ")}`;
  const commands = all.map((one) => `${setCommand} ${one === "clientSecret" ? "--secret " : ""}cja:${one} <value>`);
  const token = setCommand === undefined ? "CJA_ACCESS_TOKEN" : "cja:accessToken, CJA_ACCESS_TOKEN,";
  return [
    ...(also.length > 0 ? [`Neither ${also.length === 1 ? "is" : "are"} ${also.join(" and ")}.`] : []),
    setCommand === undefined ? `Set ${variables}` : `Set ${variables}, or the stack's config: ${commands.join(", ")}`,
    ...(all.includes("clientSecret") ? [`(${token} does instead of the secret)`] : []),
  ].join(" ");
}
