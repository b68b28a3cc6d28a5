import type { FoundObject, Visit, Walk } from "./walk";
import { ruleOf } from "../grammar/grammar";
import { MAX_VALUES } from "../limits";
import { read, shapeOf } from "../shape";

/** Checks what no single field tells: fields that say something only together. */
export function checkTogether(walk: Walk, visit: Visit, func: string, found: FoundObject): void {
  const kind = ruleOf(func)?.is;
  if (kind === "container") checkScope(walk, visit, found);
  if (kind === "sequence") checkSteps(walk, visit, found);
  if (func === "range") checkBounds(walk, visit, found);
  if (kind === "leaf") checkDays(walk, visit, found);
}

/** Analytics was seen to refuse a `sequence` right under `hits`: one hit has no order. */
function checkScope(walk: Walk, visit: Visit, found: FoundObject): void {
  if (valueAt(found.value, "context") !== "hits") return;
  const pred = shapeOf(valueAt(found.value, "pred"));
  if (pred.is !== "object" || valueAt(pred.value, "func") !== "sequence") return;
  walk.warn(visit, 'the service refuses a "sequence" directly under "hits"; use "visits" or "visitors"', "context");
}

function checkSteps(walk: Walk, visit: Visit, found: FoundObject): void {
  const stream = shapeOf(valueAt(found.value, "stream"));
  if (stream.is !== "list" || stream.length === 0 || stream.length > MAX_VALUES) return;
  for (let index = 0; index < stream.length; index += 1) {
    const step = shapeOf(valueAt(stream.value, index));
    if (step.is !== "object" || ruleOf(valueAt(step.value, "func"))?.is !== "modifier") return;
  }
  walk.error(visit, "found no step: a restriction says something about the containers around it", "stream");
}

function checkDays(walk: Walk, visit: Visit, found: FoundObject): void {
  const val = shapeOf(valueAt(found.value, "val"));
  const dimension = val.is === "object" ? valueAt(val.value, "name") : undefined;
  for (const key of ["num", "list"]) {
    const day = dayOf(dimension, valueAt(found.value, key));
    if (day !== undefined) walk.warn(visit, day, key);
  }
}

function checkBounds(walk: Walk, visit: Visit, found: FoundObject): void {
  const bounds = ["low", "high"].map((key) => valueAt(found.value, key));
  if (bounds.every((bound) => bound === null || bound === undefined)) {
    walk.error(visit, 'found no bound, give "low" or "high" a number');
  }
}

/** The value, or undefined where it cannot be read: that is reported where the value itself is checked. */
function valueAt(container: object, key: string | number): unknown {
  const reading = read(container, key);
  return "value" in reading ? reading.value : undefined;
}

const DATES = /^variables\/daterange(minute|hour|day|week|month|quarter)$/;

/** Years since 1900, months from 0: `1220114` is 14 February 2022, `122011415` its hour 15. */
const NUMBER = /^1(\d\d)(0\d|1[01])(?:(0[1-9]|[12]\d|3[01])(?:([01]\d|2[0-3])([0-5]\d)?)?)?$/;

/**
 * Says which day a number of a date dimension is: Analytics numbers days so, and clients in R and Python send the numbers
 * (https://github.com/SDITools/adobeanalyticsr). A reader takes them for anything.
 *
 * @param value a number, or a list of them, of which the first counts
 */
function dayOf(dimension: unknown, value: unknown): string | undefined {
  if (typeof dimension !== "string" || !DATES.test(dimension)) return undefined;
  const number = firstOf(value);
  const [, year, month, day, hour, minute = "00"] = (number && NUMBER.exec(number)) ?? [];
  if (year === undefined || month === undefined) return undefined;
  const time = hour === undefined ? "" : ` ${hour}:${minute}`;
  const date = [`20${year}`, String(Number(month) + 1).padStart(2, "0"), ...(day === undefined ? [] : [day])].join("-");
  return `found the number ${number}, which is ${date}${time} as Analytics and its R package number time (years since 1900, months from 0); a date range is clearer: {"func": "datetime-within", "interval-value": …}`;
}

function firstOf(value: unknown): string | undefined {
  const found = shapeOf(value);
  if (found.is === "number") return String(found.value);
  if (found.is !== "list" || found.length === 0) return undefined;
  const first = read(found.value, 0);
  return "value" in first && typeof first.value === "number" ? String(first.value) : undefined;
}
