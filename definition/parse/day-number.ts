import { read, shapeOf } from "../shape";

const DATES = /^variables\/daterange(minute|hour|day|week|month|quarter)$/;

/** Years since 1900, months from 0: `1220114` is 14 February 2022, `122011415` its hour 15. */
const NUMBER = /^1(\d\d)(0\d|1[01])(?:(0[1-9]|[12]\d|3[01])(?:([01]\d|2[0-3])([0-5]\d)?)?)?$/;

/**
 * Says which day a number of a date dimension is: Analytics numbers days so, and clients in R and Python send the numbers
 * (definition-grammar, section 4). A reader takes them for anything.
 *
 * @param value a number, or a list of them, of which the first is told
 */
export function dayOf(dimension: unknown, value: unknown): string | undefined {
  if (typeof dimension !== "string" || !DATES.test(dimension)) return undefined;
  const number = firstOf(value);
  const [, year, month, day, hour, minute = "00"] = (number && NUMBER.exec(number)) ?? [];
  if (year === undefined || month === undefined) return undefined;
  const time = hour === undefined ? "" : ` ${hour}:${minute}`;
  const date = [`20${year}`, String(Number(month) + 1).padStart(2, "0"), ...(day === undefined ? [] : [day])].join("-");
  return `found the number ${number}, which is ${date}${time} as Analytics and its R package number time (years since 1900, months from 0); a date range says it in words: {"func": "datetime-within", "interval-value": …}`;
}

function firstOf(value: unknown): string | undefined {
  const found = shapeOf(value);
  if (found.is === "number") return String(found.value);
  if (found.is !== "list" || found.length === 0) return undefined;
  const first = read(found.value, 0);
  return "value" in first && typeof first.value === "number" ? String(first.value) : undefined;
}
