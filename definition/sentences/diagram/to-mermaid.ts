import { definition as clauseOf } from "../clause/definition";
import { readersStyle } from "../names";
import type { SentenceOptions } from "../options";
import { readable } from "../readable";
import { draw } from "./draw";
import { Drawing } from "./drawing";

/**
 * What a definition says, as a Mermaid flowchart that GitHub shows in a block of the language `mermaid`.
 *
 * Containers and conditions are boxes, `all of`, `any of` and negations are hexagons, and the steps of a sequence are joined by arrows
 * that say what lies between them; a step that must not happen hangs on a dotted one. No value can become syntax, HTML or a
 * link. Long texts are cut, and what is more than GitHub draws (50,000 characters, 500 edges) is counted instead of drawn.
 *
 * It takes anything and never throws, as `describe`.
 *
 * @param options the names of IDs. Default: IDs are told without their prefix.
 *
 * @example
 * console.log("```mermaid\n" + toMermaid(definition) + "\n```");
 */
export function toMermaid(definition: unknown, options: SentenceOptions = {}): string {
  const json = readable(definition);
  const drawing = new Drawing();
  draw(drawing, readersStyle([json], options), clauseOf(json));
  return drawing.text();
}
