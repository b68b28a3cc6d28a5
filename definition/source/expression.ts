import { ExactNumberError, isExactNumber } from "../json";
import { quoted } from "../sentences/quote";

/** A piece of TypeScript: a word, or a bracket with entries that can be laid out on one line or on several. */
export interface Expression {
  /** Everything where there are no entries; else what stands before them, with the opening bracket. */
  readonly open: string;
  readonly entries: readonly Expression[];
  readonly close: string;
  /** Characters on one line. */
  readonly width: number;
  /** Which of the builder's functions it calls by itself. */
  readonly calls: readonly string[];
}

const word = (code: string): Expression => ({ open: code, entries: [], close: "", width: code.length, calls: [] });

/** Source as it is. */
export const source = word;

function bracket(
  open: string,
  entries: readonly Expression[],
  close: string,
  calls: readonly string[] = [],
): Expression {
  const inside = entries.reduce((sum, entry) => sum + entry.width + 2, 0);
  return { open, entries, close, width: open.length + close.length + inside, calls };
}

/** A call of one of the builder's functions. What is undefined at the end is left out. */
export function call(name: string, ...args: readonly (Expression | undefined)[]): Expression {
  return bracket(`${name}(`, given(args), ")", [name]);
}

/** A call of a method of what an expression makes; that one stays on one line. */
export function method(of: Expression, name: string, ...args: readonly (Expression | undefined)[]): Expression {
  return bracket(`${oneLine(of)}.${name}(`, given(args), ")", [...callsOf(of)]);
}

function given(args: readonly (Expression | undefined)[]): Expression[] {
  const last = args.findLastIndex((arg) => arg !== undefined);
  return args.slice(0, last + 1).map((arg) => arg ?? word("undefined"));
}

/** The builder's functions that an expression and all in it call. */
export function callsOf(expression: Expression): Set<string> {
  return new Set([...expression.calls, ...expression.entries.flatMap((entry) => [...callsOf(entry)])]);
}

/** Source in the place of a field's value, where it is not the value itself. */
export type Instead = (node: Readonly<Record<string, unknown>>, key: string, value: unknown) => string | undefined;

/**
 * A value as source. It is JSON, but for what JSON allows in a text and a reader of source must not meet (line separators,
 * controls of writing direction), and for a key that an object literal would take for its prototype.
 *
 * @param before what stands before it on its line
 * @throws ExactNumberError for a number that source would round
 */
export function literal(value: unknown, before = "", instead: Instead = () => undefined): Expression {
  if (Array.isArray(value))
    return bracket(
      `${before}[`,
      value.map((entry) => literal(entry, "", instead)),
      "]",
    );
  if (isExactNumber(value)) throw new ExactNumberError(value.text);
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(([key, field]) => {
      const code = instead(value as Readonly<Record<string, unknown>>, key, field);
      const name = `${keyOf(key)}: `;
      return code === undefined ? literal(field, name, instead) : word(name + code);
    });
    return fields.length === 0 ? word(`${before}{}`) : bracket(`${before}{ `, fields, " }");
  }
  return word(before + (typeof value === "string" ? quoted(value) : JSON.stringify(value)));
}

const keyOf = (key: string): string =>
  key === "__proto__" ? '["__proto__"]' : /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);

const oneLine = ({ open, entries, close }: Expression): string => open + entries.map(oneLine).join(", ") + close;

const WIDTH = 100;

/** The expression as source, broken where a line would be longer than 100 characters. */
export function layOut(expression: Expression, indent = "", room = WIDTH): string {
  const { open, entries, close, width } = expression;
  if (entries.length === 0 || width <= room - indent.length) return oneLine(expression);
  const inner = `${indent}  `;
  const lines = entries.map((entry) => `${inner}${layOut(entry, inner)},`);
  return [open.trimEnd(), ...lines, indent + close.trimStart()].join("\n");
}
