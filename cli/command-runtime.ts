import { settingMistakes } from "../model";
import { thisProcess } from "../provider/state/engine-process";
import { openRuntime } from "../provider/open-runtime";
import type { Runtime } from "../provider/runtime";
import { parseSettings, type Settings } from "../model/settings/settings";
import { missingSettings, throwIfSettingsInvalid } from "../provider/settings-errors";
import { stackConfig, type CommandStack } from "./stack-config";
import type { Surroundings } from "./terminal";

export type CommandRuntime = Runtime & { readonly settings: Settings };

/** What a command works with. `needs`: which settings, where it sends nothing. */
export interface CommandSettings extends CommandStack {
  readonly needs?: ReturnType<typeof missingSettings>;
}

/**
 * The runtime of a command: its settings are those of the environment, and where these are not enough the config of the stack, if it
 * runs in a Pulumi project.
 *
 * @throws InvalidSettingsError
 */
export async function openCommandRuntime(
  surroundings: Surroundings,
  { needs, ...stack }: CommandSettings = {},
): Promise<CommandRuntime> {
  const { environment, say } = surroundings;
  const missing = missingSettings(parseSettings({}, environment).settings);
  const lacks = missing.some((name) => needs?.includes(name) ?? true);
  const config = lacks ? await stackConfig(stack, surroundings) : undefined;
  const parsed = { ...parseSettings(config?.values ?? {}, environment), setCommand: config?.setCommand };
  const runtime = openRuntime(parsed, thisProcess(process.pid, []), say);
  throwIfSettingsInvalid([...settingMistakes(Object.keys(config?.values ?? {})), ...runtime.mistakes]);
  return { ...runtime, settings: parsed.settings };
}
