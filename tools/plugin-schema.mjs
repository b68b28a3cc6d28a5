/**
 * plugin/schema.json, by which Pulumi makes SDKs in other languages and reads programs in YAML: made from the classes, interfaces and
 * docstrings in sdk/ and from the table of settings. It has no defaults: an SDK would send them as if a program had said so, and a default
 * of a setting would outrank the variables of the environment.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import ts from "typescript";
import { ensureBuilt } from "./build.mjs";
import { root } from "./folders.mjs";

const ANY = { $ref: "pulumi.json#/Any" };
const OBJECT = { type: "object", additionalProperties: ANY };
const token = (name) => `cja:index:${name}`;

export async function pluginSchema() {
  await ensureBuilt();
  const load = createRequire(import.meta.url);
  const { SETTINGS_TABLE } = load(join(root, "dist", "model", "settings", "table.js"));
  const { TYPE_TOKENS } = load(join(root, "dist", "model", "resource-kinds.js"));
  const { LOOKUP_NAMES } = load(join(root, "dist", "model", "lookup-arguments.js"));
  const { description, keywords, license, repository } = load(join(root, "package.json"));
  const sources = new Sources();
  const settings = Object.fromEntries(Object.entries(SETTINGS_TABLE).map(([name, row]) => [name, settingSchema(row)]));
  const resources = Object.entries(TYPE_TOKENS).map(([kind, { dynamic, native }]) => [
    native,
    { ...sources.resource(kind), aliases: [{ type: dynamic }] },
  ]);
  const functions = LOOKUP_NAMES.map((name) => [token(name), sources.lookup(name)]);
  return {
    name: "cja",
    displayName: "Adobe Customer Journey Analytics",
    description,
    keywords: [...keywords, "category/cloud", "kind/native"],
    license,
    // As a browser takes it: SDKs in Go are imported by it.
    repository: repository.url.replace(/^git\+|\.git$/g, ""),
    config: { variables: settings },
    types: sources.types,
    provider: {
      description: sources.descriptionOf("Provider"),
      inputProperties: settings,
    },
    resources: Object.fromEntries(resources),
    functions: Object.fromEntries(functions),
    language: { nodejs: { respectSchemaVersion: true }, python: { respectSchemaVersion: true } },
  };
}

function settingSchema({ about, words = {}, default: normal, variable, secret, expected }) {
  const meanings = Object.entries(words).map(([word, meaning]) => `\`${word}\`: ${meaning}.`);
  const absent = normal === undefined ? [] : [`Default: \`${normal}\`.`];
  const isFlag = "true" in words;
  return {
    type: isFlag ? "boolean" : expected === "a whole number from 1" ? "integer" : "string",
    description: [about, ...meanings, ...absent, `Variable: \`${variable}\`.`].join(" "),
    ...(secret && { secret: true }),
  };
}

/** What sdk/ says, as the compiler reads it. */
class Sources {
  types = {};

