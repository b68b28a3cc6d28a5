#!/usr/bin/env node
import { Command } from "commander";
import { checkTargetCommand } from "./check-target";
import { compareCommand } from "./compare";
import { emulateCommand } from "./emulate";
import { explainCommand } from "./explain";
import { exportCommand } from "./export";
import { driftCommand } from "./drift";
import { holdersCommand } from "./holders";
import { jobsCommand } from "./jobs";
import { reviewCommand } from "./review";
import { outliveReaders } from "./standard-streams";
import { unmanagedCommand } from "./unmanaged";
import { packageVersion } from "../provider/package-version";

/** The `pulumi-cja` command. One file beside this one is one command. */
export function program(): Command {
  return new Command("pulumi-cja")
    .description("Tools around Adobe Customer Journey Analytics segments and Experience Platform segment jobs")
    .version(packageVersion(__dirname), "--version", "print the version")
    .helpOption("-h, --help", "print help")
    .showHelpAfterError("(pulumi-cja --help says more)")
    .addCommand(emulateCommand())
    .addCommand(explainCommand())
    .addCommand(reviewCommand())
    .addCommand(driftCommand())
    .addCommand(exportCommand())
    .addCommand(compareCommand())
    .addCommand(unmanagedCommand())
    .addCommand(holdersCommand())
    .addCommand(checkTargetCommand())
    .addCommand(jobsCommand());
}

if (require.main === module) {
  outliveReaders(process.stdout, process.stderr, {
    say: (line) => void process.stderr.write(`${line}\n`),
    // The command sets its own status when it is done.
    fail: () => void process.once("exit", () => (process.exitCode = 1)),
  });
  program()
    .parseAsync()
    .catch((error: unknown) => {
      process.stderr.write(`pulumi-cja: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    });
}
