import { quoted } from "../../../definition/sentences/quote";
import type { Report, StackReport } from "./report";
import { countText, sizeOf, unknownReason } from "../../size/size-change";
import { changesAnything, headingName, driftNotChecked, otherAction } from "./words";

/** What a gate can be set on. */
export const GATES = ["delete", "replace", "run", "drift"] as const;
/** Shut where the number of persons changes by more than so many percent, or is not known. */
export interface SizeGate {
  readonly sizeOver: number;
}
export type Gate = (typeof GATES)[number] | SizeGate;

/** As they are written on a command line. */
export const GATE_NAMES = [...GATES, "size>20%"] as const;

type PlanGate = (typeof GATES)[number];

/** Nothing changes; it could not be reviewed, or a gate is shut; something changes; something is deleted, replaced or run. */
export const EXIT_STATUS = { nothing: 0, failed: 1, changes: 2, grave: 3 } as const;

/** The exit status of `pulumi-cja review`. */
export function exitStatus(report: Report): number {
  const { stacks, unreadable } = report;
  if (unreadable.length > 0 || stacks.some(({ failures }) => failures.length > 0)) return EXIT_STATUS.failed;
  if (stacks.some((stack) => SEVERE.some((gate) => countOf(stack, gate) > 0))) return EXIT_STATUS.grave;
  return stacks.some((stack) => changesAnything(stack) || stack.drift.some(({ undone }) => undone))
    ? EXIT_STATUS.changes
    : EXIT_STATUS.nothing;
}

const SEVERE = ["delete", "replace", "run"] as const;

/** The gates that are shut by what the plans do, each with the reason: `delete: 2 in web/prod`. */
export const violatedGates = (report: Report, gates: readonly Gate[]): string[] =>
  report.stacks.flatMap((stack) =>
    gates.flatMap((gate) => (typeof gate === "string" ? violationText(stack, gate) : sizeViolation(stack, gate)) ?? []),
  );

/** A size that nobody knows may be any. A new segment has none to compare with. */
function sizeViolation(stack: StackReport, { sizeOver }: SizeGate): string | undefined {
  const found = [...stack.segments, ...stack.audiences].flatMap(({ name, size }) => {
    if (!size?.before) return [];
    const unknown = unknownReason(size);
    if (unknown !== undefined) return [`${quoted(name)} not known: ${unknown}`];
    const [before, after] = [sizeOf(size.before)?.persons ?? 0, sizeOf(size.after)?.persons ?? 0];
    // In whole persons: 7% more than 100 are not more than 7%.
    const isOver = Math.abs(after - before) * 100 > sizeOver * before;
    return isOver ? [`${quoted(name)} ${countText(before)} → ${countText(after)} persons`] : [];
  });
  return found.length === 0 ? undefined : `size>${sizeOver}%: ${found.join(", ")} in ${headingName(stack)}`;
}

function violationText(stack: StackReport, gate: PlanGate): string | undefined {
  const count = countOf(stack, gate);
  if (count > 0) return `${gate}: ${count} in ${headingName(stack)}`;
  const unknown = stack.others.find((other) => otherAction(other) === undefined);
  if (unknown)
    return `${gate}: pulumi-cja does not know what ${quoted(unknown.action)} does to ${quoted(unknown.resource)} in ${headingName(stack)}; update pulumi-cja`;
  return gate === "drift" && driftNotChecked(stack)
    ? `drift: ${headingName(stack)} was planned without --refresh, so drift was not checked`
    : undefined;
}

/** Of segments, jobs and whatever else is in the stack. */
const countOf = ({ counts, others }: StackReport, gate: PlanGate): number =>
  counts[gate] + others.filter(({ action }) => (REPLACEMENT_PARTS[action] ?? action) === gate).length;

/** Parts of replacements count as what they do, where the plan does not list the whole. */
const REPLACEMENT_PARTS: Readonly<Record<string, PlanGate>> = {
  "create-replacement": "replace",
  "delete-replaced": "delete",
  "import-replacement": "replace",
  "read-replacement": "replace",
};
