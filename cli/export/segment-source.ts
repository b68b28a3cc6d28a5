import { toBuilder } from "../../definition";
import { quoted, json } from "../../definition/sentences/quote";
import { layOut, literal } from "../../definition/source/expression";
import { toJson } from "../../definition/to-json";
import { omit, pick } from "../../model/fields";
import { type BodyField } from "../../model/segment-field-lists";
import { kindOfShare } from "../../model/environment/share-ids";
import { fieldsToWrite, type ExportedShare, type NamedSegment } from "./exported-segment";
import type { LogicalNames } from "./logical-names";
import { PACKAGES } from "./source-module";
import { writeJson } from "../../definition/json";
import { logicalReference } from "../../model/environment/references";

/** How a segment is written as TypeScript. */
export interface SourceStyle {
  /** With the builder, or as JSON. */
  readonly builder: boolean;
  readonly names: LogicalNames | undefined;
  /** Where `env.ts` is. */
  readonly environmentModule: string;
  /** With the option `import` of native resources in place of `adoptId`. */
  readonly isImporting: boolean;
}

/** One segment as TypeScript. */
interface SegmentSource {
  readonly statement: string;
  /** The builder's functions that it calls. */
  readonly imports: readonly string[];
}

/** `export const mobile = new cja.Segment("mobile", { … }, { protect: true });` */
export function segmentSource({ segment, resource, identifier }: NamedSegment, style: SourceStyle): SegmentSource {
  const { names, isImporting } = style;
  const { code, imports } = definitionSource(segment.definition, style);
  const id = names ? `adopted(${quoted(segment.id)})` : quoted(segment.id);
  const named: { readonly [Name in BodyField]?: string | undefined } = {
    dataViewId: names?.toCall("dataViews", segment.dataViewId),
    definition: indent(code),
  };
  const lines = [
    ...fieldsToWrite(segment).map((name) => `${name}: ${named[name] ?? layOut(literal(segment[name]))}`),
    ...(isImporting ? [] : [`adoptId: ${id}`]),
    ...(segment.tags ? [`tags: ${indent(layOut(literal(segment.tags)))}`] : []),
    ...(segment.shares ? [`shares: ${indent(sharesSource(segment.shares, names))}`] : []),
  ];
  const args = ["  {", ...lines.map((line) => `    ${line},`), "  },"].join("\n");
  const options = `{ ${isImporting ? `import: ${id}, ` : ""}protect: true }`;
  const statement = `export const ${identifier} = new cja.Segment(\n  ${quoted(resource)},\n${args}\n  ${options},\n);`;
  return { statement, imports };
}

/** Lines of an argument: no text in quotes goes over several. */
const indent = (code: string): string => code.replaceAll("\n", "\n    ");

function sharesSource(shares: readonly ExportedShare[], names: LogicalNames | undefined): string {
  const named = ({ to }: Readonly<Record<string, unknown>>, key: string, value: unknown) => {
    const kind = key === "id" ? kindOfShare(to) : undefined;
    return kind && typeof value === "string" ? names?.toCall(kind, value) : undefined;
  };
  return layOut(literal(shares, "", named));
}

function definitionSource(definition: unknown, { builder, names }: SourceStyle) {
  if (builder) {
    const { expression, imports } = toBuilder(definition, { reference: (kind, id) => names?.toCall(kind, id) });
    return { code: expression, imports };
  }
  const raw = layOut(literal(toJson(names ? names.withLogicalNames(definition) : definition)));
  return { code: names ? `env.rebind(${raw})` : raw, imports: [] };
}

/** A module with some segments. */
export function segmentModule(
  sources: readonly SegmentSource[],
  { names, environmentModule, isImporting }: SourceStyle,
): string {
  const from = quoted(isImporting ? PACKAGES.native : PACKAGES.dynamic);
  const importedNames = [...new Set(sources.flatMap(({ imports }) => imports))].sort();
  const imports = [
    `import * as cja from ${from};`,
    ...(importedNames.length > 0 ? [formatImport(importedNames, from)] : []),
    ...(names ? [`import { ${collectImports(sources)} } from ${quoted(environmentModule)};`] : []),
  ];
  return `${[imports.join("\n"), ...sources.map(({ statement }) => statement)].join("\n\n")}\n`;
}

/** What a module imports of `env.ts`. All in it is adopted; an ID without a logical name may leave nothing for `env` to do. */
export const collectImports = (sources: readonly Pick<SegmentSource, "statement">[]): string =>
  sources.some(({ statement }) => /\benv\.\w+\(/.test(statement)) ? "adopted, env" : "adopted";

function formatImport(importedNames: readonly string[], from: string): string {
  const line = `import { ${importedNames.join(", ")} } from ${from};`;
  return line.length <= 100 ? line : `import {\n${importedNames.map((word) => `  ${word},\n`).join("")}} from ${from};`;
}

/** One segment as JSON, for the program that reads it. */
export function segmentJson({ segment }: NamedSegment, names: LogicalNames | undefined): string {
  const { id, dataViewId, definition, tags, shares } = segment;
  const view = names?.nameOf("dataViews", dataViewId);
  const content = {
    ...omit(pick(segment, fieldsToWrite(segment)), ["definition"]),
    dataViewId: view === undefined ? dataViewId : logicalReference("dataViews", view),
    adoptId: id,
    ...(tags && { tags }),
    ...(shares && { shares: names ? names.withLogicalNames(shares) : shares }),
    definition: toJson(names ? names.withLogicalNames(definition) : definition),
  };
  return jsonText(content);
}

/** A file of JSON. It is laid out first: line breaks are the only thing in it then that shows nothing and is wanted. */
export const jsonText = (content: object): string =>
  `${writeJson(content, 2)
    .split("\n")
    .map((line) => escapeInvisibleInJson(line))
    .join("\n")}\n`;

/** A line of JSON with what shows nothing as escapes. Quotes stand around texts only, so that all of it may be done at once. */
const escapeInvisibleInJson = (line: string): string =>
  line.replace(/"(?:[^"\\]|\\.)*"/g, (text) => json(JSON.parse(text) as string));
