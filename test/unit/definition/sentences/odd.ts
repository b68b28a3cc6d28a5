import { fc } from "../../../properties";
import { predicate } from "../arbitrary";

/** Texts that try to be more than a text: words and signs of the sentences, of JSON, Mermaid, Markdown and HTML. */
export const ODD_TEXTS: readonly string[] = [
  ...["a", "b", "a b", "", " ", "1", "null", "nothing", "unknown", "the value of a", "the metric a", "the sum of a"],
  ...[
    "a exists",
    'a is "b',
    'a"',
    "a (labelled",
    'a (labelled "b")',
    "variables/a",
    "metrics/a",
    "not: a",
    "x, also 1",
  ],
  ...[
    "\n",
    "a\n  - b exists",
    "\r",
    "\t",
    "\u2028",
    "\u0085",
    "\u0000",
    "\u202eb",
    "a\u200b",
    "\u00a0",
    "\ufeff",
    "\ud800",
  ],
  ...["]", '"]', "}}", "|", "-->", "end", "click n0 callback", "%%{init: {}}%%", "`a`", "#quot;", "#35;", "&lt;", "\\"],
  ...[
    "<script>alert(1)</script>",
    "[x](https://x.test)",
    "https://x.test",
    "**a**",
    "1. a",
    "- a",
    "$$x$$",
    "fa:fa-car",
  ],
  ...["👨‍👩‍👧", "❤️", "🇩🇪", "é", "עברית", "ﬂ°°34¶ß", "__proto__", "constructor", "toString"],
];

/** A small definition whose texts are odd, and that says things that the language does not know. */
export function oddDefinition(texts: readonly string[] = ODD_TEXTS, maxDepth = 2): fc.Arbitrary<unknown> {
  const preds = Array.from({ length: maxDepth + 1 }, (_, depth) => predicate(depth));
  return fc
    .tuple(fc.oneof(...preds), fc.constantFrom("hits", "visits", "visitors", "session"), fc.nat())
    .map(([pred, context, seed]) => {
      const roll = dice(seed);
      const text = () => texts[Math.floor(roll() * texts.length)] ?? "";
      const container = { func: "container", context, pred };
      return odd({ func: "segment", version: [1, 0, 0], container }, roll, text);
    });
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function dice(seed: number): Roll {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Roll = () => number;
type Text = () => string;

function odd(value: unknown, roll: Roll, text: Text, key = ""): unknown {
  if (typeof value === "string") return oddTextAt(key, value, roll, text);
  if (typeof value === "number") return roll() < 0.5 ? Math.floor(roll() * 3) : value;
  if (Array.isArray(value)) return value.map((entry) => odd(entry, roll, text, key));
  if (typeof value !== "object" || value === null) return value;
  const node = Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [field, odd(inner, roll, text, field)]),
  );
  if (roll() < 0.05) node["x"] = [null, "", 1, { func: "and", preds: [] }][Math.floor(roll() * 4)];
  if (roll() < 0.02) node["description"] = text();
  return roll() < 0.03 && key !== "" && key !== "container" ? { func: "unheard-of", a: text() } : node;
}

function oddTextAt(key: string, value: string, roll: Roll, text: Text): string {
  if (key === "name") return `${value.startsWith("metrics/") ? "metrics" : "variables"}/${text() || "a"}`;
  if (key === "id") return text() || "a";
  const isFree = ["str", "list", "glob", "regex", "description"].includes(key);
  return isFree && roll() < 0.9 ? text() : value;
}
