import { sortedBy } from "../../definition/sorted";
import { parse } from "../../definition";
import { environmentModule, indexOfOne, indexOfJson, indexOfModules } from "./entry-point";
import type { ExportedSegment, NamedSegment } from "./exported-segment";
import type { NamedResource } from "./kinds";
import type { LogicalNames } from "./logical-names";
import { packageJson, pulumiYaml, tsconfigJson, type Project } from "./project-files";
import type { KeptNames } from "./resource-names";
import { YAML_PROGRAM, yamlProgram } from "./yaml-program";
import { segmentJson, segmentModule, segmentSource, type SourceStyle } from "./segment-source";

/** Programs that Node runs. */
export const NODE_FORMATS = ["typescript", "typescript-json", "json"] as const;
export const FORMATS = [...NODE_FORMATS, "yaml"] as const;
export type Format = (typeof FORMATS)[number];

/** A file of the exported program. */
export interface ProgramFile {
  /** Below the program's folder, with `/`. */
  readonly path: string;
  readonly content: string;
  /** `resource`: makes one, or all; `index`: names the others; `project`: what surrounds them. */
  readonly role: "resource" | "index" | "project";
  /** Those that it makes. */
  readonly resources?: readonly NamedResource[];
}

export interface ProgramOptions {
  readonly format: Format;
  /** All segments in one file. */
  readonly singleFile: boolean;
  /** With the option `import` of native resources in place of `adoptId`. */
  readonly isImporting: boolean;
  readonly project: Project;
  readonly names: LogicalNames | undefined;
  /** `environments.yaml`, to be put beside the program. */
  readonly environments: string | undefined;
}

/** All files of a program, in an order in which a run that is killed leaves none that names a missing one. */
export function programFiles(
  segments: readonly ExportedSegment[],
  called: ReadonlyMap<string, KeptNames>,
  options: ProgramOptions,
): ProgramFile[] {
  const { format, singleFile, isImporting, project, names, environments } = options;
  const named = sortedBy(
    segments.map((segment): NamedSegment => ({ id: segment.id, segment, ...namesOf(segment, called) })),
    ({ file }) => file,
  );
  const file = (path: string, content: string): ProgramFile => ({ path, content, role: "project" });
  const around = [file("Pulumi.yaml", pulumiYaml(project)), file("package.json", packageJson(project))];
  if (format === "yaml")
    return [
      ...around,
      { path: YAML_PROGRAM, content: yamlProgram(named, isImporting), role: "resource", resources: named },
    ];
  return [
    ...around,
    file("tsconfig.json", tsconfigJson()),
    ...(environments === undefined ? [] : [file("environments.yaml", environments)]),
    ...(names ? [file("env.ts", environmentModule(names))] : []),
    ...(singleFile ? [onlyFile(named, options)] : named.map((one) => fileOf(one, options))),
    {
      path: "index.ts",
      content: singleFile
        ? indexOfOne(named, "Segment")
        : format === "json"
          ? indexOfJson(named, names, isImporting)
          : indexOfModules(named, "Segment"),
      role: "index",
    },
  ];
}

/** What a resource is called in the program. */
export function namesOf({ id }: Pick<NamedResource, "id">, called: ReadonlyMap<string, KeptNames>): KeptNames {
  const names = called.get(id);
  if (!names) throw new Error(`${id} has no name in the program`);
  return names;
}

/** What the language does not know is no matter for the builder. */
const isKnown = ({ definition }: ExportedSegment): boolean => parse(definition).errors.length === 0;

const styleOf = (
  segment: ExportedSegment,
  { format, names, isImporting }: ProgramOptions,
  module: string,
): SourceStyle => ({
  builder: format === "typescript" && isKnown(segment),
  names,
  environmentModule: module,
  isImporting,
});

function fileOf(named: NamedSegment, options: ProgramOptions): ProgramFile {
  const { file, segment } = named;
  const more = { role: "resource", resources: [named] } as const;
  if (options.format === "json")
    return { path: `segments/${file}.json`, content: segmentJson(named, options.names), ...more };
  const style = styleOf(segment, options, "../env");
  return { path: `segments/${file}.ts`, content: segmentModule([segmentSource(named, style)], style), ...more };
}

function onlyFile(all: readonly NamedSegment[], options: ProgramOptions): ProgramFile {
  const sources = all.map((named) => segmentSource(named, styleOf(named.segment, options, "./env")));
  const { names, isImporting } = options;
  const style = { builder: true, names, environmentModule: "./env", isImporting };
  return { path: "segments.ts", content: segmentModule(sources, style), role: "resource", resources: all };
}
