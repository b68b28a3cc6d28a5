import { expressionLines, expressionSentences } from "../definition/pql/change";
import { expressionMistakes, expressionWarnings } from "../definition/pql/expression";
import { referencedAudiences } from "../definition/pql/references";
import type { Mistake } from "../definition";
import { writeJson } from "../definition/json";
import { formatWarningLine } from "../model/notices";
import type { FoundExpression } from "./definition-source";
import { escapeInvisible } from "./escape-invisible";
import type { Terminal } from "./terminal";

type Names = Readonly<Record<string, string>>;

/**
 * Prints an expression in words as far as there are any, and laid out, with the audiences that it names.
 *
 * @throws Error that lists its mistakes
 */
export function explainExpression(
  { place, name, expression }: FoundExpression,
  format: string,
  names: Names,
  terminal: Terminal,
): void {
  if (format !== "text" && format !== "json")
    throw new Error(`${place} has an expression of an audience, which can be explained as text or json`);
  const mistakeLine = ({ path, message }: Mistake): string => `${place}: ${path === "" ? "" : `${path}: `}${message}`;
  for (const warning of expressionWarnings(expression)) terminal.log(formatWarningLine(mistakeLine(warning)));
  const mistakes = expressionMistakes(expression);
  if (mistakes.length > 0) throw new Error(["the expression has mistakes:", ...mistakes.map(mistakeLine)].join("\n  "));
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
