import { nearest } from "../../definition/parse/nearest-word";

/** A data view: what segments are made over. Only `id` is certain to be there. */
export interface DataView {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly owner?: DataViewOwner;
  /** As `Europe/Berlin`. */
  readonly timezone?: string;
  readonly created?: string;
  readonly modified?: string;
  readonly deleted?: boolean;
}

export interface DataViewOwner {
  readonly id: string;
  readonly name?: string;
}

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
