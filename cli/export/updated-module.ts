import type ts from "typescript";
import { quoted } from "../../definition/sentences/quote";
import { layOut, literal } from "../../definition/source/expression";
import { CLEARED_FIELDS, segmentField, type FieldName } from "../../model/segment-field-lists";
import type { FoundSegment } from "./found-segment";
import { isKey, isStatic, isSameSource } from "./same-source";
import { isOwnPackage, PACKAGES, type SourceModule } from "./source-module";
import { edited, type TextEdit } from "./text-edits";

/** What a module says of a segment, and what an export would say of it. */
interface UpdateInput {
  readonly module: SourceModule;
  readonly found: FoundSegment;
  readonly exportedModule: SourceModule;
  readonly exportedSegment: FoundSegment;
}

/** What has to be written to bring a segment up to date. */
export interface Update {
  readonly edits: readonly TextEdit[];
  /** What the edits need, and the module does not import. */
  readonly imports: readonly NamedImport[];
  /** The arguments that may differ, and that the program says in a way of its own: they stay. */
  readonly programOwned: readonly string[];
}

interface NamedImport {
  readonly name: string;
  readonly from: string;
}

/** Brings the arguments that differ up to date, and leaves everything else as it stands. */
export function computeUpdate({ module, found, exportedModule, exportedSegment }: UpdateInput): Update {
  const { ts } = module;
  const exportedArgs = exportedSegment.made?.arguments?.[1];
  if (!exportedArgs || !ts.isObjectLiteralExpression(exportedArgs))
    throw new Error(`${exportedModule.path} creates no segment`);
  const keys = exportedArgs.properties.map((property) => exportedModule.keyOf(property) ?? "");
  const given = found.made?.arguments?.[1];
  const object = given && module.resolved(given);
  if (!given || !object || !ts.isObjectLiteralExpression(object) || isSharedConstant(module, given))
    return {
      edits: [],
      imports: [],
      programOwned: keys.filter((key) => key !== "adoptId" && !(given && isAlreadyPresent(given, key))),
    };

  const update = { edits: [] as TextEdit[], imports: [] as NamedImport[], programOwned: [] as string[] };
  for (const key of new Set([...keys, ...CLEARED_FIELDS])) {
    const existing = module.field(object, key);
    // Which segment it is, the program or a stack has said already.
    if (isAlreadyPresent(object, key) || (key === "adoptId" && (existing !== "absent" || found.isImported))) continue;
    const value = exportedModule.field(exportedArgs, key);
    const replacement =
      typeof value === "string" ? defaultValueSource(key) : translateInto(module, exportedModule, value);
    const isReadable = existing === "absent" || (typeof existing !== "string" && isStatic({ module, node: existing }));
    const property = object.properties.find((one) => module.keyOf(one) === key);
    // Of two that say it, the later one counts.
    const isSharedElsewhere = property !== undefined && (typeof existing === "string" || existing.parent !== property);
    if (!replacement || !isReadable || isSharedElsewhere) {
      update.programOwned.push(key);
      continue;
    }
    const text = `${property?.name?.getText() ?? key}: ${replacement.text}`;
    update.imports.push(...replacement.imports);
    update.edits.push(
      property ? { start: property.getStart(), end: property.getEnd(), text } : added(module, object, text),
    );
  }
  return update;

  function isAlreadyPresent(args: ts.Expression, key: string): boolean {
    const [existing, value] = [module.field(args, key), exportedModule.field(exportedArgs as ts.Expression, key)];
    // To say what leaving it out means is to say nothing.
    if (typeof value === "string")
      return typeof existing === "string" || normalizeSource(existing) === defaultValueSource(key).text;
    return (
      typeof existing !== "string" && isSameSource({ module, node: existing }, { module: exportedModule, node: value })
    );
  }

  function normalizeSource(node: ts.Expression): string {
    const text = module.textOf(node);
    return text === undefined ? module.resolved(node).getText() : quoted(text);
  }
}

