#!/usr/bin/env node
import { Command } from "commander";
import { checkTargetCommand } from "./check-target";
import { compareCommand } from "./compare/command";
import { withSafeChannels } from "./safe-output";
import { emulateCommand } from "./emulate";
import { explainCommand } from "./explain";
import { exportCommand } from "./export/command";
import { driftCommand } from "./drift";
import { holdersCommand } from "./holders";
import { jobsCommand } from "./jobs/command";
import { sizeCommand } from "./size/command";
import { reviewCommand } from "./review/command";
import { ignoreClosedPipes } from "./standard-streams";
import { processTerminal } from "./terminal";
import { tryCommand } from "./try/command";
import { unmanagedCommand } from "./unmanaged";
import { sanitizeOutput } from "../definition/sentences/sanitize-output";
import { packageVersion } from "../provider/package-version";

/** The `pulumi-cja` command. One file beside this one is one command. */
export function program(): Command {
  const main = new Command("pulumi-cja")
    .description(
      "Tools for Adobe Customer Journey Analytics segments, and Experience Platform audiences and segment jobs",
    )
    .version(packageVersion(__dirname), "--version", "print the version")
    .helpOption("-h, --help", "print help")
    .showHelpAfterError("(run pulumi-cja --help for help)")
    .addCommand(emulateCommand())
    .addCommand(explainCommand())
    .addCommand(tryCommand())
    .addCommand(reviewCommand())
    .addCommand(sizeCommand())
    .addCommand(driftCommand())
    .addCommand(exportCommand())
    .addCommand(compareCommand())
    .addCommand(unmanagedCommand())
    .addCommand(holdersCommand())
    .addCommand(checkTargetCommand())
    .addCommand(jobsCommand());
  // What commander says of arguments.
  const writeErr = (text: string) => void process.stderr.write(sanitizeOutput(text));
  for (const command of [main, ...main.commands]) command.configureOutput({ writeErr });
  return main;
}

if (require.main === module) {
  const { log, exit } = withSafeChannels(processTerminal());
  ignoreClosedPipes(process.stdout, process.stderr, {
    log,
    // The command sets its own status when it is done.
    fail: () => void process.once("exit", () => exit(1)),
  });
  program()
    .parseAsync()
    .catch((error: unknown) => {
      log(`pulumi-cja: ${error instanceof Error ? error.message : String(error)}`);
      exit(1);
    });
}
