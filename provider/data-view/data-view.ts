import { nearestWord } from "../../definition/parse/nearest-word";

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
export function suggestDataView(writtenId: string, views: readonly DataView[]): DataView | undefined {
  for (const field of ["id", "name"] as const) {
    const values = views.flatMap((view) => view[field] ?? []);
    const nearestValue = nearestWord(writtenId, values);
    if (nearestValue !== undefined) return views.find((view) => view[field] === nearestValue);
  }
  return undefined;
}

/** To follow what is wrong: `; did you mean dv_prod (Production)?`; empty where none was meant. */
export function didYouMeanText(view: DataView | undefined): string {
  if (!view) return "";
  return `; did you mean ${view.id}${view.name === undefined ? "" : ` (${view.name})`}?`;
}
