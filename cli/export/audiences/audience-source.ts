import { quoted } from "../../../definition/sentences/quote";
import { layOut, literal } from "../../../definition/source/expression";
import type { Kind } from "../../../model/environment/kinds";
import { NAMED_AUDIENCE_ARGUMENTS } from "../../../model/environment/references";
import type { LogicalNames } from "../logical-names";
import { collectImports } from "../segment-source";
import { PACKAGES } from "../source-module";
import { argumentsOf, type NamedAudience } from "./exported-audience";
import type { ReferencedAudiences, TextPart } from "./references";

/** One audience as TypeScript. */
export interface AudienceSource {
  readonly statement: string;
  /** Whether it puts IDs of others into a text. */
  readonly usesPulumi: boolean;
}

/** How audiences are written. */
export interface AudienceStyle {
  /** With the option `import` of native resources in place of `adoptId`. */
  readonly isImporting: boolean;
  /** Those of the environment. */
  readonly names: LogicalNames | undefined;
}

/** The arguments that may have logical names: where two policies share a name, its ID. */
const KINDS: Readonly<Record<string, Kind>> = { ...NAMED_AUDIENCE_ARGUMENTS, mergePolicyId: "mergePolicies" };

const INDENT = "    ";

/** `export const buyers = new cja.Audience("buyers", { … }, { protect: true });` */
export function audienceSource(
  named: NamedAudience,
  references: ReferencedAudiences,
  { isImporting, names }: AudienceStyle,
): AudienceSource {
  const { name, ...rest } = argumentsOf(named.audience);
  const expression = expressionSource(named, references);
  const line = ([key, value]: readonly [string, unknown]) => {
    const kind = KINDS[key];
    const call = kind && typeof value === "string" ? names?.toCall(kind, value) : undefined;
    return `${key}: ${call ?? layOut(literal(value)).replaceAll("\n", `\n${INDENT}`)}`;
  };
  const id = names ? `adopted(${quoted(named.id)})` : quoted(named.id);
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
      return typeof part === "object" && more.length === 0 ? partSource(part) : undefined;
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
    .map((part) => (typeof part === "string" ? escapeTemplate(part) : `\${${partSource(part)}}`))
    .join("");
  const hasOutputs = parts.some((part) => typeof part !== "string" && "identifier" in part);
  return `${hasOutputs ? "pulumi.interpolate" : ""}\`${template}\``;
}

const partSource = (part: Exclude<TextPart, string>): string => ("call" in part ? part.call : `${part.identifier}.id`);

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
  { isImporting, names, environmentModule }: AudienceStyle & { readonly environmentModule: string },
): string {
  const imports = [
    ...(sources.some(({ usesPulumi }) => usesPulumi) ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
    `import * as cja from ${quoted(isImporting ? PACKAGES.native : PACKAGES.dynamic)};`,
    ...(names ? [`import { ${collectImports(sources)} } from ${quoted(environmentModule)};`] : []),
    ...imported.map(({ identifier, file }) => `import { ${identifier} } from "./${file}";`),
  ];
  return `${[imports.join("\n"), ...sources.map(({ statement }) => statement)].join("\n\n")}\n`;
}
