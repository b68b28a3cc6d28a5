import { readJson, writeJson } from "../../definition/json";
import { isJsonObject, type JsonObject } from "../json";
import type { AudienceExpression } from "./audience";

/** Stands around what the emulator does not understand, so that it comes back as it was. */
const opaque = { text: "pqlText", json: "pqlJson" };

/**
 * An expression in the other format. Fields, literals, calls, comparisons, and, or and not are converted as Adobe's sample has it; any
 * other one is carried as a literal.
 */
export function converted({ type, format, value }: AudienceExpression): AudienceExpression {
  return format === "pql/text"
    ? { type, format: "pql/json", value: writeJson(nodeOf(value)) }
    : { type, format: "pql/text", value: textOf(readJson(value)) };
}

function nodeOf(text: string): JsonObject {
  const wrapped = new RegExp(`^${opaque.json}\\((".*")\\)$`, "s").exec(text)?.[1];
  if (wrapped !== undefined) return readJson(String(readJson(wrapped))) as JsonObject;
  try {
    return new Reader(tokensOf(text)).whole();
  } catch (error) {
    if (error instanceof NotUnderstood) return call(opaque.text, [literal(text)]);
    throw error;
  }
}

class NotUnderstood extends Error {}

const call = (fnName: string, params: readonly JsonObject[]): JsonObject => ({ nodeType: "fnApply", fnName, params });

function literal(value: string | number | boolean): JsonObject {
  const whole = typeof value === "number" && Number.isInteger(value);
  const literalType = { string: "String", boolean: "Boolean", number: whole ? "Integer" : "Double" }[
    typeof value as "string" | "boolean" | "number"
  ];
  return { nodeType: "literal", literalType, value };
}

function tokensOf(text: string): string[] {
  const token = /\s*("(?:\\.|[^"\\])*"|\d+(?:\.\d+)?|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|!=|<=|>=|[=<>(),])/y;
  const tokens: string[] = [];
  while (token.lastIndex < text.trimEnd().length) {
    const [, found] = token.exec(text) ?? [];
    if (found === undefined) throw new NotUnderstood();
    tokens.push(found);
  }
  return tokens;
}

const comparisons = ["=", "!=", "<", "<=", ">", ">="];

/** Reads tokens from left to right; `or` binds weakest, then `and`, `not`, comparisons. */
class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  whole(): JsonObject {
    const node = this.junction("or", () => this.junction("and", () => this.negation()));
    if (this.at < this.tokens.length) throw new NotUnderstood();
    return node;
  }

  private next(): string {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new NotUnderstood();
    return token;
  }

  private takes(word: string): boolean {
    const found = this.tokens[this.at]?.toLowerCase() === word;
    if (found) this.at += 1;
    return found;
  }

  private junction(word: string, part: () => JsonObject): JsonObject {
    let node = part();
    while (this.takes(word)) node = call(word, [node, part()]);
    return node;
  }

  private negation(): JsonObject {
    return this.takes("not") ? call("not", [this.negation()]) : this.comparison();
  }

  private comparison(): JsonObject {
    const left = this.operand();
    const operator = comparisons.find((each) => this.takes(each));
    return operator === undefined ? left : call(operator, [left, this.operand()]);
  }

  private operand(): JsonObject {
    const token = this.next();
    if (token === "(") {
      const node = this.junction("or", () => this.junction("and", () => this.negation()));
      if (!this.takes(")")) throw new NotUnderstood();
      return node;
    }
    if (token.startsWith('"')) return literal(String(readJson(token)));
    if (/^\d/.test(token)) return literal(Number(token));
    if (token === "true" || token === "false") return literal(token === "true");
    if (!/^[A-Za-z_]/.test(token)) throw new NotUnderstood();
    if (!this.takes("(")) return fieldLookup(token);
    const params: JsonObject[] = [];
    while (!this.takes(")")) {
      params.push(this.operand());
      if (!this.takes(",") && this.tokens[this.at] !== ")") throw new NotUnderstood();
    }
    return call(token, params);
  }
}

/** A path from the person on, the last part outermost. */
function fieldLookup(path: string): JsonObject {
  const person: JsonObject = { nodeType: "parameterReference", position: 1 };
  return path
    .split(".")
    .reduce<JsonObject>((object, fieldName) => ({ nodeType: "fieldLookup", fieldName, object }), person);
}

function textOf(node: unknown): string {
  return knownText(node) ?? `${opaque.json}(${writeJson(writeJson(node))})`;
}

/** The text of a node that is made of nothing but what the reader makes; undefined for others. */
function knownText(node: unknown): string | undefined {
  if (!isJsonObject(node)) return undefined;
  const { nodeType, value, fieldName, fnName, params } = node;
  if (nodeType === "literal") return value === undefined ? undefined : writeJson(value);
  if (nodeType === "fieldLookup")
    return typeof fieldName === "string" ? pathText(fieldName, node["object"]) : undefined;
  if (nodeType !== "fnApply" || typeof fnName !== "string" || !Array.isArray(params)) return undefined;
  const [first] = params as unknown[];
  if (fnName === opaque.text && isJsonObject(first)) return String(first["value"]);
  const texts = params.map(knownText);
  if (texts.some((text) => text === undefined)) return undefined;
  const infix = comparisons.includes(fnName) || fnName === "and" || fnName === "or";
  if (infix) return texts.map((text, index) => bracketed(text ?? "", (params as unknown[])[index])).join(` ${fnName} `);
  return fnName === "not" ? `not (${texts.join("")})` : `${fnName}(${texts.join(", ")})`;
}

/** Brackets around what is itself joined by and, or. */
function bracketed(text: string, node: unknown): string {
  return isJsonObject(node) && (node["fnName"] === "and" || node["fnName"] === "or") ? `(${text})` : text;
}

function pathText(fieldName: string, object: unknown): string | undefined {
  if (!isJsonObject(object)) return undefined;
  if (object["nodeType"] === "parameterReference") return fieldName;
  const before = object["nodeType"] === "fieldLookup" ? knownText(object) : undefined;
  return before && `${before}.${fieldName}`;
}
