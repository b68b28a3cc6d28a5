import { posix } from "node:path";
import ts from "typescript";

/** A file in the folder of an export. */
export interface ExistingFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly content: string;
}

/** The compiler's own API. It is given, since only a folder with a program in it needs it. */
export type TypeScript = typeof ts;

/** Dynamic resources, and those of the plugin. */
export const PACKAGES = { dynamic: "pulumi-cja", native: "pulumi-cja/native" } as const;

export const isOwnPackage = (specifier: string | undefined): boolean =>
  specifier === PACKAGES.dynamic || specifier === PACKAGES.native;

/** What a name stands for, as far as the module itself says so. */
type Meaning =
  | { readonly is: "package"; readonly member: string }
  | { readonly is: "constant"; readonly value: ts.Expression }
  | { readonly is: "field"; readonly of: ts.Expression; readonly key: string }
  | { readonly is: "import"; readonly from: string }
  | { readonly is: "other" };

/** A statement or call that loads another module. */
interface ModuleImport {
  readonly node: ts.Node;
  readonly specifier: string;
  /** Below the program's folder and without ending; undefined for a package. */
  readonly file: string | undefined;
}

/** Longer chains of constants are no one's. */
export const MAX_CONSTANT_DEPTH = 12;

/** A module of a program as TypeScript's parser reads it: no matter how it is laid out, quoted, commented. */
export class SourceModule {
  readonly path: string;
  readonly source: ts.SourceFile;
  readonly imports: readonly ModuleImport[];
  private readonly meanings = new Map<string, Meaning>();

  constructor(
    readonly ts: TypeScript,
    { path, content }: ExistingFile,
  ) {
    this.path = path;
    this.source = ts.createSourceFile(path, content, ts.ScriptTarget.ESNext, true);
    const imports: ModuleImport[] = [];
    for (const node of this.nodes()) {
      this.declareBy(node);
      const specifier = this.specifierOf(node);
      if (specifier !== undefined) imports.push({ node, specifier, file: this.fileOf(specifier) });
    }
    this.imports = imports;
  }

  /** A node of the module and all below it. */
  *nodes(node: ts.Node = this.source): Generator<ts.Node> {
    yield node;
    const children: ts.Node[] = [];
    this.ts.forEachChild(node, (child) => void children.push(child));
    for (const child of children) yield* this.nodes(child);
  }

  /** The calls of a function or method with some name. */
  calls(name: string): ts.CallExpression[] {
    const { ts } = this;
    return [...this.nodes()].filter((node): node is ts.CallExpression => {
      if (!ts.isCallExpression(node)) return false;
      const { expression: of } = node;
      return (ts.isIdentifier(of) ? of : ts.isPropertyAccessExpression(of) ? of.name : undefined)?.text === name;
    });
  }

  /** The calls that only read segments: `cja.Segment.get(…)`, `cja.getSegment(…)`. */
  readCalls(): ts.CallExpression[] {
    const { ts } = this;
    return [...this.nodes()].filter((node): node is ts.CallExpression => {
      if (!ts.isCallExpression(node)) return false;
      const { expression: of } = node;
      const isGet = ts.isPropertyAccessExpression(of) && of.name.text === "get";
      return (isGet && this.memberOf(of.expression) === "Segment") || /^(get|find)/.test(this.memberOf(of) ?? "");
    });
  }

  /** From 1. */
  lineOf(position: number): number {
    return this.source.getLineAndCharacterOfPosition(position).line + 1;
  }

  meaningOf(name: string): Meaning | undefined {
    return this.meanings.get(name);
  }

  /** What the module calls something of our package, or the whole of it. */
  nameFor(member: string): string | undefined {
    return [...this.meanings].find(([, meaning]) => meaning.is === "package" && meaning.member === member)?.[0];
  }

  /** Wherever a name stands. */
  usesOf(name: string): ts.Node[] {
    return [...this.nodes()].filter((node) => this.ts.isIdentifier(node) && node.text === name);
  }

