/** Writes definitions like sentences: `segment(visits(dimension("device_type").is("Phone")))`. */
export { all, any, hits, inDateRange, not, raw, segment, visitors, visits, without } from "./containers";
export type { DateRange } from "./containers";
export { dimension, distinctCount } from "./dimension";
export type { Dimension, DimensionOptions } from "./dimension";
export { metric } from "./metric";
export type { Metric as MetricOperand } from "./metric";
export {
  after,
  before,
  excludeNext,
  excluding,
  inAnyOrder,
  oneOf,
  onlyAfter,
  onlyBefore,
  sequence,
  sequenceIn,
  within,
} from "./sequences";
export type { Distance, RestrictionOptions, TimeWord } from "./sequences";
export type { Numeric, NumberListOptions } from "./metric";
export type {
  SequenceStep,
  Condition,
  ContainerOf,
  Exclusion,
  Labelled,
  Raw,
  Restriction,
  SequenceEntry,
  StepGroup,
} from "./condition";
export type { Later, Value } from "./condition";
