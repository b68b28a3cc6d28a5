import { GRAMMAR, ruleOf } from "../../grammar/grammar";
import { isObject } from "../../json/value";
import type { Json, JsonObject } from "../../json/value";
import { extrasOf } from "../notes";
import { below } from "../path";
import type { Path } from "../path";
import type { Words } from "../style";
import type { Clause, Tell } from "./clause";
import { restriction } from "./restriction";
import type { RestrictionFunc } from "./restriction";

/** What stands before a step. */
type Remark = { readonly exclusion: readonly string[] } | { readonly restriction: Words };

/** A step as it stands in the stream, with everything that is said before it. */
interface Found {
  readonly remarks: readonly Remark[];
  /** Undefined at the end, where remarks have no step to belong to. */
  readonly clause: Clause | undefined;
  readonly path: Path;
}

/** The steps of a stream, each with the restrictions before it. */
export function steps(stream: readonly Json[], path: Path, tell: Tell): readonly Clause[] {
  const found = collect(stream, path, tell);
  const happens = found.map(({ remarks, clause }) => clause !== undefined && !isExcluded(remarks));
  const [first, last] = [happens.indexOf(true), happens.lastIndexOf(true)];
  return found.map((step, index) => {
    const isAfter = first !== -1 && first < index;
    const never = NEVER[`${isAfter}-${last > index}`];
    const inner = step.clause === undefined ? [] : [step.clause];
    const excluded = isExcluded(step.remarks) ? ({ excluded: true } as const) : {};
    return { is: "step", path: step.path, words: wordsOf(step, leadOf(step, isAfter), never), inner, ...excluded };
  });
}

/** How a step goes on from the one before it. */
function leadOf({ clause, remarks }: Found, isAfter: boolean): readonly string[] {
  if (clause === undefined) return ["and at the end"];
  if (isExcluded(remarks)) return [];
  return [isAfter ? "then" : "first"];
}

function wordsOf({ remarks, clause }: Found, lead: readonly string[], never: string): Words {
  return (style) => {
    const said = remarks.flatMap((remark) => {
      if ("restriction" in remark) return [remark.restriction(style)];
      return [style.connected ? never : "never", ...remark.exclusion];
    });
    const all = style.connected ? [...lead, ...said] : said;
    return all.length === 0 || clause === undefined ? all.join(", ") : `${all.join(", ")},`;
  };
}

/** When an excluded step must not happen: `after a step`-`before a step`, counting those that must happen. */
const NEVER: Readonly<Record<`${boolean}-${boolean}`, string>> = {
  "true-true": "but never in between",
  "true-false": "but never after that",
  "false-true": "never before the next step",
  "false-false": "never",
};

function collect(stream: readonly Json[], path: Path, tell: Tell): readonly Found[] {
  const found: Found[] = [];
  let remarks: Remark[] = [];
  for (const [index, entry] of stream.entries()) {
    const at = below(path, index);
    const remark = isObject(entry) ? remarkIn(entry) : undefined;
    if (remark !== undefined) remarks.push(remark);
    else {
      found.push({ remarks, clause: tell(entry, at), path: at });
      remarks = [];
    }
  }
  if (remarks.length > 0) found.push({ remarks, clause: undefined, path: below(path, stream.length - 1) });
  return found;
}

function remarkIn(node: JsonObject): Remark | undefined {
  const { func } = node;
  if (func === "exclude-next-checkpoint") return { exclusion: extrasOf(node, GRAMMAR[func].fields) };
  return ruleOf(func)?.is === "modifier" ? { restriction: restriction(node, func as RestrictionFunc) } : undefined;
}

function isExcluded(remarks: readonly Remark[]): boolean {
  return remarks.some((remark) => "exclusion" in remark);
}
