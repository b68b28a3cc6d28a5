import { isMap, isScalar, LineCounter, parseDocument, type Node, type Pair, type YAMLMap } from "yaml";
import { nearest } from "../../definition/parse/nearest-word";
import { KINDS, type Kind } from "./kinds";
import type { FileMistake } from "./mistake";
import { isTooDeepYaml, MAX_YAML_DEPTH } from "./yaml-depth";

/** A name and what it stands for, with the place where it is written. */
export interface Entry {
  readonly id: string;
  readonly line: number;
}

/** One environment as it is written, without what it inherits. */
export interface WrittenEnvironment {
  readonly name: string;
  /** Where it begins. */
  readonly line: number;
  readonly column: number;
  readonly extends: string | undefined;
  /** Where `extends` is written. */
  readonly extendsAt: { readonly line: number; readonly column: number } | undefined;
  readonly ids: Readonly<Partial<Record<Kind, ReadonlyMap<string, Entry>>>>;
  /** Where each kind is written: a missing name belongs there. */
  readonly kindLines: Readonly<Partial<Record<Kind, number>>>;
}

export interface EnvironmentFile {
  readonly environments: readonly WrittenEnvironment[];
  readonly mistakes: readonly FileMistake[];
}

const KEYS: readonly string[] = ["extends", ...KINDS];
const WANTED = "environments by name, such as: dev: { extends: base, dataViews: { web: dv_dev } }";

/**
 * Reads `environments.yaml`: environments by name, each with `extends` and the kinds of `KINDS`. All mistakes are told, with
 * line and column.
 */
export function readEnvironmentFile(text: string): EnvironmentFile {
  if (isTooDeepYaml(text)) {
    const message = `nested deeper than ${MAX_YAML_DEPTH} levels; expected ${WANTED}`;
    return { environments: [], mistakes: [{ line: 1, column: 1, message }] };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
  const mistakes: FileMistake[] = [];
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const tell = (node: Node | null | undefined, message: string): void => {
    mistakes.push({ ...at(node?.range?.[0] ?? 0), message });
  };
  for (const { pos, message } of document.errors)
    mistakes.push({ ...at(pos[0]), message: message.replace(/\s+/g, " ") });
  if (mistakes.length > 0) return { environments: [], mistakes };
  if (!isMap(document.contents)) {
    tell(document.contents, `expected ${WANTED}`);
    return { environments: [], mistakes };
  }
  const environments = entriesOf(document.contents, "an environment's name", tell).map(([name, key, value]) =>
    environmentOf(name, key, value, at, tell),
  );
  return { environments, mistakes };
}

type Tell = (node: Node | null | undefined, message: string) => void;
type At = (offset: number) => { line: number; column: number };

function environmentOf(name: string, key: Node, value: Node | null, at: At, tell: Tell): WrittenEnvironment {
  const begin = at(key.range?.[0] ?? 0);
  const ids: Partial<Record<Kind, ReadonlyMap<string, Entry>>> = {};
  const kindLines: Partial<Record<Kind, number>> = {};
  let base: string | undefined;
  let extendsAt: { line: number; column: number } | undefined;
  const isEmpty = value === null || (isScalar(value) && value.value === null);
  if (!isEmpty && !isMap(value)) tell(value, `expected the kinds of ${name}: ${KEYS.join(", ")}`);
  for (const [word, wordNode, content] of isMap(value) ? entriesOf(value, "a kind", tell) : []) {
    if (word === "extends") {
      extendsAt = at((content ?? wordNode).range?.[0] ?? 0);
      if (isScalar(content) && typeof content.value === "string") base = content.value;
      else tell(content ?? wordNode, "expected the name of another environment");
      continue;
    }
    const kind = KINDS.find((known) => known === word);
    if (!kind) {
      tell(wordNode, noSuchKind(word));
      continue;
    }
    kindLines[kind] = at(wordNode.range?.[0] ?? 0).line;
    ids[kind] = idsOf(kind, content, at, tell);
  }
  return { name, ...begin, extends: base, extendsAt, ids, kindLines };
}

function idsOf(kind: Kind, content: Node | null, at: At, tell: Tell): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>();
  if (content === null || (isScalar(content) && content.value === null)) return found;
  if (!isMap(content)) {
    tell(content, `expected IDs by name, such as: ${kind}: { web: "…" }`);
    return found;
  }
  for (const [name, key, value] of entriesOf(content, "a name", tell)) {
    if (isScalar(value) && typeof value.value === "string" && value.value.trim() !== "")
      found.set(name, { id: value.value, line: at(key.range?.[0] ?? 0).line });
    else {
      // The IDs of groups are often digits alone.
      const way = isScalar(value) && typeof value.value === "number" ? ": put it in quotes" : "";
      tell(value ?? key, `expected the ID of ${JSON.stringify(name)} as a text${way}`);
    }
  }
  return found;
}

/** The pairs whose keys are texts, each once. */
function entriesOf(map: YAMLMap, what: string, tell: Tell): (readonly [string, Node, Node | null])[] {
  const seen = new Set<string>();
  return (map.items as readonly Pair<Node, Node | null>[]).flatMap(({ key, value }) => {
    if (!isScalar(key) || typeof key.value !== "string" || key.value === "") {
      // YAML reads some words as numbers, truth values or nothing.
      tell(key, `expected ${what} as a text: put it in quotes`);
      return [];
    }
    if (seen.has(key.value)) tell(key, `${JSON.stringify(key.value)} is here twice`);
    seen.add(key.value);
    return [[key.value, key, value] as const];
  });
}

function noSuchKind(word: string): string {
  const meant = nearest(word, KEYS);
  return `there is no ${JSON.stringify(word)} in an environment; ${meant === undefined ? `known are ${KEYS.join(", ")}` : `did you mean ${JSON.stringify(meant)}?`}`;
}
