import type { AudienceSubject } from "../../provider/size/audience-sizes";
import type { SizeBudget } from "../../provider/size/budget";
import type { SegmentSubject } from "../../provider/size/segment-sizes";
import { notKnown, type Sized, type SizeRange } from "../../provider/size/size";
import type { CommandRuntime } from "../command-runtime";

/** What can be counted: a definition in a data view, an expression in a sandbox. */
export type SizeSubject = SegmentSubject | AudienceSubject;

/** Asks Adobe for sizes, in the order of the subjects: a report for each six definitions of a data view, an estimate for each expression. */
export async function findSizes(
  subjects: readonly SizeSubject[],
  range: SizeRange,
  budget: SizeBudget,
  { segmentSizes, audienceSizes }: Pick<CommandRuntime, "segmentSizes" | "audienceSizes">,
): Promise<readonly Sized[]> {
  const definitions = subjects.filter((subject) => "definition" in subject);
  const expressions = subjects.filter((subject) => "expression" in subject);
  const counted = await segmentSizes.find(definitions, range, budget);
  const estimated = await audienceSizes.find(expressions, budget);
  const found = new Map<SizeSubject, Sized | undefined>([
    ...definitions.map((subject, index) => [subject, counted[index]] as const),
    ...expressions.map((subject, index) => [subject, estimated[index]] as const),
  ]);
  return subjects.map((subject) => found.get(subject) ?? notKnown("it was not asked for"));
}
