import type { OtherReview } from "../report/report";
import type { Entry } from "./entry";
import { place } from "./place";
import { words } from "./words";

export function otherEntry(review: OtherReview): Entry {
  const { action, type } = review;
  return {
    kind: "other",
    badge: action,
    title: place(review),
    where: words(type),
    body: [],
  };
}
