import { label } from "./label";

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
export interface Edge {
  readonly from: string;
  readonly label?: string;
  readonly dotted?: true;
}

/** A flowchart that grows until it is as big as GitHub draws it. */
export class Drawing {
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

function arrow({ from, label: said, dotted }: Edge): string {
  const line = dotted ? "-.->" : "-->";
  return `${from} ${line}${said === undefined || said === "" ? "" : `|"${label(said)}"|`}`;
}
