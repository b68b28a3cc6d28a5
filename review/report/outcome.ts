import type { Report } from "./report";
import { changesAnything } from "./words";

/** What a gate can be set on. */
export const GATES = ["delete", "replace", "run", "drift"] as const;
export type Gate = (typeof GATES)[number];

/** Nothing changes; it could not be reviewed, or a gate is shut; something changes; something is deleted, replaced or run. */
export const EXIT = { nothing: 0, failed: 1, changes: 2, grave: 3 } as const;

/** The exit status of `pulumi-cja review`. */
export function exitStatus(report: Report): number {
  const { stacks, unreadable } = report;
  if (unreadable.length > 0 || stacks.some(({ failures }) => failures.length > 0)) return EXIT.failed;
  if (stacks.some(({ counts }) => counts.delete + counts.replace + counts.run > 0)) return EXIT.grave;
  return stacks.some((stack) => changesAnything(stack) || stack.drift.some(({ undone }) => undone))
    ? EXIT.changes
    : EXIT.nothing;
}

/** The gates that are shut by what the plans do: `2 to delete in web/prod`. */
export function shutGates(report: Report, gates: readonly Gate[]): string[] {
  return report.stacks.flatMap(({ counts, project, stack }) =>
    gates.filter((gate) => counts[gate] > 0).map((gate) => `${gate}: ${counts[gate]} in ${project}/${stack}`),
  );
}
