import type { ReviewOptions } from "../report/options";
import type { StackReport } from "../report/report";
import { changesAnything, countsInWords, stackName } from "../report/words";
import { alerts } from "./alerts";
import { driftEntry } from "./drift";
import { entryMarkup, type Entry } from "./entry";
import { failures } from "./failures";
import { jobEntry } from "./job";
import { markup, type Content, type Markup } from "./markup";
import { otherEntry } from "./other";
import { segmentEntry } from "./segment";
import { words } from "./words";

/** Entries under one heading. */
export interface Section {
  /** What the address of the page ends with: `#stack-1-segments`. */
  readonly id: string;
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** One stack of the page. */
export interface StackPart {
  readonly id: string;
  readonly report: StackReport;
  readonly sections: readonly Section[];
}

export function stackPart(report: StackReport, number: number, options: ReviewOptions): StackPart {
  const { jobs, drift, segments, others } = report;
  const [runs, quiet] = [jobs.filter(({ action }) => action === "run"), jobs.filter(({ action }) => action !== "run")];
  const id = `stack-${number}`;
  const all: Section[] = [
    { id: `${id}-runs`, title: "Segment jobs that will run", entries: runs.map(jobEntry) },
    {
      id: `${id}-drift`,
      title: "Changed elsewhere since the last deployment",
      entries: drift.map((found) => driftEntry(found, options)),
    },
    { id: `${id}-segments`, title: "Segments", entries: segments.map((segment) => segmentEntry(segment, options)) },
    { id: `${id}-jobs`, title: "Other segment jobs", entries: quiet.map(jobEntry) },
    { id: `${id}-others`, title: "Other resources", entries: others.map(otherEntry) },
  ];
  return { id, report, sections: all.filter(({ entries }) => entries.length > 0) };
}

/** @param folded whether the bodies of entries have to be opened first */
export function stackMarkup({ id, report, sections }: StackPart, folded: boolean): Markup {
  const { counts, failures: failed, warnings } = report;
  const parts = [
    failed.length > 0 ? undefined : markup`<p class="counts">${countsInWords(counts)}</p>\n`,
    ...alerts(report),
    failed.length > 0 ? failures(failed) : undefined,
    warnings.length > 0 ? markup`<h3>Warnings</h3>${failures(warnings)}` : undefined,
    ...sections.map((section) => sectionMarkup(section, folded)),
  ];
  return markup`<section class="stack">
<h2 id="${id}" tabindex="-1">${titleOf(report)} ${words(stackName(report))}</h2>
${parts}</section>\n`;
}

function titleOf(report: StackReport): Content {
  if (report.refreshed) return report.drift.length > 0 ? "Changed elsewhere in" : "No drift in";
  return changesAnything(report) || report.failures.length > 0 || report.drift.length > 0
    ? markup`What <code>pulumi up</code> would do in`
    : "No changes in";
}

const sectionMarkup = ({ id, title, entries }: Section, folded: boolean): Markup =>
  markup`<section class="entries"><h3 id="${id}" tabindex="-1">${title}</h3>
${entries.map((entry) => entryMarkup(entry, folded))}</section>\n`;
