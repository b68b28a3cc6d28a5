import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { createInterface } from "node:readline";
import { text as readAll } from "node:stream/consumers";

export interface PulumiOutput {
  readonly output: string;
  readonly status: number;
}

/**
 * Runs `pulumi` and returns what it prints.
 *
 * @param cwd the folder of the Pulumi project; undefined for this one
 * @param log gets each line of its standard error
 * @throws Error where it cannot be started, or the folder is not there
 */
export async function pulumi(
  args: readonly string[],
  cwd: string | undefined,
  environment: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Promise<PulumiOutput> {
  // Else the error would be that there is no pulumi.
  if (cwd !== undefined && !statSync(cwd, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`there is no folder ${cwd}`);
  // Of a preview `pulumi` refuses the yes that somebody's shell gives beforehand to all its questions.
  const env = { ...environment, PULUMI_SKIP_CONFIRMATIONS: undefined };
  // Arguments, and no shell: a stack's name is a name, whatever stands in it.
  const child = spawn("pulumi", args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  // `once` fails with the event "error", too.
  const ended = once(child, "close").catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `could not start pulumi (${reason}). Install it and put it on the PATH: https://www.pulumi.com/docs/install/`,
    );
  });
  createInterface(child.stderr).on("line", log);
  const [output] = await Promise.all([readAll(child.stdout), ended]);
  return { output, status: child.exitCode ?? 1 };
}
