import type { EventEmitter } from "node:events";

/** What is done about a stream that takes no more. */
export interface BrokenStreams {
  readonly log: (line: string) => void;
  /** Whatever else the command ends with. */
  readonly fail: () => void;
}

/**
 * Lets a command go on when nobody reads what it prints (`| head -1`): it may still have to write files, or to post. Any other reason
 * is logged, and fails it.
 */
export function ignoreClosedPipes(output: EventEmitter, errors: EventEmitter, { log, fail }: BrokenStreams): void {
  let isReported = false;
  output.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE" || isReported) return;
    isReported = true;
    log(`pulumi-cja: standard output could not be written: ${error.message}. Free some space, or send it elsewhere.`);
    fail();
  });
  // There is nowhere left to say it.
  errors.on("error", () => undefined);
}
