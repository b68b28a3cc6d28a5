import { quoted } from "../../../definition/sentences/quote";
import type { Report, StackReport } from "./report";
import { changesAnything, headingName, driftNotChecked, otherAction } from "./words";

/** What a gate can be set on. */
export const GATES = ["delete", "replace", "run", "drift"] as const;
export type Gate = (typeof GATES)[number];

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
  report.stacks.flatMap((stack) => gates.flatMap((gate) => violationText(stack, gate) ?? []));

function violationText(stack: StackReport, gate: Gate): string | undefined {
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
const countOf = ({ counts, others }: StackReport, gate: Gate): number =>
  counts[gate] + others.filter(({ action }) => (REPLACEMENT_PARTS[action] ?? action) === gate).length;

/** Parts of replacements count as what they do, where the plan does not list the whole. */
const REPLACEMENT_PARTS: Readonly<Record<string, Gate>> = {
  "create-replacement": "replace",
  "delete-replaced": "delete",
  "import-replacement": "replace",
  "read-replacement": "replace",
};
