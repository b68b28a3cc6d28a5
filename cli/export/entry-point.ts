import type ts from "typescript";
import { quoted } from "../../definition/sentences/quote";
import { TEXT_FIELDS, segmentField } from "../../model/segment-field-lists";
import type { NamedSegment } from "./exported-segment";
import { EXPORTED, type ExportedKind, type NamedResource } from "./kinds";
import type { LogicalNames } from "./logical-names";
import { PACKAGES, type SourceModule } from "./source-module";
import { edited, type TextEdit } from "./text-edits";

type Named = Pick<NamedResource, "resource" | "identifier" | "file">;

const outputOf = (kind: ExportedKind) => {
  const { many } = EXPORTED[kind];
  return [`/** The IDs of the ${many}: \`pulumi stack output ${many}\`. */`, `export const ${many} = `] as const;
};

/** `index.ts` of one file for each resource. */
export const indexOfModules = (resources: readonly Named[], kind: ExportedKind): string =>
  `${resources.map((one) => importLine(one, kind)).join("\n")}\n\n${idsOf(resources, kind)}`;

/** `index.ts` of one file for all. */
export const indexOfOne = (resources: readonly Named[], kind: ExportedKind): string =>
  `import {\n${resources.map(({ identifier }) => `  ${identifier},\n`).join("")}} from "./${EXPORTED[kind].many}";\n\n${idsOf(resources, kind)}`;

const importLine = ({ identifier, file }: Named, kind: ExportedKind = "Segment"): string =>
  `import { ${identifier} } from "./${EXPORTED[kind].many}/${file}";`;
const idLine = ({ resource, identifier }: Named): string => `  ${quoted(resource)}: ${identifier}.id`;
const idsOf = (resources: readonly Named[], kind: ExportedKind): string =>
  `${outputOf(kind).join("\n")}{\n${resources.map((one) => `${idLine(one)},\n`).join("")}};\n`;

/** `index.ts` that makes a segment of each file of JSON in the folder. */
export function indexOfJson(
  segments: readonly NamedSegment[],
  names: LogicalNames | undefined,
  isImporting: boolean,
): string {
  const adoptId = names ? "adopted(args.adoptId)" : "args.adoptId";
  const view = segments[0] && names?.toCall("dataViews", segments[0].segment.dataViewId);
  const replaced = [
    ...(view === undefined ? [] : [`dataViewId: ${view}`]),
    ...(names
      ? [
          "definition: env.rebind(args.definition)",
          ...(isImporting ? [] : [`adoptId: ${adoptId}`]),
          "shares: args.shares && env.rebind(args.shares)",
        ]
      : []),
  ];
  if (isImporting) replaced.push("adoptId: undefined");
  const shown = replaced.length === 0 ? "args" : `{ ...args, ${replaced.join(", ")} }`;
  const options = `{ ${isImporting ? `import: ${adoptId}, ` : ""}protect: true }`;
  return `${[
    'import { readdirSync, readFileSync } from "node:fs";',
    'import { basename, join } from "node:path";',
    `import * as cja from ${quoted(isImporting ? PACKAGES.native : PACKAGES.dynamic)};`,
    ...(names ? ['import { adopted, env } from "./env";'] : []),
    "",
    "interface ExportedSegment {",
    ...TEXT_FIELDS.map((name) => {
      const { required, absent = "" } = segmentField(name);
      return `  ${name}${required ? "" : "?"}: ${typeof absent};`;
    }),
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
    `  return new cja.Segment(basename(file, ".json"), ${shown}, ${options});`,
    "}",
    "",
    outputOf("Segment")[0],
    `${outputOf("Segment")[1]}Object.fromEntries(files.map((file) => [basename(file, ".json"), segmentOf(file).id]));`,
  ].join("\n")}\n`;
}

/** `env.ts`: the IDs of the stack's environment. */
export const environmentModule = ({ environment }: LogicalNames): string =>
  `${[
    'import * as cja from "pulumi-cja";',
    "",
    "export const env = cja.Environment.load();",
    "",
    "/** The segments exist where they were exported from; in other environments pulumi up creates them. */",
    `export const adopted = (id: string): string | undefined => env.only(${quoted(environment)}, id);`,
  ].join("\n")}\n`;

/** A place in `index.ts` that names a file. */
interface IndexLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** Without ending; `segments` or `audiences` for the one file of all. */
  readonly file: string;
  readonly node: ts.Node;
}

/** Where an `index.ts` names files with resources: it imports them, or lists files of JSON. */
export function findFileLines(index: SourceModule): IndexLine[] {
  const { ts } = index;
  const line = (node: ts.Node, file: string): IndexLine => {
    const text = index.source.text.slice(node.getStart(), node.getEnd()).replace(/\s+/g, " ");
    return { number: index.lineOf(node.getStart()), text, file, node };
  };
  return [
    ...index.imports.flatMap(({ node, file }) =>
      file !== undefined && /^(segments|audiences)(\/|$)/.test(file) ? [line(node, file)] : [],
    ),
    ...(findJsonList(index)?.elements ?? []).flatMap((element) =>
      ts.isStringLiteralLike(element) ? [line(element, `segments/${element.text.replace(/\.json$/, "")}`)] : [],
    ),
  ];
}

/** Whether an `index.ts` makes a segment of each file that its folder has. */
export const readsWholeFolder = (index: SourceModule): boolean => index.calls("readdirSync").length > 0;

