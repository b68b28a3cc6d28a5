import type ts from "typescript";
import { quoted } from "../definition/sentences/quote";
import type { NamedSegment } from "./exported-segment";
import type { LogicalNames } from "./logical-names";
import type { SourceModule } from "./source-module";
import { edited, type TextEdit } from "./text-edits";

type Named = Pick<NamedSegment, "resource" | "identifier" | "file">;

const OUTPUT = ["/** The IDs of the segments: `pulumi stack output segments`. */", "export const segments = "] as const;

/** `index.ts` of one file for each segment. */
export const indexOfModules = (segments: readonly Named[]): string =>
  `${segments.map(importLine).join("\n")}\n\n${idsOf(segments)}`;

/** `index.ts` of one file for all. */
export const indexOfOne = (segments: readonly Named[]): string =>
  `import {\n${segments.map(({ identifier }) => `  ${identifier},\n`).join("")}} from "./segments";\n\n${idsOf(segments)}`;

const importLine = ({ identifier, file }: Named): string => `import { ${identifier} } from "./segments/${file}";`;
const idLine = ({ resource, identifier }: Named): string => `  ${quoted(resource)}: ${identifier}.id,`;
const idsOf = (segments: readonly Named[]): string =>
  `${OUTPUT.join("\n")}{\n${segments.map((one) => `${idLine(one)}\n`).join("")}};\n`;

/** `index.ts` that makes a segment of each file of JSON in the folder. */
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
    'import { readdirSync, readFileSync } from "node:fs";',
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
    'const folder = join(__dirname, "segments");',
    'const files = readdirSync(folder).filter((file) => file.endsWith(".json"));',
    "",
    "function segmentOf(file: string): cja.Segment {",
    '  const args = JSON.parse(readFileSync(join(folder, file), "utf8")) as ExportedSegment;',
    `  return new cja.Segment(basename(file, ".json"), ${shown}, { protect: true });`,
    "}",
    "",
    OUTPUT[0],
    `${OUTPUT[1]}Object.fromEntries(files.map((file) => [basename(file, ".json"), segmentOf(file).id]));`,
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

/** A place in `index.ts` that names a file. */
export interface IndexLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** Without ending; `segments` for the one file of all. */
  readonly file: string;
  readonly node: ts.Node;
}

/** Where an `index.ts` names files with segments: it imports them, or lists files of JSON. */
export function linesOf(index: SourceModule): IndexLine[] {
  const { ts } = index;
  const line = (node: ts.Node, file: string): IndexLine => {
    const text = index.source.text.slice(node.getStart(), node.getEnd()).replace(/\s+/g, " ");
    return { number: index.lineOf(node.getStart()), text, file, node };
  };
  return [
    ...index.imports.flatMap(({ node, file }) =>
      file !== undefined && /^segments(\/|$)/.test(file) ? [line(node, file)] : [],
    ),
    ...(listIn(index)?.elements ?? []).flatMap((element) =>
      ts.isStringLiteralLike(element) ? [line(element, `segments/${element.text.replace(/\.json$/, "")}`)] : [],
    ),
  ];
}

/** Whether an `index.ts` makes a segment of each file that its folder has. */
export const readsFolder = (index: SourceModule): boolean => index.calls("readdirSync").length > 0;

/** The list of files of JSON that earlier versions wrote. */
function listIn(index: SourceModule): ts.ArrayLiteralExpression | undefined {
  const { ts } = index;
  const meaning = index.meaningOf("files");
  const list = meaning?.is === "constant" ? index.resolved(meaning.value) : undefined;
  const isList = list && ts.isArrayLiteralExpression(list);
  return isList && list.elements.every((one) => index.textOf(one)?.endsWith(".json")) ? list : undefined;
}

/**
 * An `index.ts` that is there, with more segments and without those whose files are gone; the rest stays as it is.
 *
 * @param isGone told of a file, as in `linesOf`
 * @returns undefined where it lists no segments in a way that is known
 */
