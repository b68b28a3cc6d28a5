import { pathOf, type Key } from "../mistake";
import { placeText, textOf, tokensOf, type Token } from "./tokens";

/** An audience that an expression names, by its ID. */
export interface AudienceReference {
  readonly id: string;
  /** Where it stands in JSON, `params[0].value`; empty in a text. */
  readonly path: string;
  /** Where it stands in a text, `line 2, column 37`; empty in JSON. */
  readonly place: string;
}

/**
 * The audiences that an expression names: `inSegment("…")`, and `segmentMembership.get("ups").get("…")`, in a text or in the form of
 * pql/json.
 *
 * @example referencedAudiences('inSegment("e3be6d7f-1727-401f-a41e-c296b45f607a")')
 */
export function referencedAudiences(expression: unknown): readonly AudienceReference[] {
  const found: AudienceReference[] = [];
  renameAudiences(expression, (reference) => {
    found.push(reference);
    return undefined;
  });
  return found;
}

/**
 * A copy of an expression that names other audiences; all else stays as it is.
 *
 * @param rename what stands in an ID's place; undefined leaves it
 */
export function renameAudiences(
  expression: unknown,
  rename: (reference: AudienceReference) => string | undefined,
): unknown {
  return typeof expression === "string" ? renameInText(expression, rename) : renameInJson(expression, rename);
}

type Rename = (reference: AudienceReference) => string | undefined;

function renameInText(text: string, rename: Rename): string {
  const { tokens } = tokensOf(text);
  let renamed = "";
  let end = 0;
  tokens.forEach((token, at) => {
    if (!isReference(tokens, at)) return;
    const id = rename({ id: textOf(token), path: "", place: placeText(token) });
    if (id === undefined) return;
    renamed += text.slice(end, token.start) + JSON.stringify(id);
    end = token.end;
  });
  return renamed + text.slice(end);
}

const IN_SEGMENT = ["inSegment", "("];
const MEMBERSHIP = ["segmentMembership", ".", "get", "(", '"ups"', ")", ".", "get", "("];

const isReference = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.kind === "text" &&
  [IN_SEGMENT, MEMBERSHIP].some((before) =>
    before.every((source, index) => tokens[at - before.length + index]?.source === source),
  );

/** Deeper ones are no expression: the check of the resource says so. */
const MAX_DEPTH = 1_000;

function renameInJson(node: unknown, rename: Rename, path: readonly Key[] = []): unknown {
  if (path.length > MAX_DEPTH) return node;
  if (Array.isArray(node)) return node.map((entry, index) => renameInJson(entry, rename, [...path, index]));
  if (!isPlain(node)) return node;
  const names = namesAudience(node);
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key !== "params" || !names || !Array.isArray(value))
        return [key, renameInJson(value, rename, [...path, key])];
      const params = value.map((param: unknown, index) => {
        const at = [...path, key, index];
        if (!isPlain(param) || param["nodeType"] !== "literal" || typeof param["value"] !== "string")
          return renameInJson(param, rename, at);
        const id = rename({ id: param["value"], path: pathOf([...at, "value"]), place: "" });
        return id === undefined ? param : { ...param, value: id };
      });
      return [key, params];
    }),
  );
}

type Node = Readonly<Record<string, unknown>>;

/** Whether a literal among a function's arguments is an audience's ID. */
function namesAudience({ nodeType, fnName, params }: Node): boolean {
  if (nodeType !== "fnApply" || !Array.isArray(params)) return false;
  if (fnName === "inSegment") return true;
  const [map] = params as unknown[];
  if (fnName !== "get" || !isPlain(map) || map["fnName"] !== "get" || !Array.isArray(map["params"])) return false;
  const [memberships, namespace] = map["params"] as unknown[];
  return (
    isPlain(memberships) &&
    memberships["fieldName"] === "segmentMembership" &&
    isPlain(namespace) &&
    namespace["value"] === "ups"
  );
}

/** An output of another resource, or anything else that is no JSON, is not known here. */
const isPlain = (value: unknown): value is Node =>
  typeof value === "object" &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
