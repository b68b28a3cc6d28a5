import { quoted } from "../../../definition/sentences/quote";
import { changes } from "../preview/changed";
import type { ResourceValues, Step } from "../preview/preview";
import { LATER, SECRET } from "../preview/values";
import { besideSecret, HIDDEN, holdsSecret } from "./beside-secret";
import { inWords } from "./field-changes";

type Values = Readonly<Record<string, unknown>>;

/** How the triggers differ from those of the last run, in words. What is secret is named, and not told. */
export function triggerChanges(step: Step): string[] {
  const wanted = step.after?.inputs["triggers"];
  const before = triggersOf(step.before);
  const told = Object.entries(recordOf(wanted)).flatMap(([name, value]) => {
    if (holdsSecret(before[name]) && holdsSecret(value) && inWords(before[name]) === inWords(value))
      return changes(step, "triggers", name) ? [secretChange(name)] : [];
    return triggerChange(name, before, value);
  });
  if (told.length > 0 || !holdsSecret(wanted) || !changes(step, "triggers")) return told;
  // The engine names the triggers as a whole: which one it is can be told where only one comes into question.
  const [only, ...others] = Object.entries(recordOf(wanted)).filter(([, value]) => holdsSecret(value));
  return [only && others.length === 0 ? secretChange(only[0]) : "a secret trigger changes"];
}

const secretChange = (name: string): string => `trigger ${quoted(name)} is secret, and changes`;

function triggerChange(name: string, before: Values, value: unknown): string[] {
  const [old, wanted] = [shown(besideSecret(before[name], value)), shown(value)];
  if (wanted.includes(LATER)) return [`trigger ${quoted(name)} is known only when it runs`];
  if (old === wanted) return [];
  return [
    Object.hasOwn(before, name)
      ? `trigger ${quoted(name)} changes from ${old} to ${wanted}`
      : `trigger ${quoted(name)} is new: ${wanted}`,
  ];
}

const shown = (value: unknown): string => (value === SECRET || value === HIDDEN ? value : inWords(value));

/** Those of the last run, which are outputs. An output is wholly secret where any part of it is: then the inputs tell more. */
function triggersOf(before: ResourceValues | undefined): Values {
  const { inputs = {}, outputs = {} } = before ?? {};
  return recordOf(outputs["triggers"] === SECRET ? inputs["triggers"] : (outputs["triggers"] ?? inputs["triggers"]));
}

const recordOf = (value: unknown): Values =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Values) : {};
