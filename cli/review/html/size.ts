import { quoted } from "../../../definition/sentences/quote";
import { allPersons, sizeOf, sizeText, type SizeChange } from "../../size/size-change";
import { markup, sentence, type Markup } from "../../html/markup";

/** How many people, in words, and as bars: before, after, and all of them. */
export function sizeMarkup(change: SizeChange): Markup {
  const [old, now] = [sizeOf(change.before)?.persons, sizeOf(change.after)?.persons];
  const all = Math.max(allPersons(change) ?? 0, old ?? 0, now ?? 0);
  const bars = [
    ["Before", "before", old],
    ["After", "after", now],
    ["All", "all", allPersons(change)],
  ] as const;
  const shown = bars.flatMap(([label, kind, persons]) =>
    persons === undefined || all === 0 ? [] : [bar(label, kind, persons / all)],
  );
  // The text says all that the bars do.
  const drawing = shown.length < 2 ? undefined : markup`<div class="bars" aria-hidden="true">${shown}</div>`;
  return markup`<div class="size"><p class="line"><strong>Size:</strong> ${sentence(sizeText(change, quoted))}</p>${drawing}</div>`;
}

/** A share of all people, from 0 to 1. As a drawing and not by a style: the page may be shown where styles of elements are refused. */
const bar = (label: string, kind: string, share: number): Markup =>
  markup`<span class="small">${label}</span><svg class="bar ${kind}" viewBox="0 0 100 1" preserveAspectRatio="none"><rect class="room" width="100" height="1"/><rect class="share" width="${(share * 100).toFixed(2)}" height="1"/></svg>`;
