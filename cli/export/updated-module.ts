import type ts from "typescript";
import { quoted } from "../../definition/sentences/quote";
import { layOut, literal } from "../../definition/source/expression";
import { CLEARED_FIELDS, segmentField, type FieldName } from "../../model/segment-lists";
import type { FoundSegment } from "./found-segment";
import { isKey, isPlain, isSame } from "./same-source";
import { PACKAGE, type SourceModule } from "./source-module";
import { edited, type TextEdit } from "./text-edits";

/** What a module says of a segment, and what an export would say of it. */
interface Updating {
  readonly module: SourceModule;
  readonly found: FoundSegment;
  readonly wanted: SourceModule;
  readonly wantedSegment: FoundSegment;
}

/** What has to be written to bring a segment up to date. */
export interface Update {
  readonly edits: readonly TextEdit[];
  /** What the edits need, and the module does not import. */
  readonly imports: readonly NamedImport[];
  /** The arguments that may differ, and that the program says in a way of its own: they stay. */
  readonly own: readonly string[];
}

interface NamedImport {
  readonly name: string;
  readonly from: string;
}

/** Brings the arguments that differ up to date, and leaves everything else as it stands. */
export function updateOf({ module, found, wanted, wantedSegment }: Updating): Update {
  const { ts } = module;
  const theirs = wantedSegment.made?.arguments?.[1];
  if (!theirs || !ts.isObjectLiteralExpression(theirs)) throw new Error(`${wanted.path} creates no segment`);
  const keys = theirs.properties.map((property) => wanted.keyOf(property) ?? "");
  const given = found.made?.arguments?.[1];
  const object = given && module.resolved(given);
  if (!given || !object || !ts.isObjectLiteralExpression(object) || isUsedTwice(module, given))
    return { edits: [], imports: [], own: keys.filter((key) => key !== "adoptId" && !(given && isSaid(given, key))) };

  const update = { edits: [] as TextEdit[], imports: [] as NamedImport[], own: [] as string[] };
  for (const key of new Set([...keys, ...CLEARED_FIELDS])) {
    const there = module.field(object, key);
    // Which segment it is, the program or a stack has said already.
    if (isSaid(object, key) || (key === "adoptId" && there !== "absent")) continue;
    const value = wanted.field(theirs, key);
    const words = typeof value === "string" ? leftOut(key) : inWordsOf(module, wanted, value);
    const isReadable = there === "absent" || (typeof there !== "string" && isPlain({ module, node: there }));
    const property = object.properties.find((one) => module.keyOf(one) === key);
    // Of two that say it, the later one counts.
    const isSaidElsewhere = property !== undefined && (typeof there === "string" || there.parent !== property);
    if (!words || !isReadable || isSaidElsewhere) {
      update.own.push(key);
      continue;
    }
    const text = `${property?.name?.getText() ?? key}: ${words.text}`;
    update.imports.push(...words.imports);
    update.edits.push(
      property ? { start: property.getStart(), end: property.getEnd(), text } : added(module, object, text),
    );
  }
  return update;

  function isSaid(args: ts.Expression, key: string): boolean {
    const [there, value] = [module.field(args, key), wanted.field(theirs as ts.Expression, key)];
    // To say what leaving it out means is to say nothing.
    if (typeof value === "string") return typeof there === "string" || inOneForm(there) === leftOut(key).text;
    return typeof there !== "string" && isSame({ module, node: there }, { module: wanted, node: value });
  }

  function inOneForm(there: ts.Expression): string {
    const text = module.textOf(there);
    return text === undefined ? module.resolved(there).getText() : quoted(text);
  }
}

/** Whether the arguments are a constant that other code has, too. */
function isUsedTwice(module: SourceModule, given: ts.Expression): boolean {
  return module.ts.isIdentifier(given) && module.usesOf(given.text).length > 2;
}

function added(module: SourceModule, object: ts.ObjectLiteralExpression, text: string): TextEdit {
  const last = object.properties[object.properties.length - 1];
  if (!last) return { start: object.getStart() + 1, end: object.getStart() + 1, text: ` ${text} ` };
  const start = last.getStart();
  const before = module.source.text.slice(module.source.text.lastIndexOf("\n", start) + 1, start);
  const gap = before.trim() === "" ? `\n${before}` : " ";
  return { start: last.getEnd(), end: last.getEnd(), text: `,${gap}${text}` };
}

