import { quoted } from "../definition/sentences/quote";
import type { NamedSegment } from "./exported-segment";
import type { LogicalNames } from "./logical-names";

/** `index.ts` of one file for each segment. */
export const indexOfModules = (segments: readonly NamedSegment[]): string =>
  `${segments.map(({ file }) => moduleLine(file)).join("\n")}\n`;

/** `index.ts` of one file for all. */
export const INDEX_OF_ONE = 'import "./segments";\n';

const moduleLine = (file: string): string => `import "./segments/${file}";`;
const jsonLine = (file: string): string => `  "${file}.json",`;
const LIST = "const files = [";

/** `index.ts` that reads segments from JSON. */
export function indexOfJson(segments: readonly NamedSegment[], names: LogicalNames | undefined): string {
  const view = segments[0] && names?.call("dataViews", segments[0].segment.dataViewId);
  const replaced = [
    ...(view === undefined ? [] : [`dataViewId: ${view}`]),
    ...(names
      ? [
          "definition: env.rebind(args.definition)",
          "adoptId: adopted(args.adoptId)",
          "shares: args.shares && env.rebind(args.shares)",
        ]
      : []),
  ];
  const shown = replaced.length === 0 ? "args" : `{ ...args, ${replaced.join(", ")} }`;
  return `${[
    'import { readFileSync } from "node:fs";',
    'import { basename, join } from "node:path";',
    'import * as cja from "pulumi-cja";',
    ...(names ? ['import { adopted, env } from "./env";'] : []),
    "",
    "interface ExportedSegment {",
    "  name: string;",
    "  description?: string;",
    "  dataViewId: string;",
    "  adoptId: string;",
    "  tags?: string[];",
    '  shares?: { to: "user" | "group" | "all"; id?: string; access?: string }[];',
    "  definition: object;",
    "}",
    "",
    LIST,
    ...segments.map(({ file }) => jsonLine(file)),
    "];",
    "",
    "for (const file of files) {",
    '  const args = JSON.parse(readFileSync(join(__dirname, "segments", file), "utf8")) as ExportedSegment;',
    `  new cja.Segment(basename(file, ".json"), ${shown}, { protect: true });`,
    "}",
  ].join("\n")}\n`;
}

/** `env.ts`: the IDs of the stack's environment. */
export const environmentModule = ({ environment }: LogicalNames): string =>
  `${[
    'import * as cja from "pulumi-cja";',
    "",
    "export const env = cja.Environment.load();",
    "",
    "/** The segments exist where they were exported from; in other environments they are made. */",
    `export const adopted = (id: string): string | undefined => env.only(${quoted(environment)}, id);`,
  ].join("\n")}\n`;

/** A line of `index.ts` that names a file. */
export interface IndexLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** Without ending; `segments` for the one file of all. */
  readonly file: string;
}

/** The lines of an `index.ts` that name files with segments. */
export function linesOf(index: string): IndexLine[] {
  return index.split(/\r?\n/).flatMap((text, at) => {
    const file = /^import "\.\/(segments(?:\/[^"]+)?)";$/.exec(text)?.[1];
    const json = /^ {2}"([^"]+)\.json",$/.exec(text)?.[1];
    const named = file ?? (json === undefined ? undefined : `segments/${json}`);
    return named === undefined ? [] : [{ number: at + 1, text, file: named }];
  });
}

/**
 * An `index.ts` that is there, with more segments and without those whose files are gone; the rest stays as it is.
 *
 * @param isGone told of a file, as in `linesOf`
 * @returns undefined where it lists no segments in a way that is known
 */
export function withSegments(
  index: string,
  files: readonly string[],
  format: "modules" | "json",
  isGone: (file: string) => boolean,
): string | undefined {
  const lineOf = format === "modules" ? moduleLine : jsonLine;
  const isLine = format === "modules" ? /^import "\.\/segments\/[^"]+";$/ : /^ {2}"[^"]+\.json",$/;
  const lines = index.replaceAll("\r\n", "\n").split("\n");
  const gone = linesOf(index)
    .filter(({ file }) => isGone(file))
    .map(({ number }) => number);
  const missing = files.map(lineOf).filter((line) => !lines.includes(line));
  for (const number of gone.toReversed()) lines.splice(number - 1, 1);
  for (const line of missing) {
    const before = lines.findIndex((there) => isLine.test(there) && there > line);
    const last = lines.findLastIndex((there) => isLine.test(there));
    const start = format === "modules" ? 0 : lines.indexOf(LIST) + 1;
    if (before === -1 && last === -1 && format === "json" && start === 0) return undefined;
    lines.splice(before !== -1 ? before : last !== -1 ? last + 1 : start, 0, line);
  }
  return missing.length === 0 && gone.length === 0 ? index : lines.join("\n");
}
