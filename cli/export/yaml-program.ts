import type { Json } from "../../definition/json";
import { toJson } from "../../definition/to-json";
import { omit, pick } from "../../model/segment-field-lists";
import { yamlLines } from "../pasted-source";
import { fieldsToWrite, type NamedSegment } from "./exported-segment";
import type { Project } from "./project-files";

/**
 * A program in YAML, of one file: the plugin runs its segments.
 *
 * @param byImport by the option `import`, which goes after the first `up`, instead of `adoptId`
 */
export function yamlProgram(
  all: readonly NamedSegment[],
  { name, dataViewId }: Project,
  { byImport }: { readonly byImport: boolean },
): string {
  const resources = all.map(({ segment, resource }): [string, Json] => {
    const { id, tags, shares, definition } = segment;
    const properties = {
      ...omit(pick(segment, fieldsToWrite(segment)), ["definition"]),
      ...(byImport ? {} : { adoptId: id }),
      ...(tags && { tags }),
      ...(shares && { shares }),
      definition,
    };
    const options = { protect: true, ...(byImport && { import: id }) };
    return [resource, { type: "cja:Segment", properties: ordered(properties), options }];
  });
  const lines = yamlLines({
    name,
    description: `Segments of the data view ${dataViewId}`,
    runtime: "yaml",
    plugins: { providers: [{ name: "cja", path: "node_modules/pulumi-cja/plugin" }] },
    resources: Object.fromEntries(resources),
  });
  return `${lines.join("\n")}\n`;
}

/** As JSON, with the arguments in the order in which people read them. */
const ordered = (values: object): Json =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, toJson(value)]));
