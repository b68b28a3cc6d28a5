import { METHODS } from "./functions";

type Node = Readonly<Record<string, unknown>>;

/** What a node is in a text, and which operator stands between its parts. */
interface Written {
  readonly text: string;
  readonly operator?: string;
}

const OPERATORS = new Set([
  "and",
  "or",
  "=",
  "!=",
  "<>",
  "<",
  "<=",
  ">",
  ">=",
  "in",
  "notIn",
  "like",
  "+",
  "-",
  "*",
  "/",
  "%",
]);

/**
 * An expression in the form of pql/json as a text of the same language, to be read: nobody but Adobe knows whether both are the same.
 *
 * @returns undefined where it has something that is not known here
 * @example toExpressionText({ nodeType: "fnApply", fnName: "=", params: [a, b] }) // "a = b"
 */
export function toExpressionText(expression: unknown): string | undefined {
  return write(expression, 0)?.text;
}

/** Deeper ones are shown as they are. */
const MAX_DEPTH = 500;

function write(node: unknown, depth: number): Written | undefined {
  if (!isNode(node) || depth > MAX_DEPTH) return undefined;
  switch (node["nodeType"]) {
    case "literal":
      return has(node, "literalType", "value") ? writeLiteral(node) : undefined;
    case "parameterReference":
      return has(node, "position") && typeof node["position"] === "number"
        ? { text: node["position"] === 1 ? "" : `$${node["position"]}` }
        : undefined;
    case "fieldLookup":
      return has(node, "fieldName", "object") ? writeField(node, depth) : undefined;
    case "fnApply":
      return has(node, "fnName", "params") ? writeCall(node, depth) : undefined;
    default:
      return undefined;
  }
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);

/** It has nothing beside these: a reader must see everything that is there. */
const has = (node: Node, ...keys: readonly string[]): boolean =>
  Object.keys(node).every((key) => key === "nodeType" || keys.includes(key));

function writeLiteral({ literalType, value }: Node): Written | undefined {
  if (literalType === "XDMObject" && value === "profile") return { text: "" };
  const text = Array.isArray(value) && literalType === "List" ? list(value) : constant(value);
  return text === undefined ? undefined : { text };
}

function list(values: readonly unknown[]): string | undefined {
  const texts = values.map(constant);
  return texts.includes(undefined) ? undefined : `[${texts.join(", ")}]`;
}

const constant = (value: unknown): string | undefined =>
  ["string", "number", "boolean"].includes(typeof value) ? JSON.stringify(value) : undefined;

function writeField({ fieldName, object }: Node, depth: number): Written | undefined {
  const of = write(object, depth + 1);
  if (!of || of.operator !== undefined || typeof fieldName !== "string") return undefined;
  return { text: of.text === "" ? fieldName : `${of.text}.${fieldName}` };
}

function writeCall({ fnName, params }: Node, depth: number): Written | undefined {
  if (typeof fnName !== "string" || !Array.isArray(params)) return undefined;
  const written = params.map((param) => write(param, depth + 1));
  const parts = written.filter((part) => part !== undefined && part.text !== "") as Written[];
  if (parts.length < written.length) return undefined;
  const [first, ...others] = parts;
  if (OPERATORS.has(fnName)) {
    if (others.length === 0) return undefined;
    const joined = parts.map((part) => (isPlain(part, fnName) ? part.text : `(${part.text})`)).join(` ${fnName} `);
    return { text: joined, operator: fnName };
  }
  if (fnName === "not")
    return first && others.length === 0 ? { text: `not (${first.text})`, operator: fnName } : undefined;
  const texts = (of: readonly Written[]) => of.map(({ text }) => text).join(", ");
  const isMethod = first && first.operator === undefined && Object.hasOwn(METHODS, fnName);
  return { text: isMethod ? `${first.text}.${fnName}(${texts(others)})` : `${fnName}(${texts(parts)})` };
}

/** Whether a part needs no brackets. The parts of an "and" in an "and" stand beside each other. */
const isPlain = ({ operator }: Written, around: string): boolean =>
  operator === undefined ||
  (["and", "or"].includes(around) && (operator === around || !["and", "or"].includes(operator)));
