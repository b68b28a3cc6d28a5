/** The language of segment definitions: pure, and without Pulumi. */
export * from "./builder";
export { canonical } from "./canonical";
export { equal } from "./equal";
export { CONTEXTS } from "./grammar/definition";
export type * from "./grammar/definition";
export type * from "./grammar/leaf";
export type { Guardrails } from "./guardrails";
export { hash } from "./hash";
export type { Json } from "./json";
export { measure, type MeasureOptions, type Measures } from "./measure";
export type { Mistake } from "./mistake";
export { parse, type Parsed, type ParseOptions } from "./parse/parse";
export { changeText, explainChange, type DefinitionChange } from "./sentences/change/explain-change";
export { describe, outline, type OutlineLine } from "./sentences/describe";
export type { SentenceOptions } from "./sentences/names";
export { toMermaid } from "./sentences/to-mermaid";
export type { ComponentKind } from "./source/fields";
export { toBuilder, type BuilderSource, type SourceOptions } from "./source/to-builder";
