import { type LevelWords, joinValues, type Style } from "./style";
import { isList, isObject, type Json } from "../json";
import { quoted, isVisible } from "./quote";

/** How IDs and containers are called. */
export interface SentenceOptions {
  /**
   * The names of dimensions, metrics, date ranges and segments by their IDs as they stand in the definition:
   * `"variables/web.page"`, `"metrics/orders"`, a date range's ID, a segment's ID. An ID without a name appears without
   * its prefix. Where one name belongs to several IDs, the ID follows in parentheses. Default: no names.
   */
  readonly names?: ReadonlyMap<string, string> | Readonly<Record<string, string>> | undefined;
  /**
   * Whose words for containers: `"cja"`, as Customer Journey Analytics shows them (Event, Session, Person), or `"api"`, as the
   * definition has them (hits, visits, visitors). Default `"cja"`.
   */
  readonly levels?: LevelWords | undefined;
}

const PREFIX = /^(?:variables|metrics)\//;

/** The style for readers: every ID by its name, and everything in the order in which it was written. */
export function styleForReaders(definitions: readonly Json[], options: SentenceOptions): Style {
  const names = namesIn(options);
  // Going through all names is not free, and a definition may hold none.
  let ambiguous: ReadonlySet<string> | undefined;
  return {
    named: (id, unprefixed) => {
      const name = names.get(id) ?? unprefixed;
      ambiguous ??= sharedNames(names, definitions.flatMap(idsIn));
      const text = isPlainName(name) ? name : quoted(name);
      const needsId = ambiguous.has(normalizeName(name)) && text !== formatId(id);
      return needsId ? { text, id: formatId(id) } : { text };
    },
    list: joinValues,
    levels: options.levels ?? "cja",
    connected: true,
  };
}

function namesIn({ names = {} }: SentenceOptions): ReadonlyMap<string, string> {
  const entries = isMap(names) ? [...names] : Object.entries(names);
  // What stands under an ID may come from a file that nobody checked.
  return new Map(entries.filter(([, name]) => typeof name === "string" && normalizeName(name) !== ""));
}

function isMap(names: NonNullable<SentenceOptions["names"]>): names is ReadonlyMap<string, string> {
  return Symbol.iterator in names;
}

/** Every ID that a definition mentions. */
function idsIn(definition: Json): string[] {
  const ids: string[] = [];
  const pending: Json[] = [definition];
  for (let json = pending.pop(); json !== undefined; json = pending.pop()) {
    if (isList(json)) for (const entry of json) pending.push(entry);
    else if (isObject(json)) {
      for (const [key, value] of Object.entries(json)) {
        if (typeof value !== "string") pending.push(value);
        else if (key === "name" || key === "id" || key === "segmentId") ids.push(value);
      }
    }
  }
  return ids;
}

/** The names that belong to several IDs. */
function sharedNames(names: ReadonlyMap<string, string>, ids: readonly string[]): ReadonlySet<string> {
  const idsByName = new Map<string, string>();
  const shared = new Set<string>();
  for (const id of [...names.keys(), ...ids]) {
    const name = normalizeName(names.get(id) ?? id.replace(PREFIX, ""));
    const firstId = idsByName.get(name);
    if (firstId === undefined) idsByName.set(name, id);
    else if (firstId !== id) shared.add(name);
  }
  return shared;
}

/** What of a name a reader tells apart: not its case, and no blanks. */
function normalizeName(name: string): string {
  return name
    .normalize("NFKC")
    .replace(/[\p{C}\p{Z}]+/gu, " ")
    .trim()
    .toLowerCase();
}

function formatId(id: string): string {
  return isPlainName(id.replace(PREFIX, "")) ? id : quoted(id);
}

/**
 * The words of the language that can stand at the beginning of a line, or right before or after a name. A name with one of
 * them in it is quoted, or it could be read as more than a name.
 */
const RESERVED: ReadonlySet<string> = new Set(
  [
    "is does equals contains starts ends matches comes lies exists occurs applies where with",
    "the unnamed unknown nothing it there no not all any at these only first then but never and or",
    "after before within hits visits visitors context",
  ].flatMap((words) => words.split(" ")),
);

const WORD = /^[\p{L}\p{N}_$][\p{L}\p{M}\p{N}_.$/&+%-]*$/u;

/** Whether a name can be told without quotes and still be taken for nothing but a name. */
function isPlainName(name: string): boolean {
  return (
    /\p{L}/u.test(name) &&
    isVisible(name) &&
    name.split(" ").every((word) => WORD.test(word) && !RESERVED.has(word.toLowerCase()))
  );
}