  constructor() {
    const entries = ["sdk/index.ts", "sdk/native/index.ts"].map((file) => join(root, file));
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: entries }, ts.sys, root);
    const program = ts.createProgram(entries, options);
    this.checker = program.getTypeChecker();
    this.declarations = new Map();
    for (const source of program.getSourceFiles()) {
      if (!["sdk", "model"].some((folder) => source.fileName.startsWith(join(root, folder, "/")))) continue;
      for (const node of source.statements) {
        const isNamed =
          ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) || ts.isFunctionDeclaration(node);
        // The classes of the plugin have the names of those that say everything.
        const isSecond = source.fileName.endsWith("sdk/native/resources.ts");
        if ((isNamed || ts.isTypeAliasDeclaration(node)) && node.name && !isSecond)
          this.declarations.set(node.name.text, node);
      }
    }
  }

  resource(name) {
    const args = this.properties(this.declaration(`${name}Args`));
    const outputs = this.properties(this.declaration(name));
    return {
      description: this.descriptionOf(name),
      inputProperties: args.properties,
      requiredInputs: args.required,
      properties: outputs.properties,
      required: outputs.required,
    };
  }

  lookup(name) {
    const type = name[0].toUpperCase() + name.slice(1);
    return {
      description: this.descriptionOf(name),
      inputs: { type: "object", ...this.properties(this.declaration(`${type}Args`)) },
      outputs: { type: "object", ...this.properties(this.declaration(`${type}Result`)) },
    };
  }

  declaration(name) {
    const found = this.declarations.get(name);
    if (!found) throw new Error(`sdk/ declares no ${name}`);
    return found;
  }

  descriptionOf(name) {
    return documented(this.declaration(name));
  }

  /** What an interface has, or a class declares as outputs. The ID is none. */
  properties(declaration, owner = declaration.name.text.replace(/Args$/, "")) {
    const isClass = ts.isClassDeclaration(declaration);
    const members = declaration.members.filter(
      (member) =>
        (ts.isPropertySignature(member) || ts.isPropertyDeclaration(member)) &&
        !member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) &&
        !(isClass && member.name.text === "id"),
    );
    const properties = members.map((member) => {
      const name = member.name.text;
      const text = documented(member);
      const enumName = owner + name[0].toUpperCase() + name.slice(1);
      return [name, { ...this.typeOf(member.type, enumName), ...(text && { description: text }) }];
    });
    const required = members.filter((member) => !member.questionToken && !isOptional(member.type));
    return { properties: Object.fromEntries(properties), required: required.map((member) => member.name.text).sort() };
  }

  /** @param enumName what some words are called that have no name of their own */
  typeOf(node, enumName) {
    if (ts.isParenthesizedTypeNode(node)) return this.typeOf(node.type, enumName);
    if (ts.isArrayTypeNode(node)) return { type: "array", items: this.typeOf(node.elementType, enumName) };
    if (ts.isTypeOperatorNode(node)) return this.typeOf(node.type, enumName);
    if (ts.isIntersectionTypeNode(node)) return this.typeOf(node.types[0], enumName);
    if (ts.isTypeLiteralNode(node)) return this.named(enumName, node);
    if (ts.isUnionTypeNode(node)) {
      const types = node.types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword);
      if (types.length === 1) return this.typeOf(types[0], enumName);
      // Text or an object, whatever it has: most languages have no such type.
      return types.some(({ kind }) => kind === ts.SyntaxKind.ObjectKeyword) ? ANY : this.words(enumName, node);
    }
    switch (node.kind) {
      case ts.SyntaxKind.StringKeyword:
        return { type: "string" };
      case ts.SyntaxKind.NumberKeyword:
        return { type: "number" };
      case ts.SyntaxKind.BooleanKeyword:
        return { type: "boolean" };
      case ts.SyntaxKind.UnknownKeyword:
        return ANY;
      case ts.SyntaxKind.ObjectKeyword:
        return OBJECT;
    }
    if (!ts.isTypeReferenceNode(node)) throw new Error(`not known in a schema: ${node.getText()}`);
    return this.reference(node, enumName);
  }

  reference({ typeName, typeArguments: [first, second] = [] }, enumName) {
    const name = ts.isQualifiedName(typeName) ? typeName.right.text : typeName.text;
    if (["Input", "Output", "Readonly"].includes(name)) return this.typeOf(first, enumName);
    if (name === "Record") return { type: "object", additionalProperties: this.typeOf(second, enumName) };
    if (name === "ID") return { type: "string" };
    const declared = this.declaration(name);
    if (!ts.isTypeAliasDeclaration(declared)) return this.named(name.replace(/Args$/, ""), declared);
    return ts.isUnionTypeNode(declared.type) || ts.isIndexedAccessTypeNode(declared.type)
      ? this.words(name, declared.type)
      : this.typeOf(declared.type, enumName);
  }

  named(name, declaration) {
    // One that may have more than is declared is an object of anything.
    if (declaration.members.some(ts.isIndexSignatureDeclaration)) return OBJECT;
    if (!this.types[token(name)]) {
      const description = ts.isTypeLiteralNode(declaration) ? undefined : documented(declaration);
      const content = this.properties(declaration, name);
      this.types[token(name)] = { type: "object", ...(description && { description }), ...content };
    }
    return { $ref: `#/types/${token(name)}` };
  }

  words(name, node) {
    const type = this.checker.getTypeFromTypeNode(node);
    const values = (type.isUnion() ? type.types : [type]).flatMap((one) => (one.isStringLiteral() ? [one.value] : []));
    if (values.length === 0) throw new Error(`not known in a schema: ${node.getText()}`);
    this.types[token(name)] = { type: "string", enum: values.map((value) => ({ name: enumKey(value), value })) };
    return { $ref: `#/types/${token(name)}` };
  }
}

const isOptional = (node) =>
  (ts.isUnionTypeNode(node) && node.types.some(({ kind }) => kind === ts.SyntaxKind.UndefinedKeyword)) ||
  (ts.isTypeReferenceNode(node) && (node.typeArguments ?? []).some(isOptional));

const enumKey = (value) => value.replace(/(^|_)([a-z])/g, (_, __, letter) => letter.toUpperCase());

/** The words of a docstring and its examples. */
function documented(node) {
  const [comment] = (node.jsDoc ?? []).slice(-1);
  if (!comment) return undefined;
  const text = (part) => ts.getTextOfJSDocComment(part) ?? "";
  const examples = (comment.tags ?? [])
    .filter(({ tagName }) => tagName.text === "example")
    .map(({ comment: example }) =>
      text(example).includes("```") ? text(example) : `\`\`\`ts\n${text(example)}\n\`\`\``,
    );
  return [text(comment.comment), ...examples].join("\n\n").trim();
}
