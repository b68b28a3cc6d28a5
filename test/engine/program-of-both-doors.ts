import { DOORS } from "./doors/door";
import type { ResourceClass } from "./programs";

/**
 * The text of a program that runs its lines once for each door, so that one run of the engine shows both. In the lines `cja` is the package by the
 * door's import, `door` its name, `own(name)` the name with the door's after it, and `ownArgs({…})` the arguments with the names and IDs of this
 * door: an `adoptId` has one for each.
 *
 * @param after lines that run when those before have run for both doors; what these have pushed into `before` is there.
 */
export const throughBothDoors = (lines: readonly string[], after: readonly string[] = []): string =>
  [
    'const pulumi = require("@pulumi/pulumi");',
    'const classes = { dynamic: require("pulumi-cja"), native: require("pulumi-cja/native") };',
    "const before = [];",
    pass("main", lines),
    pass("after", after),
    `for (const door of ${JSON.stringify(DOORS)}) main(door);`,
    `for (const door of ${JSON.stringify(DOORS)}) after(door);`,
  ].join("\n");

const pass = (name: string, lines: readonly string[]) => `
function ${name}(door) {
  const cja = classes[door];
  const own = (name) => name + "-" + door;
  const ownArgs = ({ name, segmentIds, adoptId, ...rest }) => ({
    ...rest,
    ...(typeof name === "string" && name !== "" ? { name: own(name) } : name !== undefined && { name }),
    ...(segmentIds !== undefined && { segmentIds: segmentIds.map(own) }),
    ...(adoptId !== undefined && { adoptId: typeof adoptId === "object" ? adoptId[door] : own(adoptId) }),
  });
  ${lines.join("\n  ")}
}`;

/** A line of a program, for options that are more than JSON: `declare("Segment", "a", {…}, "{ dependsOn: [b] }")`. */
export const declare = (kind: ResourceClass, name: string, args: object, options = "{}"): string =>
  `const ${name} = new cja.${kind}(own("${name}"), ownArgs(${JSON.stringify(args)}), ${options});`;

/** A line for each resource, as `program` takes them. */
export const declareAll = (resources: Readonly<Record<string, readonly [ResourceClass, object, object?]>>): string[] =>
  Object.entries(resources).map(([name, [kind, args, options]]) =>
    declare(kind, name, args, JSON.stringify(options ?? {})),
  );
