import { settingMistakes } from "../model";
import { thisProcess } from "../provider/state/engine-process";
import { openRuntime } from "../provider/open-runtime";
import type { Runtime } from "../provider/runtime";
import { parseSettings, type Settings } from "../model/settings/settings";
import { missingSettings, throwIfSettingsInvalid } from "../provider/settings-errors";
import { stackConfig, type CommandStack } from "./stack-config";
import type { CommandContext } from "./terminal";

export type CommandRuntime = Runtime & { readonly settings: Settings };

/** What a command works with. `needs`: which settings, where it sends nothing. */
export interface CommandSettings extends CommandStack {
  readonly required?: ReturnType<typeof missingSettings>;
}

/**
 * The runtime of a command: its settings are those of the environment, and where these are not enough the config of the stack, if it
 * runs in a Pulumi project.
 *
 * @throws InvalidSettingsError
 */
export async function openCommandRuntime(
  context: CommandContext,
  { required, ...stack }: CommandSettings = {},
): Promise<CommandRuntime> {
  const { environment, log } = context;
  const missing = missingSettings(parseSettings({}, environment).settings);
  const isMissingSettings = missing.some((name) => required?.includes(name) ?? true);
  const config = isMissingSettings ? await stackConfig(stack, context) : undefined;
  const parsed = { ...parseSettings(config?.values ?? {}, environment), setCommand: config?.setCommand };
  const runtime = openRuntime(parsed, thisProcess(process.pid, []), log);
  throwIfSettingsInvalid([...settingMistakes(Object.keys(config?.values ?? {})), ...runtime.mistakes]);
  return { ...runtime, settings: parsed.settings };
}
