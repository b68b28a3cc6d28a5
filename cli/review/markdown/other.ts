import type { OtherReview } from "../report/report";
import { otherAction } from "../report/words";
import type { Entry } from "./block";
import { code } from "./code";
import { placeText } from "./place";

export const otherEntry = (review: OtherReview): Entry => ({
  line: `- ${otherAction(review) ?? code(review.action)}: ${placeText(review)}, ${code(review.type)}`,
  body: "",
});
