/** A definition as source of a language that has no builder: there it is the JSON itself. */
import { Document, isScalar, Scalar, visit } from "yaml";
import { isList, isObject, type Json } from "../definition/json";
import { escapeHidden, isVisible, json } from "../definition/sentences/quote";

/** What both formatters of Python and most eyes take for one line. */
const WIDTH = 88;

/**
 * A value as YAML for a program in Pulumi YAML, where `${…}` in a text is an expression and a key that begins with `fn::` a function.
 *
 * @throws Error for such a key: there is no way to write it
 * @see https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/
 */
export function toYamlSource(value: Json): string {
  // Some readers take yes for true, as YAML 1.1 does.
  const document = new Document(withoutExpressions(value), { version: "1.2", compat: "yaml-1.1" });
  visit(document, {
    Scalar(key, node) {
      if (key !== "key" && hasReadableLines(node.value)) node.type = Scalar.BLOCK_LITERAL;
      // Both versions take other texts for numbers; << is no key for 1.1.
      else if (typeof node.value === "string" && (!isVisible(node.value) || /^[-+]?\d|^<<$/.test(node.value)))
        node.type = Scalar.QUOTE_DOUBLE;
    },
    Map(_, node) {
      const values = node.items.map(({ value }) => value);
      // What is pasted between other properties has no braces around it.
      node.flow = node !== document.contents && isShort(node, values);
    },
    Seq(_, node) {
      node.flow = isShort(node, node.items);
    },
  });
  const text = document.toString({
    lineWidth: 0,
    doubleQuotedMinMultiLineLength: Infinity,
    flowCollectionPadding: true,
  });
  return text
    .trimEnd()
    .split("\n")
    .map((line) => joinSurrogates(escapeHidden(line)))
    .join("\n");
}

/** With nothing in it that has entries, or lines, of its own. */
const isShort = (collection: object, values: readonly unknown[]): boolean =>
  values.every((one) => isScalar(one) && !hasReadableLines(one.value)) &&
  JSON.stringify(collection).length <= WIDTH / 2;

/** Several lines that can stand as they are. Of blanks at an end editors take some away, and those at the start count as indentation. */
const hasReadableLines = (value: unknown): boolean =>
  typeof value === "string" &&
  /^\S.*\n/.test(value) &&
  !/ \n|\s$/.test(value) &&
  value.split("\n").every((line) => isVisible(line));

function withoutExpressions(value: Json): Json {
  if (typeof value === "string") return withoutExpression(value);
  if (isList(value)) return value.map(withoutExpressions);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      if (/^fn::/i.test(key)) throw new Error(`Pulumi YAML would call the key ${json(key)} as a function`);
      return [withoutExpression(key), withoutExpressions(entry)];
    }),
  );
}

/** `$$` is a dollar sign. One that stands alone needs no second one. */
const withoutExpression = (text: string): string => text.replaceAll(/\$(?=[${])/g, "$$$$");

/** A value as an expression of Python, laid out as its usual formatters do. */
export function toPythonSource(value: Json, indent = "", room = WIDTH): string {
  const line = pythonLine(value);
  const inner = `${indent}    `;
  if (line.length <= room - indent.length || typeof value !== "object" || value === null) return line;
  if (isList(value))
    return ["[", ...value.map((entry) => `${inner}${toPythonSource(entry, inner)},`), `${indent}]`].join("\n");
  if (!isObject(value)) return line;
  const entries = Object.entries(value).map(([key, entry]) => {
    const name = `${pythonLine(key)}: `;
    return `${inner}${name}${toPythonSource(entry, inner, WIDTH - name.length - 1)},`;
  });
  return ["{", ...entries, `${indent}}`].join("\n");
}

function pythonLine(value: Json): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === null) return "None";
  if (isList(value)) return `[${value.map(pythonLine).join(", ")}]`;
  if (isObject(value))
    return `{${Object.entries(value)
      .map(([key, entry]) => `${pythonLine(key)}: ${pythonLine(entry)}`)
      .join(", ")}}`;
  return joinSurrogates(json(value));
}

/** JSON escapes a character in two units, where YAML and Python have one escape for it; of a backslash itself it makes two. */
const joinSurrogates = (line: string): string =>
  line.replaceAll(
    /\\(?:\\|u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2}))/gi,
    (found: string, high?: string, low?: string) => {
      if (high === undefined || low === undefined) return found;
      const point = String.fromCharCode(parseInt(high, 16), parseInt(low, 16)).codePointAt(0) ?? 0;
      return `\\U${point.toString(16).padStart(8, "0")}`;
    },
  );
