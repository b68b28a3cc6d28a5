import * as pulumi from "@pulumi/pulumi";
import { sanitizeOutput } from "../definition/sentences/sanitize-output";
import { PROGRAM_PROVIDER } from "./shim";

/**
 * Ends the program that runs now, with a report and without a stack trace. Call it from a timer, not from a promise.
 *
 * A program of its own process is ended by an error that nobody catches: Pulumi's language host prints a `RunError` as it
 * is. An inline program of the Automation API would hang on the resources that are never registered, and an uncaught error
 * would fail the other programs of the process, too; so there the engine is given something that it refuses.
 */
export function endProgram(words: string): void {
  const safeReport = sanitizeOutput(words);
  const isOwnProcess = runsInOwnProcess();
  if (pulumi.runtime.getStackResource() === undefined || isOwnProcess) {
    const error = new pulumi.RunError(safeReport);
    // When the program's file has run to its end, the host prints the stack of each error.
    if (isOwnProcess) error.stack = safeReport;
    throw error;
  }
  new RefusedProgram(safeReport);
}

/** The language host notes the engine's address here for other copies of the SDK in its process. */
const runsInOwnProcess = () => process.env["PULUMI_NODEJS_MONITOR"] !== undefined;

/** The provider fails its check, always and with the report, so that the engine ends the run. */
class RefusedProgram extends pulumi.CustomResource {
  constructor(report: string) {
    super("pulumi-nodejs:dynamic/cja:Program", "arguments", { report, __provider: PROGRAM_PROVIDER });
  }
}
