import type ts from "typescript";
import { quoted } from "../definition/sentences/quote";
import type { FoundSegment } from "./found-segment";
import { isPlain, isSame } from "./same-source";
import type { SourceModule } from "./source-module";
import type { TextEdit } from "./text-edits";

/** What a module says of a segment, and what an export would say of it. */
export interface Updating {
  readonly module: SourceModule;
  readonly found: FoundSegment;
  readonly wanted: SourceModule;
  readonly wantedSegment: FoundSegment;
}

/** What has to be written to bring a segment up to date. */
export interface Update {
  readonly edits: readonly TextEdit[];
  /** The functions that have to be imported, by the modules that have them. */
  readonly imports: readonly { readonly name: string; readonly from: string }[];
  /** The arguments that may differ, and that the program says in a way of its own: they stay. */
  readonly own: readonly string[];
}

/** Brings the arguments that differ up to date, and leaves everything else as it stands. */
export function updateOf({ module, found, wanted, wantedSegment }: Updating): Update {
  const { ts } = module;
  const theirs = wantedSegment.made?.arguments?.[1];
  if (!theirs || !ts.isObjectLiteralExpression(theirs)) throw new Error(`${wanted.path} makes no segment`);
  const given = found.made?.arguments?.[1];
  const object = given && module.resolved(given);
  const keys = theirs.properties.map((property) => wanted.keyOf(property) ?? "");
  if (!given || !object || !ts.isObjectLiteralExpression(object)) return { edits: [], imports: [], own: keys };

  const update = { edits: [] as TextEdit[], imports: [] as { name: string; from: string }[], own: [] as string[] };
  const isOwn = sharesObject(module, given);
  for (const key of keys) {
    const value = wanted.field(theirs, key);
    if (typeof value === "string") continue;
    const there = module.field(object, key);
    if (typeof there !== "string" && isSame({ module, node: there }, { module: wanted, node: value })) continue;
    const property = object.properties.find((one) => module.keyOf(one) === key);
    const missing = importsFor(module, wanted, value);
    const isReadable = there === "absent" || (typeof there !== "string" && isPlain({ module, node: there }));
    // Where only a stack has said which segment it is, the ID is added in any case.
    const isId = key === "adoptId" && found.adoptId !== undefined && there !== "absent";
    if (isId || isOwn || !missing || !isReadable) {
      if (!isId) update.own.push(key);
      continue;
    }
    update.imports.push(...missing);
    update.edits.push(
      property
        ? { start: property.getStart(), end: property.getEnd(), text: `${keyText(property, key)}: ${value.getText()}` }
        : added(module, object, `${key}: ${value.getText()}`),
    );
  }
  const description = keys.includes("description") ? "absent" : module.field(object, "description");
  if (typeof description !== "string" && module.textOf(description) !== "") {
    // A program says an empty one so that the next `up` clears it; the text may be a constant of others, too.
    const property = object.properties.find((one) => module.keyOf(one) === "description");
    if (isOwn || !property || module.textOf(description) === undefined) update.own.push("description");
    else
      update.edits.push({
        start: property.getStart(),
        end: property.getEnd(),
        text: `${keyText(property, "description")}: ${quoted("")}`,
      });
  }
  return update;
}

const keyText = (property: ts.ObjectLiteralElementLike, key: string): string => property.name?.getText() ?? key;

/** Whether the arguments are a constant that other code has, too. */
function sharesObject(module: SourceModule, given: ts.Expression): boolean {
  const { ts } = module;
  if (!ts.isIdentifier(given)) return false;
  const uses = [...module.nodes()].filter((node) => ts.isIdentifier(node) && node.text === given.text);
  return uses.length > 2;
}

function added(module: SourceModule, object: ts.ObjectLiteralExpression, text: string): TextEdit {
  const last = object.properties[object.properties.length - 1];
  if (!last) return { start: object.getStart() + 1, end: object.getStart() + 1, text: ` ${text} ` };
  const lineStart = module.source.text.lastIndexOf("\n", last.getStart()) + 1;
  const before = module.source.text.slice(lineStart, last.getStart());
  const gap = /^\s*$/.test(before) ? `\n${before}` : " ";
  return { start: last.getEnd(), end: last.getEnd(), text: `,${gap}${text}` };
}

/** What an expression of the export needs and the module lacks; undefined where the module has the names for something else. */
function importsFor(module: SourceModule, wanted: SourceModule, value: ts.Expression) {
  const { ts } = module;
  const missing: { name: string; from: string }[] = [];
  for (const node of wanted.nodes(value)) {
    if (!ts.isIdentifier(node)) continue;
    const theirs = wanted.meaningOf(node.text);
    const isName = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
    if (isName || (theirs?.is !== "package" && theirs?.is !== "import")) continue;
    const mine = module.meaningOf(node.text);
    const isThere =
      theirs.is === "package" ? mine?.is === "package" && mine.member === theirs.member : mine?.is === "import";
    if (isThere) continue;
    const isNear = theirs.is === "package" || module.path.split("/").length === wanted.path.split("/").length;
    if (mine || !isNear || !module.imports.some((one) => ts.isImportDeclaration(one.node))) return undefined;
    missing.push({ name: node.text, from: theirs.is === "package" ? "pulumi-cja" : theirs.from });
  }
  return missing;
}

/** Puts imports below those that a module has. */
export function importEdits(module: SourceModule, imports: Update["imports"]): TextEdit[] {
  const { ts } = module;
  const last = module.imports.findLast(({ node }) => ts.isImportDeclaration(node))?.node.getEnd() ?? 0;
  return [...new Set(imports.map(({ from }) => from))].map((from) => {
    const names = [...new Set(imports.flatMap((one) => (one.from === from ? [one.name] : [])))].sort();
    return { start: last, end: last, text: `\nimport { ${names.join(", ")} } from ${quoted(from)};` };
  });
}
