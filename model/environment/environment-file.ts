import { isMap, isScalar, LineCounter, parseDocument, type Node, type Pair, type YAMLMap } from "yaml";
import { nearestWord } from "../../definition/parse/nearest-word";
import { KINDS, type Kind } from "./kinds";
import type { FileMistake } from "./mistake";
import { isTooDeepYaml, MAX_YAML_DEPTH } from "./yaml-depth";

/** A name and what it stands for, with the place where it is written. */
export interface IdEntry {
  readonly id: string;
  readonly line: number;
}

/** One environment as it is written, without what it inherits. */
export interface EnvironmentDeclaration {
  readonly name: string;
  /** Where it begins. */
  readonly line: number;
  readonly column: number;
  readonly extends: string | undefined;
  /** Where `extends` is written. */
  readonly extendsAt: { readonly line: number; readonly column: number } | undefined;
  readonly ids: Readonly<Partial<Record<Kind, ReadonlyMap<string, IdEntry>>>>;
  /** Where each kind is written: a missing name belongs there. */
  readonly kindLines: Readonly<Partial<Record<Kind, number>>>;
}

export interface EnvironmentFile {
  readonly environments: readonly EnvironmentDeclaration[];
  readonly mistakes: readonly FileMistake[];
}

const ALLOWED_KEYS: readonly string[] = ["extends", ...KINDS];
const EXPECTED = "environments by name, such as: dev: { extends: base, dataViews: { web: dv_dev } }";

/**
 * Reads `environments.yaml`: environments by name, each with `extends` and the kinds of `KINDS`. All mistakes are reported, with
 * line and column.
 */
export function readEnvironmentFile(text: string): EnvironmentFile {
  if (isTooDeepYaml(text)) {
    const message = `nested deeper than ${MAX_YAML_DEPTH} levels; expected ${EXPECTED}`;
    return { environments: [], mistakes: [{ line: 1, column: 1, message }] };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
  const mistakes: FileMistake[] = [];
  const positionAt = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const addMistake = (node: Node | null | undefined, message: string): void => {
    mistakes.push({ ...positionAt(node?.range?.[0] ?? 0), message });
  };
  for (const { pos, message } of document.errors)
    mistakes.push({ ...positionAt(pos[0]), message: message.replace(/\s+/g, " ") });
  if (mistakes.length > 0) return { environments: [], mistakes };
  if (!isMap(document.contents)) {
    addMistake(document.contents, `expected ${EXPECTED}`);
    return { environments: [], mistakes };
  }
  const environments = textEntries(document.contents, "an environment's name", addMistake).map(([name, key, value]) =>
    parseEnvironment(name, key, value, positionAt, addMistake),
  );
  return { environments, mistakes };
}

type AddMistake = (node: Node | null | undefined, message: string) => void;
type PositionAt = (offset: number) => { line: number; column: number };

function parseEnvironment(
  name: string,
  nameNode: Node,
  body: Node | null,
  positionAt: PositionAt,
  addMistake: AddMistake,
): EnvironmentDeclaration {
  const position = positionAt(nameNode.range?.[0] ?? 0);
  const ids: Partial<Record<Kind, ReadonlyMap<string, IdEntry>>> = {};
  const kindLines: Partial<Record<Kind, number>> = {};
  let base: string | undefined;
  let extendsAt: { line: number; column: number } | undefined;
  const isEmpty = body === null || (isScalar(body) && body.value === null);
  if (!isEmpty && !isMap(body)) addMistake(body, `expected the kinds of ${name}: ${ALLOWED_KEYS.join(", ")}`);
  for (const [key, keyNode, content] of isMap(body) ? textEntries(body, "a kind", addMistake) : []) {
    if (key === "extends") {
      extendsAt = positionAt((content ?? keyNode).range?.[0] ?? 0);
      if (isScalar(content) && typeof content.value === "string") base = content.value;
      else addMistake(content ?? keyNode, "expected the name of another environment");
      continue;
    }
    const kind = KINDS.find((known) => known === key);
    if (!kind) {
      addMistake(keyNode, unknownKind(key));
      continue;
    }
    kindLines[kind] = positionAt(keyNode.range?.[0] ?? 0).line;
    ids[kind] = parseIds(kind, content, positionAt, addMistake);
  }
  return { name, ...position, extends: base, extendsAt, ids, kindLines };
}

function parseIds(
  kind: Kind,
  content: Node | null,
  positionAt: PositionAt,
  addMistake: AddMistake,
): ReadonlyMap<string, IdEntry> {
  const found = new Map<string, IdEntry>();
  if (content === null || (isScalar(content) && content.value === null)) return found;
  if (!isMap(content)) {
    addMistake(content, `expected IDs by name, such as: ${kind}: { web: "…" }`);
    return found;
  }
  for (const [name, key, value] of textEntries(content, "a name", addMistake)) {
    if (isScalar(value) && typeof value.value === "string" && value.value.trim() !== "")
      found.set(name, { id: value.value, line: positionAt(key.range?.[0] ?? 0).line });
    else {
      // The IDs of groups are often digits alone.
      const hint = isScalar(value) && typeof value.value === "number" ? ": put it in quotes" : "";
      addMistake(value ?? key, `expected the ID of ${JSON.stringify(name)} as a string${hint}`);
    }
  }
  return found;
}

/** The pairs whose keys are texts, each once. */
function textEntries(
  map: YAMLMap,
  description: string,
  addMistake: AddMistake,
): (readonly [string, Node, Node | null])[] {
  const seenKeys = new Set<string>();
  return (map.items as readonly Pair<Node, Node | null>[]).flatMap(({ key, value }) => {
    if (!isScalar(key) || typeof key.value !== "string" || key.value === "") {
      // YAML reads some words as numbers, truth values or nothing.
      addMistake(key, `expected ${description} as a string: put it in quotes`);
      return [];
    }
    if (seenKeys.has(key.value)) addMistake(key, `${JSON.stringify(key.value)} appears twice`);
    seenKeys.add(key.value);
    return [[key.value, key, value] as const];
  });
}

function unknownKind(key: string): string {
  const suggestion = nearestWord(key, ALLOWED_KEYS);
  return `there is no ${JSON.stringify(key)} in an environment; ${suggestion === undefined ? `it can have ${ALLOWED_KEYS.join(", ")}` : `did you mean ${JSON.stringify(suggestion)}?`}`;
}