export function withSegments(
  index: SourceModule,
  segments: readonly Named[],
  format: "modules" | "json",
  isGone: (file: string) => boolean,
): string | undefined {
  const lines = linesOf(index);
  const named = new Set(lines.map(({ file }) => file));
  const missing = segments.filter(({ file }) => !named.has(`segments/${file}`));
  const gone = lines.filter(({ file }) => isGone(file)).map(({ node }) => node);
  const list = listIn(index);
  if (format === "json" && !list) return readsFolder(index) ? index.source.text : undefined;
  const edits = list
    ? [...gone.map((node) => removed(index, node)), ...missing.map((one) => listed(list, `"${one.file}.json"`))]
    : [
        ...gone.flatMap((node) => [removed(index, node), ...idsOfImport(index, node).map((id) => removed(index, id))]),
        ...missing.flatMap((one) => moduleEdits(index, lines, one)),
      ];
  return edited(index.source.text, edits);
}

/** Whole lines, where nothing else is on them, and the comma behind. */
function removed({ source: { text } }: SourceModule, node: ts.Node): TextEdit {
  const comma = /^\s*,/.exec(text.slice(node.getEnd()))?.[0].length ?? 0;
  const start = text.lastIndexOf("\n", node.getStart()) + 1;
  const end = node.getEnd() + comma;
  const rest = /^[ \t]*\r?(\n|$)/.exec(text.slice(end));
  return rest && text.slice(start, node.getStart()).trim() === ""
    ? { start, end: end + rest[0].length, text: "" }
    : { start: node.getStart(), end, text: "" };
}

/** The IDs in the output that a module's constants are of. */
function idsOfImport(index: SourceModule, node: ts.Node): ts.Node[] {
  const { ts } = index;
  const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : undefined;
  if (!bindings || !ts.isNamedImports(bindings)) return [];
  const names = new Set(bindings.elements.map(({ name }) => name.text));
  return (outputIn(index)?.properties ?? []).filter((property) => {
    const value = ts.isPropertyAssignment(property) ? property.initializer : undefined;
    return value && ts.isPropertyAccessExpression(value) && names.has(value.expression.getText());
  });
}

function outputIn(index: SourceModule): ts.ObjectLiteralExpression | undefined {
  const meaning = index.meaningOf("segments");
  const object = meaning?.is === "constant" ? index.resolved(meaning.value) : undefined;
  return object && index.ts.isObjectLiteralExpression(object) ? object : undefined;
}

/** Puts a file into the list, in order. */
function listed({ elements, end }: ts.ArrayLiteralExpression, text: string): TextEdit {
  const next = elements.find((one) => one.getText().slice(1) > text.slice(1));
  const last = elements[elements.length - 1];
  if (next) return { start: next.getStart(), end: next.getStart(), text: `${text},\n  ` };
  return last
    ? { start: last.getEnd(), end: last.getEnd(), text: `,\n  ${text}` }
    : { start: end - 1, end: end - 1, text: `\n  ${text},\n` };
}

/** Imports a module, in order, and has its segment's ID in the output, if there is one. */
function moduleEdits(index: SourceModule, lines: readonly IndexLine[], named: Named): TextEdit[] {
  const output = outputIn(index);
  const isWithId = output !== undefined && index.meaningOf(named.identifier) === undefined;
  const line = isWithId ? importLine(named) : `import "./segments/${named.file}";`;
  const imports = lines.filter(({ node }) => node.parent === index.source);
  const next = imports.find(({ file }) => file > `segments/${named.file}`)?.node;
  const last = imports[imports.length - 1]?.node;
  const at = next ? next.getStart() : (last?.getEnd() ?? 0);
  const imported = { start: at, end: at, text: next || !last ? `${line}\n` : `\n${line}` };
  if (!isWithId) return [imported];
  const following = output.properties.find((one) => (index.keyOf(one) ?? "") > named.resource);
  if (following)
    return [imported, { start: following.getStart(), end: following.getStart(), text: `${idLine(named).trim()}\n  ` }];
  const end = output.properties[output.properties.length - 1]?.getEnd() ?? output.getStart() + 1;
  const text = `\n${idLine(named).replace(/,$/, "")}`;
  return [
    imported,
    {
      start: end,
      end,
      text: output.properties.length > 0 ? `,${text}` : `${text},${output.properties.hasTrailingComma ? "" : "\n"}`,
    },
  ];
}