interface Words {
  readonly text: string;
  readonly imports: readonly NamedImport[];
}

/** A segment without a description has an empty one, so that the next `up` clears it. */
const leftOut = (key: string): Words => ({
  text: layOut(literal(segmentField(key as FieldName).absent)),
  imports: [],
});

/**
 * An expression of the export in the words of a module, which may have other names for what it calls.
 *
 * @returns undefined where the module has those names for something else
 */
function inWordsOf(module: SourceModule, wanted: SourceModule, value: ts.Expression): Words | undefined {
  const { ts } = module;
  const imports: NamedImport[] = [];
  const edits: TextEdit[] = [];
  for (const node of wanted.nodes(value)) {
    if (!ts.isIdentifier(node) || isKey(ts, node)) continue;
    const theirs = wanted.meaningOf(node.text);
    if (theirs?.is !== "package" && theirs?.is !== "import") continue;
    const mine = module.meaningOf(node.text);
    const canImport = mine === undefined && module.imports.some((one) => ts.isImportDeclaration(one.node));
    if (theirs.is === "import") {
      if (mine?.is === "import") continue;
      // ../env is elsewhere for a file in another folder.
      if (!canImport || module.path.split("/").length !== wanted.path.split("/").length) return undefined;
      imports.push({ name: node.text, from: theirs.from });
      continue;
    }
    const [name, whole] = [module.nameFor(theirs.member), module.nameFor("")];
    const isImported = name === undefined && canImport && (whole === undefined || wordsIn(module) !== undefined);
    const text = name ?? (isImported ? node.text : whole && `${whole}.${theirs.member}`);
    if (text === undefined) return undefined;
    if (isImported) imports.push({ name: node.text, from: PACKAGE });
    const start = node.getStart() - value.getStart();
    edits.push({ start, end: start + node.text.length, text });
  }
  return { text: edited(value.getText(), edits), imports };
}

/** The list of what is imported from our package. */
function wordsIn(module: SourceModule): ts.NamedImports | undefined {
  const { ts } = module;
  for (const { node, specifier } of module.imports) {
    const clause = ts.isImportDeclaration(node) && specifier === PACKAGE ? node.importClause : undefined;
    const bindings = clause?.isTypeOnly ? undefined : clause?.namedBindings;
    if (bindings && ts.isNamedImports(bindings)) return bindings;
  }
  return undefined;
}

/** Imports what the edits of a module need, and no more what only the replaced code has used. */
export function importEdits(module: SourceModule, imports: Update["imports"], edits: readonly TextEdit[]): TextEdit[] {
  const { ts } = module;
  const list = wordsIn(module);
  const isReplaced = (node: ts.Node) =>
    edits.some(({ start, end }) => start <= node.getStart() && node.getEnd() <= end);
  const isUnused = ({ name }: ts.ImportSpecifier) => {
    const uses = module.usesOf(name.text).filter((node) => node.parent.parent !== list);
    return (
      uses.length > 0 &&
      uses.every((node) => isReplaced(node)) &&
      !edits.some(({ text }) => new RegExp(`\\b${name.text}\\b`).test(text))
    );
  };
  const namesFrom = (from: string) => new Set(imports.flatMap((one) => (one.from === from ? [one.name] : [])));
  const words = list?.elements.filter((one) => !isUnused(one)).map((one) => one.getText()) ?? [];
  const next = [...new Set([...words, ...namesFrom(PACKAGE)])].sort();
  const isOther = list !== undefined && (words.length < list.elements.length || next.length > words.length);
  const last = module.imports.findLast(({ node }) => ts.isImportDeclaration(node))?.node.getEnd() ?? 0;
  const missing = [...new Set(imports.map(({ from }) => from))].filter((from) => !list || from !== PACKAGE);
  return [
    ...(isOther ? [{ start: list.getStart(), end: list.getEnd(), text: `{ ${next.join(", ")} }` }] : []),
    ...missing.map((from) => ({
      start: last,
      end: last,
      text: `\nimport { ${[...namesFrom(from)].sort().join(", ")} } from ${quoted(from)};`,
    })),
  ];
}
