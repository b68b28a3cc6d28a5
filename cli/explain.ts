import { Command, Option } from "commander";
import {
  describe,
  measure,
  type Mistake,
  outline,
  parse,
  type SentenceOptions,
  toBuilder,
  toMermaid,
} from "../definition";
import { exactNumbers } from "../definition/exact-numbers";
import { writeJson } from "../definition/json";
import { toJson } from "../definition/to-json";
import { formatWarningLine } from "../model/notices";
import { toPythonSource, toYamlSource } from "./data-source";
import { escapeInvisible } from "./escape-invisible";
import { explainExpression } from "./explain-expression";
import { readDefinition, type FoundDefinition } from "./definition-source";
import { withSafeOutput } from "./safe-output";
import { API_WORDS_OPTION, levelWordsFor, readNamesFile } from "./names-file";
import type { Terminal } from "./terminal";

const FORMATS = ["text", "mermaid", "json", "typescript", "yaml", "python"] as const;

interface ExplainFlags {
  readonly format: (typeof FORMATS)[number];
  readonly names?: string;
  readonly apiWords?: boolean;
}

const examples = `
Examples:
  $ pulumi-cja explain segment.json
  $ pulumi-cja explain segment.json --format typescript > mobile.ts      the same with the builder
  $ pulumi-cja explain segment.json --format yaml       for the properties of a segment in Pulumi YAML; also python
  $ pulumi-cja explain s300000022_6b02b5cb0000000000000001      of your tenant; settings from the environment (CJA_ORG_ID …) or the stack
  $ jq .definition export.json | pulumi-cja explain - --format mermaid
  $ pulumi-cja explain audience.pql      the expression of an audience; as JSON, too, alone or in an audience
  $ pulumi-cja explain audience.pql --format yaml       for the properties of an audience in Pulumi YAML; also python
  $ pulumi-cja explain segment.json --names names.json      with {"variables/web.page": "Page", "metrics/orders": "Orders"}

Exit status: 0, or 1 if the definition or the expression cannot be read or has mistakes.
`;

/** `pulumi-cja explain`: a definition in words, as a diagram, as data or as source; an audience's expression laid out. */
export function explainCommand(overrides: Partial<Terminal> = {}): Command {
  return new Command("explain")
    .description("explain a segment's definition in plain English, or lay out an audience's expression")
    .argument(
      "<source>",
      "a file with a definition or a whole segment as JSON, a file with an audience's expression (.pql), - for standard input, or a segment's ID",
    )
    .addOption(new Option("-f, --format <format>", "output format").choices(FORMATS).default("text"))
    .option("--names <file>", "JSON with the names of dimensions, metrics, date ranges, segments and audiences by ID")
    .option(...API_WORDS_OPTION)
    .addHelpText("after", examples)
    .action(
      withSafeOutput(overrides, (terminal, source: string, flags: ExplainFlags) => explain(source, flags, terminal)),
    );
}

async function explain(
  source: string,
  { format, names: file, apiWords }: ExplainFlags,
  terminal: Terminal,
): Promise<void> {
  const names = file === undefined ? {} : readNamesFile(file);
  const options = { names, ...levelWordsFor(apiWords) };
  const found = await readDefinition(source, terminal);
  if ("expression" in found) return explainExpression(found, format, names, terminal);
  const { errors, warnings } = parse(found.definition);
  for (const warning of warnings) terminal.log(formatWarningLine(mistakeLine(found, warning)));
  if (errors.length > 0)
    throw new Error(["the definition has mistakes:", ...errors.map((error) => mistakeLine(found, error))].join("\n  "));
  terminal.write(`${render(format, found, options)}\n`);
}

const mistakeLine = ({ place }: FoundDefinition, { path, message }: Mistake): string =>
  `${place}: ${path === "" ? "" : `${path}: `}${message}`;

function render(format: ExplainFlags["format"], found: FoundDefinition, options: SentenceOptions): string {
  const { definition, name } = found;
  switch (format) {
    case "text":
      return asText(found, options);
    case "mermaid":
      return toMermaid(definition, options);
    case "json": {
      const output = { ...(name !== undefined && { name }), outline: outline(definition, options) };
      return writeJson({ ...output, measures: measure(definition), definition }, 2);
    }
    case "typescript": {
      refuseExactNumbers(found);
      const { expression, imports } = toBuilder(definition);
      return `import { ${imports.join(", ")} } from "pulumi-cja";\n\nexport const definition = ${expression};`;
    }
    case "yaml":
      refuseExactNumbers(found);
      return toYamlSource({ definition: toJson(definition) });
    case "python":
      refuseExactNumbers(found);
      return `definition = ${toPythonSource(toJson(definition))}`;
  }
}

/** A program would have other numbers. */
function refuseExactNumbers(found: FoundDefinition): void {
  const numbers = exactNumbers(found.definition);
  if (numbers.length === 0) return;
  const lines = numbers.map(({ path, message }) => mistakeLine(found, { path, message: `found ${message}` }));
  throw new Error(["A program would round these numbers of the definition:", ...lines].join("\n  "));
}

function asText({ definition, name }: FoundDefinition, options: SentenceOptions): string {
  const { depth, conditions, warnings } = measure(definition);
  const size = `${conditions} ${conditions === 1 ? "condition" : "conditions"}, ${depth} ${depth === 1 ? "level" : "levels"} deep`;
  const lines = warnings.map(({ path, message }) => `note: ${path === "" ? "" : `${path}: `}${message}`);
  const headline = name === undefined ? [] : [escapeInvisible(name)];
  return [...headline, describe(definition, options), "", size, ...lines].join("\n");
}