/** The list of files of JSON that earlier versions wrote. */
function findJsonList(index: SourceModule): ts.ArrayLiteralExpression | undefined {
  const { ts } = index;
  const meaning = index.meaningOf("files");
  const list = meaning?.is === "constant" ? index.resolved(meaning.value) : undefined;
  const isList = list && ts.isArrayLiteralExpression(list);
  return isList && list.elements.every((one) => index.textOf(one)?.endsWith(".json")) ? list : undefined;
}

/**
 * An `index.ts` that is there, with more segments and without those whose files are gone; the rest stays as it is.
 *
 * @param isObsolete gets a file as `findFileLines` names it
 * @returns undefined where it lists no segments in a way that is known
 */
export function updateIndex(
  index: SourceModule,
  segments: readonly Named[],
  format: "modules" | "json",
  isObsolete: (file: string) => boolean,
): string | undefined {
  const lines = findFileLines(index);
  const named = new Set(lines.map(({ file }) => file));
  const newSegments = segments.filter(({ file }) => !named.has(`segments/${file}`));
  const obsoleteNodes = lines.filter(({ file }) => isObsolete(file)).map(({ node }) => node);
  const list = findJsonList(index);
  if (format === "json" && !list) return readsWholeFolder(index) ? index.source.text : undefined;
  const edits = list
    ? editEntries(
        list,
        list.elements,
        obsoleteNodes,
        newSegments.map(({ file }) => quoted(`${file}.json`)),
      )
    : moduleEdits(index, lines, newSegments, obsoleteNodes);
  return edited(index.source.text, edits);
}

/** Imports modules, in order, and has the IDs of their segments in the output, if there is one. */
function moduleEdits(
  index: SourceModule,
  lines: readonly IndexLine[],
  newSegments: readonly Named[],
  obsoleteNodes: readonly ts.Node[],
): TextEdit[] {
  const output = findOutput(index);
  const isWithId = ({ identifier }: Named) => output !== undefined && index.meaningOf(identifier) === undefined;
  const statements = lines.filter(({ node }) => node.parent === index.source);
  const last = statements[statements.length - 1]?.node;
  const imports = newSegments.map((one): TextEdit => {
    const line = isWithId(one) ? importLine(one) : `import "./segments/${one.file}";`;
    const next = statements.find(({ file }) => file > `segments/${one.file}`)?.node;
    const at = next ? next.getStart() : (last?.getEnd() ?? 0);
    return { start: at, end: at, text: next || !last ? `${line}\n` : `\n${line}` };
  });
  const ids = newSegments.filter(isWithId).map((one) => idLine(one).trim());
  const goneIds = obsoleteNodes.flatMap((node) => outputIdsOf(index, node));
  return [
    ...obsoleteNodes.map((node) => removeLine(index, node)),
    ...imports,
    ...(output ? editEntries(output, output.properties, goneIds, ids) : []),
  ];
}

/** The whole line, where nothing else is on it. */
function removeLine({ source: { text } }: SourceModule, node: ts.Node): TextEdit {
  const start = text.lastIndexOf("\n", node.getStart()) + 1;
  const rest = /^[ \t]*\r?(\n|$)/.exec(text.slice(node.getEnd()));
  return rest && text.slice(start, node.getStart()).trim() === ""
    ? { start, end: node.getEnd() + rest[0].length, text: "" }
    : { start: node.getStart(), end: node.getEnd(), text: "" };
}

/** The IDs in the output that a module's constants are of. */
function outputIdsOf(index: SourceModule, node: ts.Node): ts.Node[] {
  const { ts } = index;
  const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : undefined;
  if (!bindings || !ts.isNamedImports(bindings)) return [];
  const names = new Set(bindings.elements.map(({ name }) => name.text));
  return (findOutput(index)?.properties ?? []).filter((property) => {
    const value = ts.isPropertyAssignment(property) ? property.initializer : undefined;
    return value && ts.isPropertyAccessExpression(value) && names.has(value.expression.getText());
  });
}

function findOutput(index: SourceModule): ts.ObjectLiteralExpression | undefined {
  const meaning = index.meaningOf("segments");
  const object = meaning?.is === "constant" ? index.resolved(meaning.value) : undefined;
  return object && index.ts.isObjectLiteralExpression(object) ? object : undefined;
}

/** A list or an object without some of its entries and with others, each on a line of its own. */
function editEntries(
  list: ts.Node,
  entries: ts.NodeArray<ts.Node>,
  obsoleteNodes: readonly ts.Node[],
  added: readonly string[],
): TextEdit[] {
  if (obsoleteNodes.length === 0 && added.length === 0) return [];
  const key = (text: string): string => text.replace(/^\W/, "");
  const texts = entries
    .filter((one) => !obsoleteNodes.includes(one))
    .map((one) => ({ text: one.getFullText().trim(), key: key(one.getText()) }));
  for (const text of added) {
    const next = texts.findIndex((one) => one.key > key(text));
    texts.splice(next === -1 ? texts.length : next, 0, { text, key: key(text) });
  }
  const lines = texts.map(({ text }) => `\n  ${text},`).join("");
  // A comment behind the last one stays there.
  const tail = list
    .getSourceFile()
    .text.slice(entries.end, list.getEnd() - 1)
    .trim();
  const text = `${lines}${tail === "" ? "" : `\n  ${tail}`}\n`;
  return [{ start: list.getStart() + 1, end: list.getEnd() - 1, text }];
}
