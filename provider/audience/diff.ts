import { equalExpressions } from "../../definition/pql/expression";
import {
  AUDIENCE_BODY_FIELDS,
  AUDIENCE_DEFAULTS,
  isSameAudienceValue,
  type AudienceBodyField,
  type AudienceContent,
  type AudienceInputs,
} from "../../model/audience-field-lists";
import { pick } from "../../model/fields";
import type { Diff } from "../lifecycle";
import { hasUnknown, isUnknown } from "../unknown-values";
import type { AudienceState } from "./state";

/** What makes another audience, with another ID. */
export type ReplacingArgument = "schemaName" | "sandbox";

/** The fields in which an audience differs from what the program wants. What the program does not manage is not compared. */
export function changedFields(found: Partial<AudienceContent>, desired: AudienceContent): Partial<AudienceContent> {
  const wanted = { ...AUDIENCE_DEFAULTS, ...desired };
  return pick(
    wanted,
    AUDIENCE_BODY_FIELDS.filter(
      (name) => name !== "schemaName" && wanted[name] !== undefined && !isSameField(name, found, wanted),
    ),
  );
}

/**
 * What the engine shall do. Another schema or sandbox is another audience; the options say how an audience is made or replaced, not what
 * it is, so a change of them alone is none.
 *
 * @param defaultSandbox the setting `cja:sandbox`
 */
export function diff(state: AudienceState, news: AudienceInputs, defaultSandbox: string): Diff {
  const replaces = replacingArguments(state, news, defaultSandbox);
  if (replaces.length > 0) {
    // Another default sandbox is another audience although no argument of the program differs.
    const isDefaultSandbox = replaces.every((name) => name === "sandbox") && news.sandbox === state.sandbox;
    return { kind: "replace", replaces, ...(isDefaultSandbox && { withoutInputChange: true }) };
  }
  return updatingArguments(state, news).length > 0 ? { kind: "update" } : { kind: "same" };
}

export function replacingArguments(
  state: AudienceState,
  news: AudienceInputs,
  defaultSandbox: string,
): ReplacingArgument[] {
  const sandbox = news.sandbox ?? defaultSandbox;
  return [
    ...(isSameField("schemaName", state, news) ? [] : (["schemaName"] as const)),
    ...(sandbox === (state.sandboxName ?? state.sandbox ?? defaultSandbox) ? [] : (["sandbox"] as const)),
  ];
}

/** The arguments in which a plan differs from the state, but for those that make another audience. */
export function updatingArguments(state: AudienceState, news: AudienceInputs): string[] {
  const changed = AUDIENCE_BODY_FIELDS.filter((name) => name !== "schemaName" && isChangedArgument(name, state, news));
  const mergePolicy = news.mergePolicy === state.mergePolicy ? [] : ["mergePolicy"];
  const policy = isSameAudienceValue("deletionPolicy", state.deletionPolicy, news.deletionPolicy);
  return [...changed, ...mergePolicy, ...(policy ? [] : ["deletionPolicy"])];
}

/** To manage something no longer is a change, too, though nothing is written for it. */
function isChangedArgument(name: AudienceBodyField, state: AudienceState, news: AudienceInputs): boolean {
  const isManaged = news[name] !== undefined || AUDIENCE_DEFAULTS[name] !== undefined;
  if (isManaged) return !isSameField(name, state, news);
  return state[name] !== undefined && state.unsaid?.includes(name) !== true;
}

function isSameField(name: AudienceBodyField, found: Partial<AudienceContent>, wanted: Partial<AudienceContent>) {
  if (name !== "expression") return !isUnknown(wanted[name]) && isSameAudienceValue(name, found[name], wanted[name]);
  const { expression } = wanted;
  return found.expression !== undefined && !hasUnknown(expression) && equalExpressions(found.expression, expression);
}
