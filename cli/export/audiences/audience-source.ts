import { quoted } from "../../../definition/sentences/quote";
import { layOut, literal } from "../../../definition/source/expression";
import { PACKAGES } from "../source-module";
import { argumentsOf, type NamedAudience } from "./exported-audience";
import type { ReferencedAudiences, TextPart } from "./references";

/** One audience as TypeScript. */
export interface AudienceSource {
  readonly statement: string;
  /** Whether it puts IDs of others into a text. */
  readonly usesPulumi: boolean;
}

const INDENT = "    ";

/** `export const buyers = new cja.Audience("buyers", { … }, { protect: true });` */
export function audienceSource(
  named: NamedAudience,
  references: ReferencedAudiences,
  isImporting: boolean,
): AudienceSource {
  const { name, ...rest } = argumentsOf(named.audience);
  const expression = expressionSource(named, references);
  const line = ([key, value]: readonly [string, unknown]) =>
    `${key}: ${layOut(literal(value)).replaceAll("\n", `\n${INDENT}`)}`;
  const id = quoted(named.id);
  const lines = [
    line(["name", name]),
    `expression: ${expression}`,
    ...Object.entries(rest).map(line),
    ...(isImporting ? [] : [`adoptId: ${id}`]),
  ];
  const args = ["  {", ...lines.map((one) => `${INDENT}${one},`), "  },"].join("\n");
  const options = `{ ${isImporting ? `import: ${id}, ` : ""}protect: true }`;
  const statement = `export const ${named.identifier} = new cja.Audience(\n  ${quoted(named.resource)},\n${args}\n  ${options},\n);`;
  return { statement, usesPulumi: expression.startsWith("pulumi.") };
}

function expressionSource(named: NamedAudience, references: ReferencedAudiences): string {
  const expression = references.marked(named, `${INDENT}  `);
  if (typeof expression === "string") return textSource(references.toParts(expression));
  const source = layOut(
    literal(expression, "", (_, __, value) => {
      const [part, ...more] = typeof value === "string" ? references.toParts(value) : [];
      return typeof part === "object" && more.length === 0 ? `${part.identifier}.id` : undefined;
    }),
  );
  return source.replaceAll("\n", `\n${INDENT}`);
}

/** In quotes where it is one line of text, else as a template. */
function textSource(parts: readonly TextPart[]): string {
  const [first = ""] = parts;
  const isText = parts.length <= 1 && typeof first === "string";
  if (isText && !first.includes("\n")) return quoted(first);
  const template = parts
    .map((part) => (typeof part === "string" ? escapeTemplate(part) : `\${${part.identifier}.id}`))
    .join("");
  return `${isText ? "" : "pulumi.interpolate"}\`${template}\``;
}

/** What a template would take for something else, and what shows nothing: a reader of the source has to see all of it. */
const escapeTemplate = (text: string): string =>
  text
    .split("\n")
    .map((line) => quoted(line).slice(1, -1).replaceAll('\\"', '"').replaceAll("`", "\\`").replaceAll("${", "\\${"))
    .join("\n");

/** A module with some audiences. */
export function audienceModule(
  sources: readonly AudienceSource[],
  imported: readonly NamedAudience[],
  isImporting: boolean,
): string {
  const imports = [
    ...(sources.some(({ usesPulumi }) => usesPulumi) ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
    `import * as cja from ${quoted(isImporting ? PACKAGES.native : PACKAGES.dynamic)};`,
    ...imported.map(({ identifier, file }) => `import { ${identifier} } from "./${file}";`),
  ];
  return `${[imports.join("\n"), ...sources.map(({ statement }) => statement)].join("\n\n")}\n`;
}