  /** An expression without what is of no matter when it runs; of a constant, its value. */
  resolved(expression: ts.Expression, depth = 0): ts.Expression {
    const { ts } = this;
    const isAround = (node: ts.Expression): node is ts.AsExpression =>
      ts.isParenthesizedExpression(node) ||
      ts.isAssertionExpression(node) ||
      ts.isNonNullExpression(node) ||
      // TypeScript 3.8 does not have it.
      (ts as Partial<TypeScript>).isSatisfiesExpression?.(node) === true;
    let inner = expression;
    while (isAround(inner)) inner = inner.expression;
    const meaning = ts.isIdentifier(inner) ? this.meanings.get(inner.text) : undefined;
    if (meaning?.is !== "constant" || depth > MAX_CONSTANT_DEPTH) return inner;
    return this.resolved(meaning.value, depth + 1);
  }

  /** What an expression is of our package: `Segment`, `dimension`; empty for the whole of it. */
  memberOf(expression: ts.Expression, depth = 0): string | undefined {
    const { ts } = this;
    const inner = this.resolved(expression);
    if (depth > MAX_CONSTANT_DEPTH) return undefined;
    if (ts.isIdentifier(inner)) {
      const meaning = this.meanings.get(inner.text);
      if (meaning?.is === "package") return meaning.member;
      return meaning?.is === "field" && this.memberOf(meaning.of, depth + 1) === "" ? meaning.key : undefined;
    }
    if (ts.isPropertyAccessExpression(inner))
      return this.memberOf(inner.expression, depth + 1) === "" ? inner.name.text : undefined;
    return isOwnPackage(this.specifierOf(inner)) && ts.isCallExpression(inner) ? "" : undefined;
  }

  /** The text that an expression is, where the module says it. */
  textOf(expression: ts.Expression, depth = 0): string | undefined {
    const { ts } = this;
    const inner = this.resolved(expression);
    if (depth > MAX_CONSTANT_DEPTH) return undefined;
    if (ts.isStringLiteral(inner) || ts.isNoSubstitutionTemplateLiteral(inner)) return inner.text;
    if (ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.PlusToken)
      return joined([this.textOf(inner.left, depth + 1), this.textOf(inner.right, depth + 1)]);
    if (ts.isTemplateExpression(inner))
      return joined([
        inner.head.text,
        ...inner.templateSpans.flatMap(({ expression: part, literal }) => [this.textOf(part, depth + 1), literal.text]),
      ]);
    const field = this.fieldNamed(inner);
    const value = field && this.field(field.of, field.key, depth + 1);
    return value === undefined || typeof value === "string" ? undefined : this.textOf(value, depth + 1);
  }

  /** The value of an object's field: `absent` where it has none, `unread` where the module does not say. */
  field(object: ts.Expression, key: string, depth = 0): ts.Expression | "absent" | "unread" {
    const { ts } = this;
    const inner = this.resolved(object);
    if (depth > MAX_CONSTANT_DEPTH) return "unread";
    if (inner.kind === ts.SyntaxKind.FalseKeyword || inner.kind === ts.SyntaxKind.NullKeyword) return "absent";
    if (ts.isIdentifier(inner) && inner.text === "undefined") return "absent";
    if (ts.isConditionalExpression(inner)) {
      const either = [inner.whenTrue, inner.whenFalse].map((branch) => this.field(branch, key, depth + 1));
      const [found, other] = either.filter((value) => value !== "absent");
      return found === undefined ? "absent" : other === undefined ? found : "unread";
    }
    if (ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
      return this.field(inner.right, key, depth + 1);
    if (!ts.isObjectLiteralExpression(inner)) return "unread";
    // What is said later counts.
    for (const property of [...inner.properties].reverse()) {
      if (ts.isSpreadAssignment(property)) {
        const spread = this.field(property.expression, key, depth + 1);
        if (spread !== "absent") return spread;
        continue;
      }
      const name = this.keyOf(property);
      if (name === undefined) return "unread";
      if (name !== key) continue;
      if (ts.isPropertyAssignment(property)) return property.initializer;
      return ts.isShorthandPropertyAssignment(property) ? property.name : "unread";
    }
    return "absent";
  }

  keyOf({ name }: ts.ObjectLiteralElementLike): string | undefined {
    const { ts } = this;
    if (name === undefined) return undefined;
    if (ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name)) return name.text;
    return ts.isComputedPropertyName(name) ? this.textOf(name.expression) : undefined;
  }

