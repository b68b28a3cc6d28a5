import { countText, explanationText } from "../../definition/evaluate/why";
import { tableLines } from "../../definition/evaluate/expect-segment";
import { escapeInvisible } from "../escape-invisible";
import type { Difference } from "./difference";
import type { Count, Judgement, Verdict } from "./judge";

/** What a definition does with a file of events, for a terminal or a log. */
export function resultText(judgement: Judgement, shown: readonly Verdict[], left: Count): string {
  const { persons, sessions, events } = judgement;
  const notIn = left.all - left.selected;
  const more =
    left.all === 0
      ? []
      : [
          `  and ${[...(left.selected > 0 ? [`${number(left.selected)} more who are in`] : []), ...(notIn > 0 ? [`${number(notIn)} more who are not`] : [])].join(", ")} (--all shows them, --person one of them)`,
        ];
  const totals = [
    [persons, "person"],
    [sessions, "session"],
    [events, "event"],
  ] as const;
  return [
    ...(shown.length === 0 ? [] : [...tableLines([HEAD, ...shown.map(rowOf)]), ...more, ""]),
    `${totals.map(([count, noun]) => `${number(count.selected)} of ${countText(count.all, noun)}`).join(", ")}`,
    "",
  ].join("\n");
}

const HEAD = ["PERSON", "IN", "EVENTS", "SESSIONS", "WHY"];

function rowOf(verdict: Verdict): string[] {
  const { person, selected, events, sessions } = verdict;
  return [
    escapeInvisible(person),
    selected ? "yes" : "no",
    ...[events, sessions].map((count) => `${number(count.selected)} of ${number(count.all)}`),
    escapeInvisible(explanationText(verdict)),
  ];
}

/** How the persons differ from the expected ones. */
export function differenceText({ missing, unexpected, more }: Difference): string {
  const rows = [
    ...missing.map(({ person, why }) => ["missing", escapeInvisible(person), escapeInvisible(why)]),
    ...unexpected.map(({ person, why }) => ["unexpected", escapeInvisible(person), escapeInvisible(why)]),
  ];
  if (rows.length === 0) return "As expected.\n";
  const rest = more === 0 ? [] : [`  and ${number(more)} more`];
  return ["Not as expected:", ...tableLines([["", "PERSON", "WHY"], ...rows]), ...rest, ""].join("\n");
}

const number = (count: number): string => count.toLocaleString("en-US");
