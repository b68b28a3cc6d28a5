import type * as pulumi from "@pulumi/pulumi";
import { dynamicProvider } from "./dynamic/resource-provider";
import { thisProcess } from "./state/engine-process";
import { openRuntime } from "./open-runtime";
import { exitOnSignal, exitWithEngine } from "./state/exit-with-engine";
import { ownManifest } from "./package-version";
import type { Runtime } from "./runtime";
import { InvalidSettingsError } from "./settings-errors";
import { SETTING_NAMES } from "../model";
import { providerName, RESOURCE_KINDS, type ResourceKind } from "../model/resource-kinds";
import { parseSettings } from "../model/settings/settings";

/**
 * The one runtime of a provider process. The engine starts a process for each operation and configures it once, with the
 * config of the stack, before its first question; all resources share what is in it.
 */
let runtime: Runtime | undefined;

function configure(config: (key: string) => string | undefined): void {
  if (runtime) return;
  const values = Object.fromEntries(SETTING_NAMES.map((name) => [`cja:${name}`, config(`cja:${name}`)]));
  const self = thisProcess(process.pid, process.argv.slice(2));
  exitWithEngine(self, () => process.exit(1));
  const newRuntime = openRuntime(
    parseSettings(values, process.env),
    self,
    (line) => void process.stderr.write(`${line}\n`),
  );
  exitOnSignal(newRuntime.endAllAnswered, () => process.exit());
  runtime = newRuntime;
}

function getRuntime(): Runtime {
  if (!runtime) throw new InvalidSettingsError(sdkTooOldReport());
  return runtime;
}

/** An old SDK knows no `configure`. Only npm refuses to install beside it: other package managers warn. */
function sdkTooOldReport(): string {
  const needed = `@pulumi/pulumi@${ownManifest(__dirname)?.peerDependencies?.["@pulumi/pulumi"] ?? "latest"}`;
  return `The @pulumi/pulumi of this project is too old: it does not give the stack's config to pulumi-cja. Run npm install "${needed}", or the same of your package manager. Nothing was sent or changed.`;
}

const providers = Object.fromEntries(
  RESOURCE_KINDS.map((kind) => [
    providerName(kind),
    dynamicProvider(configure, getRuntime, () => getRuntime().lifecycles[kind]),
  ]),
) as Record<Uncapitalize<ResourceKind>, pulumi.dynamic.ResourceProvider>;

/** What the dynamic resources run: loaded by name from the text in state. */
export const { segment, segmentJob, audience } = providers;
