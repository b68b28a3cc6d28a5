import { enterKeys } from "./enter";
import type { FoundObject } from "./enter";
import type { Fields } from "../grammar/field";
import { counterpart, counterpartOfType, otherNames } from "./suggestion";
import { nearest } from "./nearest";
import { shorten } from "../shorten";
import type { Expectation, Visit } from "./visit";
import type { Walk } from "./walk";
import { exampleOf, oneOf } from "./wanted";

/**
 * Checks which fields an object has, and looks at their values later. A missing field that stands there under another
 * name is one mistake, at that name, and its value is checked as what it was meant to be.
 */
export function checkFields(walk: Walk, visit: Visit, found: FoundObject, func: string, fields: Fields): void {
  const extra = new Set(found.keys.filter((key) => key !== "func" && !Object.hasOwn(fields, key)));
  const meant = new Map<string, Expectation>();
  for (const [field, rule] of Object.entries(fields)) {
    if (rule.optional || found.keys.includes(field)) continue;
    const written = writtenFor(field, extra);
    if (written !== undefined) {
      walk.error(visit, `"${func}" has no field "${shorten(written)}", did you mean "${field}"?`, written);
      meant.set(written, rule);
      extra.delete(written);
    } else if (!explainsOtherForm(walk, visit, func, field, extra, meant)) {
      walk.error(visit, `missing, add "${field}": ${exampleOf(rule)}`, field);
    }
  }
  enterKeys(walk, visit, found, (key) => {
    if (key === "func") return undefined;
    const rule = meant.get(key) ?? (Object.hasOwn(fields, key) ? fields[key] : undefined);
    if (rule !== undefined) return rule;
    const close = nearest(
      key,
      Object.keys(fields).filter((field) => !found.keys.includes(field)),
    );
    const said =
      close === undefined
        ? `"${func}" has no such field (it has ${oneOf(["func", ...Object.keys(fields)])})`
        : `"${func}" has no field "${shorten(key)}", did you mean "${close}"?`;
    walk.warn(visit, said, key);
    return { is: "anything" };
  });
}

/** The name under which a missing field was written. */
export function writtenFor(field: string, extra: ReadonlySet<string>): string | undefined {
  const known = otherNames(field).find((name) => extra.has(name));
  if (known !== undefined) return known;
  for (const key of extra) if (nearest(key, [field]) !== undefined) return key;
  return undefined;
}

/** `streq` with a `list` or a `num`, or `streq-in` with a `str`: the value is right and the function is not. */
function explainsOtherForm(
  walk: Walk,
  visit: Visit,
  func: string,
  field: string,
  extra: Set<string>,
  meant: Map<string, Expectation>,
): boolean {
  const written = ["str", "num", "list"].find((value) => extra.has(value));
  if (written === undefined || !["str", "num", "list"].includes(field)) return false;
  const other = field === "list" || written === "list" ? counterpart(func) : counterpartOfType(func);
  if (other === undefined) return false;
  walk.error(visit, `"${func}" takes "${field}"; with "${written}" it is "${other}"`, written);
  meant.set(written, { is: "anything" });
  extra.delete(written);
  return true;
}
