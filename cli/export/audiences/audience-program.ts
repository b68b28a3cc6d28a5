import type { JsonObject } from "../../../definition/json";
import { toYamlSource } from "../../data-source";
import { environmentModule, indexOfModules, indexOfOne } from "../entry-point";
import type { LogicalNames } from "../logical-names";
import { type ProgramFile } from "../program";
import { packageJson, pulumiYaml, tsconfigJson, type Project } from "../project-files";
import { YAML_PROGRAM, yamlWithOutputs } from "../yaml-program";
import { audienceModule, audienceSource } from "./audience-source";
import { argumentsOf, type NamedAudience } from "./exported-audience";
import type { ReferencedAudiences } from "./references";

/** In TypeScript, an expression is text, or JSON, whatever the format does with definitions. */
export const AUDIENCE_FORMATS = ["typescript", "typescript-json", "yaml"] as const;
export type AudienceFormat = (typeof AUDIENCE_FORMATS)[number];

export interface AudienceProgramOptions {
  readonly format: AudienceFormat;
  /** All audiences in one file. */
  readonly singleFile: boolean;
  /** With the option `import` of native resources in place of `adoptId`. */
  readonly isImporting: boolean;
  readonly project: Project;
  readonly names: LogicalNames | undefined;
  /** `environments.yaml`, to be put beside the program. */
  readonly environments: string | undefined;
}

/** All files of a program with audiences, in an order in which a run that is killed leaves none that names a missing one. */
export function audienceProgramFiles(
  references: ReferencedAudiences,
  { format, singleFile, isImporting, project, names, environments }: AudienceProgramOptions,
): ProgramFile[] {
  const { ordered } = references;
  const file = (path: string, content: string): ProgramFile => ({ path, content, role: "project" });
  const around = [file("Pulumi.yaml", pulumiYaml(project)), file("package.json", packageJson(project))];
  const all = { role: "resource", resources: ordered } as const;
  if (format === "yaml")
    return [...around, { path: YAML_PROGRAM, content: yamlProgramOf(references, isImporting), ...all }];
  const style = { isImporting, names };
  const sources = ordered.map((one) => ({ one, source: audienceSource(one, references, style) }));
  const files: ProgramFile[] = singleFile
    ? [
        {
          path: "audiences.ts",
          content: audienceModule(
            sources.map(({ source }) => source),
            [],
            { ...style, environmentModule: "./env" },
          ),
          ...all,
        },
      ]
    : sources.map(({ one, source }) => ({
        path: `audiences/${one.file}.ts`,
        content: audienceModule([source], references.namedBy(one), { ...style, environmentModule: "../env" }),
        role: "resource",
        resources: [one],
      }));
  const index = [...ordered].sort((a, b) => (a.file < b.file ? -1 : 1));
  return [
    ...around,
    file("tsconfig.json", tsconfigJson()),
    ...(environments === undefined ? [] : [file("environments.yaml", environments)]),
    ...(names ? [file("env.ts", environmentModule(names))] : []),
    ...files,
    { path: "index.ts", content: (singleFile ? indexOfOne : indexOfModules)(index, "Audience"), role: "index" },
  ];
}

/** A program in Pulumi YAML: an audience that names another has its ID as `${buyers.id}`. */
function yamlProgramOf(references: ReferencedAudiences, isImporting: boolean): string {
  const resources = Object.fromEntries(
    references.ordered.map((one) => [one.resource, resourceOf(one, references, isImporting) as JsonObject]),
  );
  const source = references
    .toParts(toYamlSource({ resources }))
    .map((part) => (typeof part === "string" ? part : "call" in part ? part.call : `\${${part.resource}.id}`))
    .join("");
  return yamlWithOutputs(source, references.ordered, "Audience");
}

function resourceOf(one: NamedAudience, references: ReferencedAudiences, isImporting: boolean): object {
  const { name, ...rest } = argumentsOf(one.audience);
  return {
    type: "cja:Audience",
    properties: {
      name,
      expression: references.marked(one, ""),
      ...rest,
      ...(isImporting ? {} : { adoptId: one.id }),
    },
    options: { ...(isImporting && { import: one.id }), protect: true },
  };
}
