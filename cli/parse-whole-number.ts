import { InvalidArgumentError } from "commander";

/** A number of the command line, from 1. */
export function parseWholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("Use a whole number from 1.");
  return Number(text);
}
