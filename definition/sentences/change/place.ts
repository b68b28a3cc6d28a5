import type { Clause } from "../clause/clause";
import { textOf } from "../row";
import type { Style } from "../style";
import type { Side } from "./side";

/** Where something stands, from the outside in. */
export type PlaceWords = readonly string[];

/** The place of a list's entry. */
export function placeIn(around: PlaceWords, { said, core }: Side, index: number, style: Style): PlaceWords {
  const heads = said.filter((clause) => clause !== core && hasPlace(clause));
  if (core.is !== "sequence") return [...around, `in ${textOf([...heads, core], style)}`];
  const level = textOf(heads, style).replace(/ (?:where|with)$/, "");
  return [...around, ...(level === "" ? [] : [`in ${level}`]), `step ${index + 1} of the sequence`];
}

export function placeText(place: PlaceWords): string {
  return place.length === 0 ? "at the top" : place.join(", ");
}

/** A step's place is its number, and there is one definition only. */
function hasPlace({ is }: Clause): boolean {
  return is !== "step" && is !== "definition";
}
