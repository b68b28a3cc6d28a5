import type { OtherReview } from "../report/report";
import { otherAction } from "../report/words";
import type { Entry } from "./entry";
import { place } from "./place";
import { words } from "./words";

export const otherEntry = (review: OtherReview): Entry => ({
  kind: "other",
  badge: otherAction(review) ?? words(review.action),
  title: place(review),
  where: words(review.type),
  body: [],
});
