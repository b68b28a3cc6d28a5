import { thisProcess } from "../provider/engine-process";
import { openRuntime } from "../provider/open-runtime";
import type { Runtime } from "../provider/runtime";
import { parseSettings, type Settings } from "../provider/settings";
import { refuseWrongSettings } from "../provider/wrong-settings";
import type { Terminal } from "./terminal";

export type CommandRuntime = Runtime & { readonly settings: Settings };

/**
 * The runtime of a command, which has no stack: its settings are those of the environment.
 *
 * @throws WrongSettingsError
 */
export function openCommandRuntime({ environment, say }: Pick<Terminal, "environment" | "say">): CommandRuntime {
  const parsed = parseSettings({}, environment);
  refuseWrongSettings(parsed.mistakes);
  return { ...openRuntime(parsed, thisProcess(process.pid, []), say), settings: parsed.settings };
}
