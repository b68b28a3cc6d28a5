export { NOT_AN_AUDIENCE } from "./audience-id";
export { pluralize, formatMistake, formatMistakes, withoutValue, type Mistake } from "./mistake";
export type { IsUnknown } from "./is-unknown";
export { parseDuration, DURATION_EXAMPLES } from "./duration";
export { describeValue } from "./describe-value";
export {
  AUDIENCE_ARGUMENTS,
  AUDIENCE_OUTPUTS,
  type AudienceContent,
  type AudienceInputs,
} from "./audience-field-lists";
export { PROFILE_SCHEMA } from "./audience-fields";
export { EVALUATIONS, LIFECYCLES, type Evaluation, type AudienceLifecycle } from "./evaluation-and-lifecycle";
export { audienceMistakes, audienceWarnings } from "./audience-mistakes";
export { definitionWarnings, segmentMistakes } from "./segment-mistakes";
export { SEGMENT_ARGUMENTS, SEGMENT_OUTPUTS, type SegmentContent, type SegmentInputs } from "./segment-field-lists";
export { LOCALES, type Locale } from "./locale";
export { SHARE_KINDS, type ShareInputs, type ShareKind } from "./tags-and-shares";
export {
  AUDIENCE_DELETION_POLICIES,
  DELETION_POLICIES,
  type AudienceDeletionPolicy,
  type DeletionPolicy,
} from "./deletion-policy";
export { segmentJobMistakes, DEFAULT_MAX_SEGMENTS, SEGMENT_JOB_ARGUMENTS, type SegmentJobInputs } from "./segment-job";
export { settingMistakes } from "./settings/settings";
export { SETTING_NAMES, type Setting } from "./settings/table";
