import { code, markup, sentence, words, type Content, type Markup } from "../../html/markup";
import { escapeInvisible } from "../../escape-invisible";
import type { Alert } from "../report/sections";
import type {
  DriftReview,
  Failure,
  FieldChange,
  JobReview,
  ListChange,
  ListEntry,
  OtherReview,
  Place,
  ReviewOptions,
} from "../report/report";
import { whereOfDrift, type ShownObject, type Where } from "../report/shown-object";
import {
  ACTIONS,
  driftAction,
  driftOutcome,
  entryWords,
  isMarked,
  JOB_ACTIONS,
  listNote,
  otherAction,
  showsId,
  type Phrase,
  type Perspective,
} from "../report/words";
import { sizeMarkup } from "./size";
import { added, diagram, removed, ruleLines, ruleSides } from "./definition";

/** Something that a reader goes through one by one. */
export interface Entry {
  /** Colours the badge: the words say the same. */
  readonly kind: string;
  readonly badge: Content;
  readonly title: Content;
  /** What stands beside the title also when the rest is folded. */
  readonly where: Content;
  readonly body: readonly (Markup | undefined)[];
}

/** @param folded whether a reader has to open it first */
export function entryMarkup({ kind, badge, title, where, body }: Entry, folded: boolean): Markup {
  const headline = markup`<h4><span class="badge ${kind}">${badge}</span> ${title}</h4> <span class="where">${where}</span>`;
  const inside = body.filter((part) => part !== undefined);
  if (inside.length === 0)
    return markup`<article class="entry" tabindex="-1"><div class="head">${headline}</div></article>\n`;
  return markup`<article class="entry"><details${folded ? undefined : markup` open`}><summary>${headline}</summary>
<div class="body">${inside.map((part) => markup`${part}\n`)}</div></details></article>\n`;
}

export function objectEntry({ review, where, rule, definition, verdict }: ShownObject, options: ReviewOptions): Entry {
  const { action, name, id, notes } = review;
  return {
    kind: action,
    badge: ACTIONS[action],
    title: words(name),
    where: markup`${whereMarkup(where)} (${place(review)})`,
    body: [
      ...notes.map((note, index) => {
        const shown = index === 0 && showsId(review) ? markup` ID: ${code(id ?? "")}.` : undefined;
        return markup`<p class="note">${note}${shown}</p>`;
      }),
      fields(review.fields, "plan"),
      rule && (isMarked(action, rule) ? ruleSides(rule) : ruleLines(rule)),
      review.size && sizeMarkup(review.size),
      verdict === "" ? undefined : markup`<p class="verdict">${verdict}</p>`,
      definition && diagram(definition, name, options),
    ],
  };
}

const whereMarkup = ({ preposition, name }: Where): Markup => markup`${preposition} ${words(name)}`;

export function driftEntry(review: DriftReview, options: ReviewOptions): Entry {
  const { resource, name, gone, definition, expression, notes } = review;
  const where = whereOfDrift(review);
  const rule = definition ?? expression;
  return {
    kind: gone ? "delete" : "drift",
    badge: driftAction(review),
    title: where ? words(name) : place(review),
    where: markup`${where && markup`${whereMarkup(where)} (${place(review)}): `}${phrase(driftOutcome(review))}`,
    body: [
      ...notes.map((note) => markup`<p class="note">${note}</p>`),
      fields(review.fields, "drift"),
      rule && ruleSides(rule),
      definition && diagram(definition, where ? name : resource, options),
    ],
  };
}

export const jobEntry = ({ action, sandbox, scope, reasons, ...rest }: JobReview): Entry => ({
  kind: action,
  badge: JOB_ACTIONS[action],
  title: place(rest),
  where: markup`over ${words(scope)}, in the sandbox ${words(sandbox)}`,
  body: [markup`<ul class="reasons">${reasons.map((reason) => markup`<li>${sentence(reason)}</li>`)}</ul>`],
});

export const otherEntry = (review: OtherReview): Entry => ({
  kind: "other",
  badge: otherAction(review) ?? words(review.action),
  title: place(review),
  where: words(review.type),
  body: [],
});

/** Words of ours. */
export const phrase = (parts: Phrase): Markup =>
  markup`${parts.map((part) => (typeof part === "string" ? part : markup`<code>${part.command}</code>`))}`;

/** The name in the program, where it is in it, and whether it is protected. */
function place({ resource, components, protected: isProtected }: Place): Markup {
  const inside = components.map((type) => markup` in ${code(type)}`);
  return markup`${code(resource)}${inside}${isProtected ? ", protected" : ""}`;
}

export const alert = (kind: Alert["kind"], text: Content): Markup =>
  markup`<p class="alert ${kind.toLowerCase()}"><span class="kind">${kind}</span> ${text}</p>\n`;

/** The reasons as they were written: they have lines. */
export function failures(found: readonly Failure[]): Markup {
  return markup`<ul class="failures">${found.map(failure)}</ul>`;
}

function failure({ resource, message }: Failure): Markup {
  const lines = message.split("\n").map((line) => markup`<bdi>${escapeInvisible(line.trimEnd())}</bdi>\n`);
  const about = resource === undefined ? undefined : markup`<p>${code(resource)}</p>`;
  return markup`<li>${about}<pre>${lines}</pre></li>`;
}

/** Names, descriptions and what else is one value: what it was beside what it will be. */
function fields(changes: readonly FieldChange[], perspective: Perspective): Markup | undefined {
  if (changes.length === 0) return undefined;
  return markup`<dl class="fields">${changes.map((change) => fieldRow(change, perspective))}</dl>`;
}

function fieldRow(change: FieldChange, perspective: Perspective): Markup {
  const { field, before, after, list } = change;
  if (list) return listRow(change, list, perspective);
  if (before === undefined) return markup`<div><dt>${field}</dt><dd>${words(after ?? "")}</dd></div>`;
  const now = after === undefined ? markup`<dd><em>removed</em></dd>` : markup`<dd>${added(words(after))}</dd>`;
  return markup`<div><dt>${field}</dt><dd>${removed(words(before))}</dd>${now}</div>`;
}

/** What goes beside what comes; what is said of the list as a whole below. */
function listRow(change: FieldChange, { entries }: ListChange, perspective: Perspective): Markup {
  const side = (is: ListEntry["is"], mark: (inside: Markup) => Markup) => {
    const shown = entries
      .filter((entry) => entry.is === is)
      .map((entry) => mark(listEntry(change, entry, perspective)));
    return shown.length === 0 ? undefined : markup`<dd>${shown}</dd>`;
  };
  const plain = (inside: Markup) => markup`<p class="line">${inside}</p>`;
  const note = listNote(change);
  return markup`<div><dt>${change.field}</dt>${[
    side("removed", removed),
    side("added", added),
    side("changed", plain),
    side("named", plain),
    note === "" ? undefined : markup`<dd><em>${note}</em></dd>`,
  ]}</div>`;
}

function listEntry(change: FieldChange, entry: ListEntry, perspective: Perspective): Markup {
  const after = entryWords(change, entry, perspective);
  return markup`${words(entry.text)}${after === "" ? undefined : ` ${after}`}`;
}
