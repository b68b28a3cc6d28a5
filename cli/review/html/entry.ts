import { markup, type Content, type Markup } from "./markup";

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
  const head = markup`<h4><span class="badge ${kind}">${badge}</span> ${title}</h4> <span class="where">${where}</span>`;
  const inside = body.filter((part) => part !== undefined);
  if (inside.length === 0)
    return markup`<article class="entry" tabindex="-1"><div class="head">${head}</div></article>\n`;
  return markup`<article class="entry"><details${folded ? undefined : markup` open`}><summary>${head}</summary>
<div class="body">${inside.map((part) => markup`${part}\n`)}</div></details></article>\n`;
}
