import type {
  AudienceReview,
  DefinitionReview,
  DriftReview,
  ExpressionReview,
  ObjectReview,
  SegmentReview,
} from "./report";
import { VERDICTS } from "./words";

/** A segment or an audience as every view shows it. */
export interface ShownObject {
  readonly review: ObjectReview;
  /** Where it is: what stands before the name of the data view or the sandbox, and that. */
  readonly where: Where;
  readonly rule: ExpressionReview | undefined;
  /** What can be drawn. */
  readonly definition: DefinitionReview | undefined;
  readonly verdict: string;
}

export interface Where {
  readonly preposition: string;
  readonly name: string;
}

const inDataView = (name: string): Where => ({ preposition: "in", name });
const inSandbox = (name: string): Where => ({ preposition: "in the sandbox", name });

export const shownSegment = (review: SegmentReview): ShownObject => ({
  review,
  where: inDataView(review.dataView),
  rule: review.definition,
  definition: review.definition,
  verdict: VERDICTS[review.verdict],
});

export const shownAudience = (review: AudienceReview): ShownObject => ({
  review,
  where: inSandbox(review.sandbox),
  rule: review.expression,
  definition: undefined,
  verdict: "",
});

/** Undefined for what is no segment and no audience. */
export function whereOfDrift({ dataView, sandbox }: DriftReview): Where | undefined {
  if (dataView !== undefined) return inDataView(dataView);
  return sandbox === undefined ? undefined : inSandbox(sandbox);
}
