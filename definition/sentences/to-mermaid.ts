import { clauseOf } from "./clause/condition";
import { styleForReaders, type SentenceOptions } from "./names";
import { toReadableJson } from "./readable-json";
import { type Clause, joinWords } from "./clause/clause";
import type { Style } from "./style";

/**
 * What a definition says, as a Mermaid flowchart that GitHub shows in a block of the language `mermaid`.
 *
 * Containers and conditions are boxes, `all of`, `any of` and negations are hexagons, and the steps of a sequence are joined by arrows
 * that say what lies between them; a step that must not happen hangs on a dotted one. No value can become syntax, HTML or a
 * link. Long texts are cut, and what is more than GitHub draws (50,000 characters, 500 edges) is counted instead of drawn.
 *
 * It takes anything and never throws, as `describe`.
 *
 * @param options the names of IDs. Default: IDs appear without their prefix.
 *
 * @example
 * console.log("```mermaid\n" + toMermaid(definition) + "\n```");
 */
export function toMermaid(definition: unknown, options: SentenceOptions = {}): string {
  const json = toReadableJson(definition);
  const drawing = new Drawing();
  draw(drawing, styleForReaders([json], options), clauseOf(json));
  return drawing.text();
}

/** Draws a clause and everything inside it; answers its node. */
function draw(drawing: Drawing, style: Style, clause: Clause, edge?: Edge): string | undefined {
  const { lineClauses, rest } = splitAtBranch(clause);
  const last = lineClauses.at(-1) ?? clause;
  const text = joinWords(lineClauses, style);
  if (text === "") return rest.map((inner) => draw(drawing, style, inner, edge)).at(0);
  const id = drawing.node(SHAPE_OF[last.is], text, edge);
  const from = id === undefined ? undefined : { from: id };
  if (last.is === "sequence") drawSteps(drawing, style, rest, id);
  else for (const inner of rest) draw(drawing, style, inner, from);
  return id;
}

const SHAPE_OF = {
  condition: "condition",
  definition: "container",
  container: "container",
  negation: "logic",
  step: "condition",
  junction: "logic",
  group: "logic",
  sequence: "sequence",
} as const;

/** Containers share one node with what is directly inside them, if that has nothing inside itself. */
function splitAtBranch(clause: Clause): { readonly lineClauses: readonly Clause[]; readonly rest: readonly Clause[] } {
  const lineClauses: Clause[] = [clause];
  let last = clause;
  for (let [inner] = last.inner; inner !== undefined && (last.is === "definition" || last.is === "container");) {
    if (inner.is !== "container" && inner.is !== "condition") return { lineClauses, rest: [inner] };
    lineClauses.push(inner);
    last = inner;
    [inner] = last.inner;
  }
  return { lineClauses, rest: last.inner };
}

/** Each step hangs on the one before it; a step that must not happen hangs on it too, and nothing hangs on that. */
function drawSteps(drawing: Drawing, style: Style, steps: readonly Clause[], sequence: string | undefined): void {
  let from = sequence;
  for (const step of steps) {
    const [inner] = step.inner;
    const caption = step.words(style);
    const label = inner === undefined ? {} : { label: caption.replace(/,$/, "") };
    const edge =
      from === undefined ? undefined : { from, ...label, ...(step.excluded ? { dotted: true as const } : {}) };
    const id = inner === undefined ? drawing.node("condition", caption, edge) : draw(drawing, style, inner, edge);
    if (!step.excluded) from = id;
  }
}

/** What GitHub draws at most: 50,000 characters and 500 edges are Mermaid's defaults, with room for the last line. */
const MAX_CHARACTERS = 49_000;
const MAX_EDGES = 490;

/** The shapes of nodes, as Mermaid writes them around a label. */
const SHAPES = {
  condition: ['["', '"]'],
  container: ['(["', '"])'],
  logic: ['{{"', '"}}'],
  sequence: ['[["', '"]]'],
} as const;

/** Where an edge comes from, and what it says. */
interface Edge {
  readonly from: string;
  readonly label?: string;
  readonly dotted?: true;
}

/** A flowchart that grows until it is as big as GitHub draws it. */
class Drawing {
  readonly #lines = ["flowchart TD"];
  #characters = 0;
  #nodes = 0;
  #edges = 0;
  #missing = 0;

  /** Adds a node and the edge to it. Undefined when there is no room left. */
  node(shape: keyof typeof SHAPES, text: string, edge?: Edge): string | undefined {
    const id = `n${this.#nodes}`;
    const [open, close] = SHAPES[shape];
    const lines = [`  ${id}${open}${label(text)}${close}`, ...(edge === undefined ? [] : [`  ${arrow(edge)} ${id}`])];
    const size = lines.reduce((sum, line) => sum + line.length + 1, 0);
    if (this.#missing > 0 || this.#characters + size > MAX_CHARACTERS || this.#edges === MAX_EDGES) {
      this.#missing += 1;
      return undefined;
    }
    this.#lines.push(...lines);
    this.#characters += size;
    this.#nodes += 1;
    this.#edges += 1;
    return id;
  }

  text(): string {
    const left = this.#missing === 0 ? [] : [`  more["${label(`and ${this.#missing} more that are not drawn`)}"]`];
    return [...this.#lines, ...left].join("\n");
  }
}

function arrow({ from, label: caption, dotted }: Edge): string {
  const line = dotted ? "-.->" : "-->";
  return `${from} ${line}${caption === undefined || caption === "" ? "" : `|"${label(caption)}"|`}`;
}

/** Longest text in a node; the rest of it can be read in the sentence. */
const MAX_LABEL = 160;

// Letters, digits and blanks mean nothing to Mermaid nor to the Markdown that it takes labels for, emoji neither.
const UNSAFE = /(?!\u200D)[^\p{L}\p{M}\p{N} ,\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/gu;

/**
 * A text as Mermaid can show it between quotes. Everything but letters and digits becomes a character code: Mermaid's own
 * syntax, HTML, links and Markdown all need a sign.
 */
function label(text: string): string {
  // A character takes up to two units; one that is cut in half is the last, and goes with the rest.
  const shown = [...text.slice(0, 2 * MAX_LABEL + 2)];
  const short = shown.length > MAX_LABEL ? `${shown.slice(0, MAX_LABEL - 1).join("")}…` : text;
  return short.replace(UNSAFE, (character) => `#${character.codePointAt(0) ?? 0};`);
}
