/** A flowchart as it was read: every node with its text, and every edge. */
export interface Flowchart {
  readonly nodes: ReadonlyMap<string, { readonly shape: string; readonly text: string }>;
  readonly edges: readonly Edge[];
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly dotted: boolean;
  readonly text: string;
}

// Nothing here is a sign of Mermaid, Markdown or HTML: letters, digits, blanks, commas, emoji and character codes.
const TEXT =
  "(?:[\\p{L}\\p{M}\\p{N} ,]|\\p{Extended_Pictographic}|\\p{Emoji_Modifier}|\\p{Regional_Indicator}|\\u200d|#\\d+;)+";
const SHAPES = {
  box: ['\\["', '"\\]'],
  stadium: ['\\(\\["', '"\\]\\)'],
  hexagon: ['\\{\\{"', '"\\}\\}'],
  subroutine: ['\\[\\["', '"\\]\\]'],
};
const NODES = Object.entries(SHAPES).map(
  ([shape, [open = "", close = ""]]) => [shape, new RegExp(`^ {2}(n\\d+|more)${open}(${TEXT})${close}$`, "u")] as const,
);
const EDGE = new RegExp(`^ {2}(n\\d+) (-->|-\\.->)(?:\\|"(${TEXT})"\\|)? (n\\d+)$`, "u");

/** Reads a flowchart, and throws at the first line that is not exactly what the diagrams are made of. */
export function readFlowchart(diagram: string): Flowchart {
  const [first, ...lines] = diagram.split("\n");
  if (first !== "flowchart TD") throw new Error(`not a flowchart: ${first ?? ""}`);
  const nodes = new Map<string, { shape: string; text: string }>();
  const edges: Edge[] = [];
  for (const line of lines) {
    const edge = EDGE.exec(line);
    if (edge === null) {
      const [id, node] = readNode(line);
      if (nodes.has(id)) throw new Error(`a node twice: ${line}`);
      nodes.set(id, node);
      continue;
    }
    const [, from = "", arrow, text = "", to = ""] = edge;
    if (!nodes.has(from) || !nodes.has(to)) throw new Error(`an edge without its nodes: ${line}`);
    edges.push({ from, to, dotted: arrow === "-.->", text: decoded(text) });
  }
  return { nodes, edges };
}

function readNode(line: string): readonly [id: string, node: { shape: string; text: string }] {
  for (const [shape, pattern] of NODES) {
    const [, id, text] = pattern.exec(line) ?? [];
    if (id !== undefined && text !== undefined) return [id, { shape, text: decoded(text) }];
  }
  throw new Error(`neither a node nor an edge: ${line}`);
}

/** The text that is shown. */
export function decoded(text: string): string {
  return text.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
