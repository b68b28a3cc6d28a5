import { alertsOf } from "../report/alerts";
import type { ReviewOptions } from "../report/options";
import type { StackReport } from "../report/report";
import { SAME_AS } from "../report/same-as";
import { sectionsOf, type Section } from "../report/sections";
import { AS_FAR, countsInWords, hasPart, headingName, isUnlooked, titleOf, UNLOOKED, WARNINGS } from "../report/words";
import { planAlert } from "./alerts";
import { driftEntry } from "./drift";
import { entryMarkup, type Entry } from "./entry";
import { failures } from "./failures";
import { jobEntry } from "./job";
import { markup, type Markup } from "./markup";
import { otherEntry } from "./other";
import { segmentEntry } from "./segment";
import { phrase, words } from "./words";

/** One stack of the page. */
export interface StackPart {
  readonly id: string;
  readonly report: StackReport;
  /** The ID of each is what the address of the page ends with: `#stack-1-segments`. */
  readonly sections: readonly Section<Entry>[];
}

export function stackPart(report: StackReport, number: number, options: ReviewOptions): StackPart {
  const id = `stack-${number}`;
  const sections = sectionsOf<Entry>(report, {
    job: jobEntry,
    drift: (found) => driftEntry(found, options),
    segment: (segment) => segmentEntry(segment, options),
    other: otherEntry,
  });
  return { id, report, sections: sections.map((section) => ({ ...section, id: `${id}-${section.id}` })) };
}

/** @param folded whether the bodies of entries have to be opened first */
export function stackMarkup({ id, report, sections }: StackPart, folded: boolean): Markup {
  const { counts, failures: failed, warnings, sameAs } = report;
  const parts = [
    failed.length > 0 ? undefined : markup`<p class="counts">${countsInWords(counts)}</p>\n`,
    ...alertsOf(report).map(planAlert),
    failed.length > 0 ? failures(failed) : undefined,
    warnings.length > 0 ? markup`<h3>${WARNINGS}</h3>${failures(warnings)}` : undefined,
    sameAs === undefined ? undefined : markup`<p>${SAME_AS[0]}${words(sameAs)}${SAME_AS[1]}</p>\n`,
    isUnlooked(report) ? markup`<p class="small">${phrase(UNLOOKED)}</p>\n` : undefined,
    hasPart(report) ? markup`<p class="small">${AS_FAR}</p>\n` : undefined,
    ...sections.map((section) =>
      sectionMarkup(section, folded || (sameAs !== undefined && section.id.endsWith("-segments"))),
    ),
  ];
  return markup`<section class="stack">
<h2 id="${id}" tabindex="-1">${phrase(titleOf(report))} ${words(headingName(report))}</h2>
${parts}</section>\n`;
}

const sectionMarkup = ({ id, title, entries }: Section<Entry>, folded: boolean): Markup =>
  markup`<section class="entries"><h3 id="${id}" tabindex="-1">${title}</h3>
${entries.map((entry) => entryMarkup(entry, folded))}</section>\n`;
