import { nearest } from "../../definition/parse/nearest";
import type { DataView } from "./data-view";

/** The data view that was most likely meant by what is the ID of none: a mistyped ID, or a name. */
export function viewMeant(written: string, views: readonly DataView[]): DataView | undefined {
  for (const by of ["id", "name"] as const) {
    const words = views.flatMap((view) => view[by] ?? []);
    const word = nearest(written, words);
    if (word !== undefined) return views.find((view) => view[by] === word);
  }
  return undefined;
}

/** To follow what is wrong: `; did you mean dv_prod (Production)?`; empty where none was meant. */
export function didYouMean(view: DataView | undefined): string {
  if (!view) return "";
  return `; did you mean ${view.id}${view.name === undefined ? "" : ` (${view.name})`}?`;
}
