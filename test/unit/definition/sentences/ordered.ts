import type { OutlineLine } from "../../../../definition";

/** The lines with everything whose order means nothing in one order, as text. */
export function ordered(line: OutlineLine, indentation = ""): string {
  const inner = line.children.map((child) => ordered(child, `${indentation}  `));
  const isFree = line.children.every(({ role }) => role === "item");
  return [`${indentation}${line.text}`, ...(isFree ? inner.sort() : inner)].join("\n");
}

/** A definition with the values of its lists in one order. */
export function withOrderedLists(value: unknown, key?: string): unknown {
  if (Array.isArray(value)) {
    const entries = value.map((entry) => withOrderedLists(entry));
    return key === "list" ? entries.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : entries;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, withOrderedLists(inner, field)]));
}
