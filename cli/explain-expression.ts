import { expressionLines, expressionSentences } from "../definition/pql/change";
import { expressionMistakes, expressionWarnings } from "../definition/pql/expression";
import { referencedAudiences } from "../definition/pql/references";
import type { Mistake } from "../definition";
import { writeJson, type Json } from "../definition/json";
import { formatWarningLine } from "../model/notices";
import { toPythonSource, toYamlSource } from "./data-source";
import type { FoundExpression } from "./definition-source";
import { escapeInvisible } from "./escape-invisible";
import type { Terminal } from "./terminal";

const FORMATS = ["text", "json", "yaml", "python"] as const;
const isFormat = (format: string): format is (typeof FORMATS)[number] =>
  (FORMATS as readonly string[]).includes(format);

type Names = Readonly<Record<string, string>>;

/**
 * Prints an expression in words as far as there are any, and laid out, with the audiences that it names. Or as source of a program in
 * YAML or Python: there is no builder of expressions, so it is the text or the JSON itself.
 *
 * @throws Error that lists its mistakes
 */
export function explainExpression(
  { place, name, expression }: FoundExpression,
  format: string,
  names: Names,
  terminal: Terminal,
): void {
  if (!isFormat(format))
    throw new Error(`${place} has an expression of an audience, which can be explained as ${FORMATS.join(", ")}`);
  const mistakeLine = ({ path, message }: Mistake): string => `${place}: ${path === "" ? "" : `${path}: `}${message}`;
  for (const warning of expressionWarnings(expression)) terminal.log(formatWarningLine(mistakeLine(warning)));
  const mistakes = expressionMistakes(expression);
  if (mistakes.length > 0) throw new Error(["the expression has mistakes:", ...mistakes.map(mistakeLine)].join("\n  "));
  if (format === "yaml" || format === "python") {
    terminal.write(`${asSource(expression, format)}\n`);
    return;
  }
  const audiences = referencedAudiences(expression).map(({ id, path, place: at }) => ({
    id,
    ...(Object.hasOwn(names, id) && { name: names[id] }),
    at: at === "" ? path : at,
  }));
  const lines = expressionLines(expression);
  const sentences = expressionSentences(expression, (id) => (Object.hasOwn(names, id) ? `${names[id]} (${id})` : id));
  const hasWords = sentences.join("\n") !== lines.join("\n");
  const asJson = () => writeJson({ ...(name !== undefined && { name }), sentences, lines, audiences, expression }, 2);
  const asText = () =>
    [
      ...(name === undefined ? [] : [name]),
      ...(hasWords ? [...sentences, ""] : []),
      ...lines,
      ...(audiences.length === 0 ? [] : ["", "names the audiences"]),
      ...audiences.map((one) => `  ${one.name === undefined ? one.id : `${one.name} (${one.id})`}, at ${one.at}`),
    ]
      .map(escapeInvisible)
      .join("\n");
  terminal.write(`${format === "json" ? asJson() : asText()}\n`);
}

/** As an audience's argument `expression`. A file ends with a line break, which is none of the expression's. */
function asSource(expression: unknown, language: "yaml" | "python"): string {
  const value = typeof expression === "string" ? expression.trim() : (expression as Json);
  return language === "yaml" ? toYamlSource({ expression: value }) : `expression = ${toPythonSource(value)}`;
}
