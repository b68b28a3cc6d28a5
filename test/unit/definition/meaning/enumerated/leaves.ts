import type { Attr, Leaf, NumericOperand } from "../../../../../definition";
import { startAndEnd } from "./time";
import { unitsOf, type Events, type Row, type Sight } from "./units";

type Comparison = Exclude<Leaf, { readonly func: "segment-ref" }>;

/** Whether one of the events, or what is counted over all of them, satisfies a comparison. */
export function isTrueOn(sight: Sight, leaf: Comparison, unit: Events): boolean {
  if ("val" in leaf && counts(leaf.val)) {
    const number = countOf(sight, leaf.val, unit);
    const [isNot, func] = positive(leaf.func);
    return compares({ ...leaf, func } as Comparison, number) !== isNot;
  }
  return unit.some((row) => isTrueOf(sight, leaf, row));
}

const counts = (val: NumericOperand): boolean => val.func !== "attr" || val.name.startsWith("metrics/");

/** A comparison whose name begins with `not-` is the opposite of the other one, value by value. */
const positive = (func: string): readonly [isNot: boolean, func: string] =>
  func.startsWith("not-") ? [true, func.slice("not-".length)] : [false, func];

function countOf(sight: Sight, val: NumericOperand, unit: Events): number {
  if (val.func === "total-distinct") {
    return new Set(unit.flatMap((row) => valuesOn(sight, val.field, row))).size;
  }
  const name = val.func === "total" ? val.evt.name : val.name;
  const given = unit.filter((row) => listOf(row.sample.values[name]).length > 0);
  if (given.length === 0 && name === "metrics/visits") return unitsOf("visits", unit, sight.all).length;
  if (given.length === 0 && name === "metrics/visitors") return unitsOf("visitors", unit, sight.all).length;
  // Only occurrences are counted event by event.
  const counting = given.length > 0 && name !== "metrics/occurrences" ? given : unit;
  return counting.reduce((sum, row) => sum + amountOf(row, name), 0);
}

function amountOf(row: Row, name: string): number {
  const list = listOf(row.sample.values[name]);
  if (list.length === 0) return ["metrics/occurrences", "metrics/visits", "metrics/visitors"].includes(name) ? 1 : 0;
  return list.reduce<number>(
    (sum, value) => sum + (typeof value === "boolean" ? Number(value) : (number(value) ?? 0)),
    0,
  );
}

function isTrueOf(sight: Sight, leaf: Comparison, row: Row): boolean {
  const [isNot, func] = positive(leaf.func);
  if ("evt" in leaf) return (amountOf(row, leaf.evt.name) !== 0) !== isNot;
  if ("interval-value" in leaf) {
    const [start, end] = startAndEnd(sight.options, leaf["interval-value"].id);
    return start <= row.time && row.time < end;
  }
  const values = valuesOn(sight, leaf.val as Attr, row);
  if (func === "exists") return values.length > 0 !== isNot;
  const same = { ...leaf, func } as Comparison;
  if (isNot) return values.length === 0 || values.some((value) => !compares(same, value));
  return values.some((value) => compares(same, value));
}

export function valuesOn(sight: Sight, attr: Attr, row: Row): string[] {
  const own = textsOf(row.sample.values[attr.name]);
  const model = attr["allocation-model"] ?? undefined;
  if (model === undefined) return [...own, ...textsOf(row.sample.persisted?.[attr.name])];
  if (model.func === "allocation-instance") return own;
  const [around = []] = unitsOf(model.context === "sessions" ? "visits" : "visitors", [row], sight.all);
  const before = around
    .slice(0, around.indexOf(row))
    .map((earlier) => textsOf(earlier.sample.values[attr.name]))
    .findLast((values) => values.length > 0);
  return own.filter((value) => !before?.includes(value));
}

type Values = Row["sample"]["values"][string] | undefined;

const listOf = (values: Values): readonly (string | number | boolean)[] =>
  values === undefined || values === null ? [] : [values].flat();

const textsOf = (values: Values): string[] => listOf(values).map(String);

function number(value: string | number): number | undefined {
  if (typeof value === "number") return value;
  return /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(value) && Number.isFinite(Number(value))
    ? Number(value)
    : undefined;
}

/** Whether one value, or a count, satisfies a comparison that is no `not-`. */
function compares(leaf: Comparison, value: string | number): boolean {
  if ("str" in leaf) return comparesText(leaf.func, leaf.str, String(value));
  if ("glob" in leaf) return isLike(leaf.glob, String(value));
  if ("regex" in leaf) return new RegExp(leaf.regex).test(String(value));
  const found = number(value);
  if ("num" in leaf) return found !== undefined && comparesNumber(leaf.func, leaf.num, found);
  if ("list" in leaf)
    return leaf.func.startsWith("eq")
      ? (leaf.list as unknown[]).includes(found)
      : comparesTexts(leaf.func, leaf.list as string[], String(value));
  if (leaf.func !== "range") throw new Error(`no comparison: ${leaf.func}`);
  return found !== undefined && found >= (leaf.low ?? -Infinity) && found <= (leaf.high ?? Infinity);
}

function comparesText(func: string, str: string, value: string): boolean {
  switch (func) {
    case "streq":
      return value === str;
    case "strlt":
      return value < str;
    case "strgt":
      return value > str;
    case "strle":
      return value <= str;
    case "strge":
      return value >= str;
    case "contains":
      return value.split(str).length > 1 || str === "";
    case "starts-with":
      return value.slice(0, str.length) === str;
    case "ends-with":
      return value.slice(value.length - str.length) === str && value.length >= str.length;
    default:
      throw new Error(`no comparison: ${func}`);
  }
}

function comparesTexts(func: string, list: readonly string[], value: string): boolean {
  switch (func) {
    case "streq-in":
      return list.some((str) => str === value);
    case "contains-any-of":
      return list.some((str) => comparesText("contains", str, value));
    case "contains-all-of":
      return list.every((str) => comparesText("contains", str, value));
    default:
      throw new Error(`no comparison: ${func}`);
  }
}

function comparesNumber(func: string, num: number, value: number): boolean {
  switch (func) {
    case "eq":
      return value === num;
    case "gt":
      return value > num;
    case "lt":
      return value < num;
    case "ge":
      return value >= num;
    case "le":
      return value <= num;
    default:
      throw new Error(`no comparison: ${func}`);
  }
}

/** A star stands for any text: each length of it is tried. */
function isLike(glob: string, value: string): boolean {
  if (glob === "") return value === "";
  if (glob.startsWith("*")) {
    return Array.from({ length: value.length + 1 }, (_, length) => value.slice(length)).some((rest) =>
      isLike(glob.slice(1), rest),
    );
  }
  const literal = glob.startsWith("\\*") ? "\\*" : glob.slice(0, 1);
  return value.startsWith(literal.slice(-1)) && isLike(glob.slice(literal.length), value.slice(1));
}