/** Whether the arguments are a constant that other code has, too. */
function isSharedConstant(module: SourceModule, given: ts.Expression): boolean {
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

interface SourceText {
  readonly text: string;
  readonly imports: readonly NamedImport[];
}

/** A segment without a description has an empty one, so that the next `up` clears it. */
const defaultValueSource = (key: string): SourceText => ({
  text: layOut(literal(segmentField(key as FieldName).absent)),
  imports: [],
});

/**
 * An expression of the export in the words of a module, which may have other names for what it calls.
 *
 * @returns undefined where the module has those names for something else
 */
function translateInto(
  module: SourceModule,
  exportedModule: SourceModule,
  value: ts.Expression,
): SourceText | undefined {
  const { ts } = module;
  const imports: NamedImport[] = [];
  const edits: TextEdit[] = [];
  for (const node of exportedModule.nodes(value)) {
    if (!ts.isIdentifier(node) || isKey(ts, node)) continue;
    const exportedName = exportedModule.meaningOf(node.text);
    if (exportedName?.is !== "package" && exportedName?.is !== "import") continue;
    const ownName = module.meaningOf(node.text);
    const canImport = ownName === undefined && module.imports.some((one) => ts.isImportDeclaration(one.node));
    if (exportedName.is === "import") {
      if (ownName?.is === "import") continue;
      // ../env is elsewhere for a file in another folder.
      if (!canImport || module.path.split("/").length !== exportedModule.path.split("/").length) return undefined;
      imports.push({ name: node.text, from: exportedName.from });
      continue;
    }
    const [name, namespaceName] = [module.nameFor(exportedName.member), module.nameFor("")];
    const isImported =
      name === undefined && canImport && (namespaceName === undefined || findNamedImports(module) !== undefined);
    const text = name ?? (isImported ? node.text : namespaceName && `${namespaceName}.${exportedName.member}`);
    if (text === undefined) return undefined;
    if (isImported) imports.push({ name: node.text, from: PACKAGES.dynamic });
    const start = node.getStart() - value.getStart();
    edits.push({ start, end: start + node.text.length, text });
  }
  return { text: edited(value.getText(), edits), imports };
}

/** The list of what is imported from our package. */
function findNamedImports(module: SourceModule): ts.NamedImports | undefined {
  const { ts } = module;
  for (const { node, specifier } of module.imports) {
    const clause = ts.isImportDeclaration(node) && isOwnPackage(specifier) ? node.importClause : undefined;
    const bindings = clause?.isTypeOnly ? undefined : clause?.namedBindings;
    if (bindings && ts.isNamedImports(bindings)) return bindings;
  }
  return undefined;
}

/** Imports what the edits of a module need, and no more what only the replaced code has used. */
export function importEdits(module: SourceModule, imports: Update["imports"], edits: readonly TextEdit[]): TextEdit[] {
  const { ts } = module;
  const list = findNamedImports(module);
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
  const stillUsed = list?.elements.filter((one) => !isUnused(one)).map((one) => one.getText()) ?? [];
  const next = [...new Set([...stillUsed, ...namesFrom(PACKAGES.dynamic)])].sort();
  const isOther = list !== undefined && (stillUsed.length < list.elements.length || next.length > stillUsed.length);
  const last = module.imports.findLast(({ node }) => ts.isImportDeclaration(node))?.node.getEnd() ?? 0;
  const missing = [...new Set(imports.map(({ from }) => from))].filter((from) => !list || from !== PACKAGES.dynamic);
  return [
    ...(isOther ? [{ start: list.getStart(), end: list.getEnd(), text: `{ ${next.join(", ")} }` }] : []),
    ...missing.map((from) => ({
      start: last,
      end: last,
      text: `\nimport { ${[...namesFrom(from)].sort().join(", ")} } from ${quoted(from)};`,
    })),
  ];
}