  private fieldNamed(inner: ts.Expression): { readonly of: ts.Expression; readonly key: string } | undefined {
    const { ts } = this;
    if (ts.isPropertyAccessExpression(inner)) return { of: inner.expression, key: inner.name.text };
    if (ts.isElementAccessExpression(inner)) {
      const key = this.textOf(inner.argumentExpression);
      return key === undefined ? undefined : { of: inner.expression, key };
    }
    const meaning = ts.isIdentifier(inner) ? this.meanings.get(inner.text) : undefined;
    return meaning?.is === "field" ? meaning : undefined;
  }

  private fileOf(specifier: string): string | undefined {
    if (!/^\.\.?(\/|$)/.test(specifier)) return undefined;
    return posix.join(posix.dirname(this.path), specifier).replace(/\.[cm]?[jt]sx?$/, "");
  }

  private specifierOf(node: ts.Node): string | undefined {
    const { ts } = this;
    const textOf = (given: ts.Node | undefined) => (given && ts.isStringLiteral(given) ? given.text : undefined);
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
    if (ts.isExternalModuleReference(node)) return textOf(node.expression);
    if (!ts.isCallExpression(node)) return undefined;
    const { expression: of } = node;
    const isLoading = of.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(of) && of.text === "require");
    return isLoading ? textOf(node.arguments[0]) : undefined;
  }

  /** A name that is declared twice, in whatever scope, stands for nothing that is known. */
  private declare(name: string, meaning: Meaning): void {
    this.meanings.set(name, this.meanings.has(name) ? { is: "other" } : meaning);
  }

  private declareBy(node: ts.Node): void {
    const { ts } = this;
    if (ts.isImportDeclaration(node)) this.declareImports(node);
    else if (ts.isImportEqualsDeclaration(node)) {
      const from = ts.isExternalModuleReference(node.moduleReference) && this.specifierOf(node.moduleReference);
      this.declare(node.name.text, isOwnPackage(from || undefined) ? { is: "package", member: "" } : { is: "other" });
    } else if (ts.isVariableDeclaration(node) || ts.isParameter(node)) {
      const isConstant = ts.isVariableDeclaration(node) && (node.parent.flags & ts.NodeFlags.Const) !== 0;
      const value = isConstant ? node.initializer : undefined;
      if (ts.isIdentifier(node.name) && value && isOwnPackage(this.specifierOf(value)))
        this.declare(node.name.text, { is: "package", member: "" });
      else this.declareNames(node.name, value);
    } else if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isEnumDeclaration(node)) {
      if (node.name) this.declare(node.name.text, { is: "other" });
    }
  }

  private declareImports({ importClause, moduleSpecifier }: ts.ImportDeclaration): void {
    const { ts } = this;
    const from = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : "";
    const meaning = (member: string): Meaning =>
      // What is a type alone is nothing that runs.
      importClause?.isTypeOnly
        ? { is: "other" }
        : isOwnPackage(from)
          ? { is: "package", member }
          : { is: "import", from };
    // With esModuleInterop, the default one is the package as well.
    if (importClause?.name) this.declare(importClause.name.text, meaning(""));
    const bindings = importClause?.namedBindings;
    if (bindings && ts.isNamespaceImport(bindings)) this.declare(bindings.name.text, meaning(""));
    if (bindings && ts.isNamedImports(bindings))
      for (const { name, propertyName } of bindings.elements)
        this.declare(name.text, meaning((propertyName ?? name).text));
  }

  private declareNames(name: ts.BindingName, value: ts.Expression | undefined): void {
    const { ts } = this;
    if (ts.isIdentifier(name)) {
      this.declare(name.text, value ? { is: "constant", value } : { is: "other" });
      return;
    }
    for (const element of name.elements) {
      if (!ts.isBindingElement(element)) continue;
      const { propertyName, name: local, initializer, dotDotDotToken } = element;
      const key = propertyName ?? local;
      if (value && ts.isObjectBindingPattern(name) && ts.isIdentifier(local) && !initializer && !dotDotDotToken)
        this.declare(local.text, ts.isIdentifier(key) ? { is: "field", of: value, key: key.text } : { is: "other" });
      else this.declareNames(local, undefined);
    }
  }
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join("");
}
