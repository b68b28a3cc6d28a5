import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { formatWarningLine } from "../model/notices";
import type { RawSettings } from "../model/settings/settings";
import { pulumi } from "./pulumi-process";
import type { CommandContext } from "./terminal";

/** The stack that a command works for. */
export interface CommandStack {
  /** By default the one that is selected there. */
  readonly stack?: string | undefined;
  /** The folder of the Pulumi project, or one in it; by default this one. */
  readonly cwd?: string | undefined;
}

/** The config of a stack, and what sets it. */
export interface StackConfig {
  readonly values: RawSettings;
  /** `pulumi config set --stack prod` */
  readonly setCommand: string;
}

const content = z.record(z.string(), z.object({ value: z.string().optional() }));

/**
 * The config of a stack, as `pulumi` tells it: only it knows which stack is selected, and can decrypt what is secret.
 *
 * @returns undefined outside of a project, and where pulumi cannot tell; then a line says so
 */
export async function stackConfig(
  { stack, cwd }: CommandStack,
  { environment, log }: CommandContext,
): Promise<StackConfig | undefined> {
  if (!isInProject(resolve(cwd ?? "."))) return undefined;
  const stackArgs = stack === undefined ? [] : ["--stack", stack];
  const args = ["config", "--json", "--show-secrets", "--non-interactive", ...stackArgs];
  try {
    const { output, status } = await pulumi(args, cwd, environment, log);
    if (status !== 0) throw new Error("pulumi config failed: see its output above");
    const values = content.parse(JSON.parse(output));
    log(`Settings that the environment does not have come from the config of ${stack ?? "the selected stack"}.`);
    const folder = cwd === undefined ? [] : ["--cwd", cwd];
    return {
      values: Object.fromEntries(Object.entries(values).map(([key, { value }]) => [key, value])),
      setCommand: ["pulumi config set", ...stackArgs, ...folder].join(" "),
    };
  } catch (error) {
    const reason = error instanceof z.ZodError || error instanceof SyntaxError ? "it is not JSON with settings" : error;
    const why = reason instanceof Error ? reason.message : reason;
    log(formatWarningLine(`the stack's config is not used: ${String(why)}`));
    return undefined;
  }
}

/** Pulumi, too, looks for the project in the folders above. */
function isInProject(folder: string): boolean {
  if (["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"].some((name) => existsSync(join(folder, name)))) return true;
  return dirname(folder) !== folder && isInProject(dirname(folder));
}
