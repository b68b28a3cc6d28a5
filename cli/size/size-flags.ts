import { InvalidArgumentError } from "commander";
import { MAX_DAYS, type SizeRange } from "../../provider/size/size";
import { parseWholeNumber } from "../parse-whole-number";

export const DEFAULT_RANGE: SizeRange = { days: 30 };
/** Both sides of 60 changed segments of one data view. The allowance of a contract is not published. */
const DEFAULT_MAX_REPORTS = 20;

export function parseRange(text: string): SizeRange {
  const days = /^(\d{1,4})d$/.exec(text)?.[1];
  if (days === undefined || Number(days) < 1 || Number(days) > MAX_DAYS)
    throw new InvalidArgumentError(`Use a number of days from 1d to ${MAX_DAYS}d, such as 30d.`);
  return { days: Number(days) };
}

/** The option of every command that counts. */
export const MAX_REPORTS_OPTION = [
  "--max-reports <number>",
  "ask Adobe for so many reports and estimates at most: they count against an allowance of your contract",
  parseWholeNumber,
  DEFAULT_MAX_REPORTS,
] as const;
