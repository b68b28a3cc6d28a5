import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import type { JsonObject } from "../../definition/json";
import { toJson } from "../../definition/to-json";
import { isTooDeepYaml } from "../../model/environment/yaml-depth";
import { omit, pick } from "../../model/fields";
import { toYamlSource } from "../data-source";
import { fieldsToWrite, type NamedSegment } from "./exported-segment";
import type { FoundSegment } from "./found-segment";
import { EXPORTED, type ExportedKind, type NamedResource } from "./kinds";
import type { ExistingFile } from "./source-module";

/** Where Pulumi YAML looks for a program, beside its `Pulumi.yaml`. */
export const YAML_PROGRAM = "Main.yaml";

/** A program in Pulumi YAML with all segments. */
export function yamlProgram(segments: readonly NamedSegment[], isImporting: boolean): string {
  const resources = Object.fromEntries(
    segments.map((named) => [named.resource, resourceOf(named, isImporting) as JsonObject]),
  );
  return yamlWithOutputs(toYamlSource({ resources }), segments, "Segment");
}

/** A program with the IDs of its resources as an output. */
export function yamlWithOutputs(source: string, resources: readonly NamedResource[], kind: ExportedKind): string {
  const { many } = EXPORTED[kind];
  const outputs = resources.map(({ resource }) => `    ${resource}: \${${resource}.id}`);
  return `${[
    source,
    "",
    "outputs:",
    `  # The IDs of the ${many}: pulumi stack output ${many}`,
    ...(outputs.length === 0 ? [`  ${many}: {}`] : [`  ${many}:`, ...outputs]),
  ].join("\n")}\n`;
}

function resourceOf({ segment }: NamedSegment, isImporting: boolean): object {
  const { id, tags, shares, definition } = segment;
  return {
    type: "cja:Segment",
    properties: {
      ...omit(pick(segment, fieldsToWrite(segment)), ["definition"]),
      ...(isImporting ? {} : { adoptId: id }),
      ...(tags && { tags }),
      ...(shares && { shares }),
      definition: toJson(definition),
    },
    options: { ...(isImporting && { import: id }), protect: true },
  };
}

/** The segments, or others, of a program in YAML, which may be in its `Pulumi.yaml`, too. */
export function segmentsOfYaml({ path, content }: ExistingFile, kind: ExportedKind = "Segment"): FoundSegment[] {
  if (!isYamlProgram(path) || isTooDeepYaml(content)) return [];
  const lineCounter = new LineCounter();
  const resources = parseDocument(content, { lineCounter }).get("resources");
  if (!isMap(resources)) return [];
  return resources.items.flatMap(({ key, value }): FoundSegment[] => {
    if (!isScalar(key) || !isMap(value) || !isOfKind(value.get("type"), kind)) return [];
    const text = (...keys: string[]) => {
      const found = value.getIn(keys);
      return typeof found === "string" ? found : undefined;
    };
    const imported = text("options", "import");
    return [
      {
        path,
        line: lineCounter.linePos(key.range?.[0] ?? 0).line,
        adoptId: imported ?? text("properties", "adoptId"),
        isUnread: false,
        isImported: imported !== undefined,
        name: text("properties", "name"),
        resource: String(key.value),
        identifier: undefined,
      },
    ];
  });
}

const isOfKind = (type: unknown, kind: ExportedKind): boolean => type === `cja:${kind}` || type === `cja:index:${kind}`;

export const isYamlProgram = (path: string): boolean => path === YAML_PROGRAM || path === "Pulumi.yaml";
