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
  if (pulumi.runtime.getStackResource() === undefined || runsInOwnProcess()) throw new pulumi.RunError(safeReport);
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
