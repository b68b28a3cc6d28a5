import { pathOf, type Key } from "../../definition/mistake";
import { MAX_CANONICAL_DEPTH } from "../../definition/limits";
import { referencedAudiences, renameAudiences } from "../../definition/pql/references";
import type { Kind } from "./kinds";
import { kindOfShare, type IdAtPath } from "./share-ids";

/** A component that a definition names, an audience that an expression names, or somebody with whom a segment is shared. */
export interface Reference {
  readonly kind: Kind;
  /** As it stands there: `variables/page`, or with a logical name `variables/{page}`. */
  readonly text: string;
  /** Where: `container.pred.val.name`. */
  readonly path: string;
}

const LOGICAL_REFERENCE = /^(variables\/|metrics\/)?\{([^{}]+)\}$/;

/** The logical name in a reference such as `variables/{product}`; no ID of Adobe's has braces. */
export const logicalName = (text: string): string | undefined => LOGICAL_REFERENCE.exec(text)?.[2];

/** A reference by logical name: `variables/{product}`. */
export function logicalReference(kind: Kind, name: string): string {
  const prefix = kind === "dimensions" ? "variables/" : kind === "metrics" ? "metrics/" : "";
  return `${prefix}{${name}}`;
}

/**
 * A copy of a definition, of an audience's expression or of a list of shares, with what it names renamed; everything else stays as it
 * is. It works on the tree: an ID in a text that is compared with is a text.
 *
 * @param rename what stands in a reference's place; undefined leaves it
 */
export function renameReferences(definition: unknown, rename: (reference: Reference) => string | undefined): unknown {
  return isExpression(definition)
    ? renameAudiences(definition, ({ id, path }) => rename({ kind: "audiences", text: id, path }))
    : walk(definition, [], rename);
}

const isExpression = (value: unknown): boolean =>
  typeof value === "string" || (typeof value === "object" && value !== null && "nodeType" in value);

/** All components that a definition names, with their places. */
export function findReferences(definition: unknown): Reference[] {
  const found: Reference[] = [];
  walk(definition, [], (reference) => {
    found.push(reference);
    return undefined;
  });
  return found;
}

/** The components that a definition names, as IDs of a resource's arguments. Raw definitions may have logical names, which `rebind` has to replace. */
export const findDefinitionIds = (definition: unknown): IdAtPath[] =>
  findReferences(definition).map(({ kind, text, path }) => [`definition.${path}`, kind, text]);

/** The arguments of an audience that may have logical names, beside its expression. */
export const NAMED_AUDIENCE_ARGUMENTS = {
  sandbox: "sandboxes",
  mergePolicy: "mergePolicies",
  schemaName: "schemas",
} as const satisfies Readonly<Record<string, Kind>>;

/** The audiences that an expression names, as IDs of a resource's arguments. */
export const findExpressionIds = (expression: unknown): IdAtPath[] =>
  referencedAudiences(expression).map(({ id, path, place }) => [
    path === "" ? "expression" : `expression.${path}`,
    "audiences",
    id,
    place,
  ]);

function walk(node: unknown, path: readonly Key[], rename: (reference: Reference) => string | undefined): unknown {
  // No definition is nested like this: the check of the resource says so.
  if (path.length > MAX_CANONICAL_DEPTH) return node;
  if (Array.isArray(node)) return node.map((entry, index) => walk(entry, [...path, index], rename));
  // An output of another resource, or anything else that is no JSON, is not known here.
  if (typeof node !== "object" || node === null || !isPlain(node)) return node;
  const field =
    referenceField(node as Readonly<Record<string, unknown>>) ?? (isListEntry(path) ? shareField(node) : undefined);
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (field?.key !== key || typeof value !== "string") return [key, walk(value, [...path, key], rename)];
      return [key, rename({ kind: field.kind(value), text: value, path: pathOf([...path, key]) }) ?? value];
    }),
  );
}

const isPlain = (value: object): boolean =>
  [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);

/** A definition is an object: shares alone are a list as a whole. */
const isListEntry = (path: readonly Key[]): boolean => path.length === 1 && typeof path[0] === "number";

function shareField(node: object): ReferenceField | undefined {
  const kind = kindOfShare((node as { readonly to?: unknown }).to);
  return kind && { key: "id", kind: () => kind };
}

/** An attribute may name a metric (the guide's `range`). */
const componentKind = (name: string): Kind => (name.startsWith("metrics/") ? "metrics" : "dimensions");

interface ReferenceField {
  readonly key: string;
  readonly kind: (text: string) => Kind;
}

function referenceField({ func }: Readonly<Record<string, unknown>>): ReferenceField | undefined {
  if (func === "attr") return { key: "name", kind: componentKind };
  if (func === "event") return { key: "name", kind: () => "metrics" };
  if (func === "datetime-interval-ref") return { key: "id", kind: () => "dateRanges" };
  return undefined;
}
