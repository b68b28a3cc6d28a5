import type { OtherReview } from "../report/report";
import type { Entry } from "./entry";
import { place } from "./place";
import { words } from "./words";

export const otherEntry = (review: OtherReview): Entry => ({
  kind: "other",
  badge: review.action,
  title: place(review),
  where: words(review.type),
  body: [],
});
