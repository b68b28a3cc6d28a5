#!/usr/bin/env node
import { Command } from "commander";
import { emulateCommand } from "./emulate";
import { explainCommand } from "./explain";
import { driftCommand } from "./drift";
import { reviewCommand } from "./review";
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
    .addCommand(driftCommand());
}

if (require.main === module) {
  program()
    .parseAsync()
    .catch((error: unknown) => {
      process.stderr.write(`pulumi-cja: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    });
}
