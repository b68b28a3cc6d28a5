import { sortedBy } from "../../../definition/sorted";

/** By name: the engine's order is of chance. */
export const sortByName = <T extends { readonly urn: string; readonly resource: string }>(reviews: readonly T[]): T[] =>
  sortedBy(reviews, ({ resource, urn }) => [resource, urn]);

/** What is lost first, what is new last: where there is no room for all, the end goes. */
const SEVERITY: readonly string[] = ["delete", "replace", "forget", "change", "update", "adopt", "create"];

export const sortBySeverity = <T extends { readonly urn: string; readonly resource: string; readonly action: string }>(
  reviews: readonly T[],
): T[] => sortedBy(sortByName(reviews), ({ action }) => SEVERITY.indexOf(action));
