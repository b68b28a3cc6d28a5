/** The language of segment definitions: pure, and without Pulumi. */
export { canonical } from "./canonical";
export { CONTEXTS } from "./grammar/context";
export type { Context } from "./grammar/context";
export type { Described } from "./grammar/described";
export { equal } from "./equal";
export { hash } from "./hash";
export type { Json } from "./json";
export type * from "./grammar/leaf";
export type { Mistake } from "./parse/mistake";
export type * from "./grammar/operand";
export { parse } from "./parse/parse";
export type { Parsed, ParseOptions } from "./parse/parse";
export type * from "./grammar/predicate";
export type * from "./grammar/segment-definition";
export type * from "./grammar/sequence";
