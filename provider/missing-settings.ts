import { CredentialsMissingError } from "./http/errors";
import type { Setting } from "../inputs";
import { variableOf } from "./setting-table";
import type { Settings } from "./settings";

/** What every request needs. */
type Needed = Extract<Setting, "orgId" | "clientId" | "clientSecret">;

/** What a request needs and is not set. An access token that is given stands for the client's secret. */
export const missingSettings = (settings: Settings): readonly Needed[] =>
  (["orgId", "clientId", "clientSecret"] as const).filter(
    (name) => settings[name] === undefined && !(name === "clientSecret" && settings.accessToken !== undefined),
  );

/** Told when the first request needs them, and all in one: a preview that sends nothing needs none. */
export class SettingsMissingError extends CredentialsMissingError {
  constructor([first = "orgId", ...others]: readonly Needed[]) {
    super(`cja:${first}`, variableOf(first), advice(first, others));
  }
}

function advice(first: Needed, others: readonly Needed[]): string {
  const all = [first, ...others];
  const also = others.map((name) => `cja:${name}`);
  return [
    ...(also.length > 0 ? [`Neither ${also.length === 1 ? "is" : "are"} ${also.join(" and ")}.`] : []),
    `Set the environment ${all.length === 1 ? "variable" : "variables"} ${all.map(variableOf).join(", ")},`,
    `or the stack's config: ${all.map(commandOf).join(", ")}`,
    ...(all.includes("clientSecret") ? ["(cja:accessToken, CJA_ACCESS_TOKEN, does instead of the secret)"] : []),
  ].join(" ");
}

const commandOf = (name: Needed): string =>
  `pulumi config set ${name === "clientSecret" ? "--secret " : ""}cja:${name} <value>`;
