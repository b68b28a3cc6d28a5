import { readJson } from "../../definition/json";
import { isJsonObject } from "../json";
import type { AudienceExpression } from "./audience";

/**
 * What keeps an expression from being read, or undefined. Of text: quotes, brackets and an operator without its right side; of JSON: that
 * it is JSON, and made of nodes. The emulator knows neither functions nor fields.
 */
export function expressionMistake({ format, value }: AudienceExpression): string | undefined {
  return format === "pql/text" ? textMistake(value) : jsonMistake(value);
}

const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

function textMistake(text: string): string | undefined {
  const open: { readonly bracket: string; readonly at: number }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"' || character === "'") {
      const end = endOfText(text, at);
      if (end === undefined) return `the quote ${character} at ${at} is not closed`;
      at = end;
    } else if (character in closing) open.push({ bracket: character, at });
    else if (Object.values(closing).includes(character)) {
      const last = open.pop();
      if (last === undefined || closing[last.bracket] !== character) return `unexpected ${character} at ${at}`;
    }
  }
  const [first] = open;
  if (first !== undefined) return `the bracket ${first.bracket} at ${first.at} is not closed`;
  if (text.trim() === "") return "the expression is empty";
  const operator = /(?:[=<>+*,]|(?<![\w.])(?:and|or|not|in))\s*$/i.exec(text);
  return operator ? `nothing follows ${operator[0].trim()}` : undefined;
}

/** Where the text that begins at a quote ends; a backslash takes the next character with it. */
function endOfText(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text.charAt(at) === "\\") at += 1;
    else if (text.charAt(at) === text.charAt(start)) return at;
  }
  return undefined;
}

function jsonMistake(text: string): string | undefined {
  let root: unknown;
  try {
    root = readJson(text);
  } catch (cause) {
    return `the value is no JSON: ${(cause as Error).message}`;
  }
  if (!isJsonObject(root)) return "the value must be a JSON object";
  return nodeMistake(root);
}

function nodeMistake(node: unknown): string | undefined {
  if (!isJsonObject(node) || typeof node["nodeType"] !== "string") return "each node must have a nodeType";
  const { nodeType, params } = node;
  if (nodeType === "fnApply" && typeof node["fnName"] !== "string") return "a node fnApply must have a fnName";
  if (params === undefined) return undefined;
  if (!Array.isArray(params)) return "params must be a list";
  return params.map(nodeMistake).find((mistake) => mistake !== undefined);
}
