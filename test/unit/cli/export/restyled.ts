import * as estree from "prettier/plugins/estree";
import * as typescript from "prettier/plugins/typescript";
import type { Options } from "prettier";
import { format } from "prettier/standalone";
import ts from "typescript";
import { fc } from "../../../properties";

/** What a team may have in its .prettierrc. */
export const prettierOptions: fc.Arbitrary<Options> = fc.record({
  singleQuote: fc.boolean(),
  semi: fc.boolean(),
  bracketSpacing: fc.boolean(),
  useTabs: fc.boolean(),
  tabWidth: fc.constantFrom(2, 4, 8),
  printWidth: fc.constantFrom(20, 60, 80, 120, 400),
  trailingComma: fc.constantFrom("all", "es5", "none"),
  quoteProps: fc.constantFrom("as-needed", "consistent", "preserve"),
  objectWrap: fc.constantFrom("preserve", "collapse"),
  endOfLine: fc.constantFrom("lf", "crlf"),
});

export const formatted = (code: string, options: Options): Promise<string> =>
  format(code, { ...options, parser: "typescript", plugins: [estree as never, typescript] });

/** A comment, and where it is put: behind which part of all tokens. */
export interface PlacedComment {
  readonly text: string;
  readonly at: number;
}

export const comments: fc.Arbitrary<PlacedComment[]> = fc.array(
  fc.record({
    text: fc.constantFrom(
      "/* ours */",
      "// taken over 2026-11\n",
      '/* adoptId: "s300000022_000000000000000000000000", */',
      '// new cja.Segment("other", { adoptId: "s300000022_000000000000000000000000" })\n',
      "/** it's `one` ${quote} \" */",
      "\n\n",
    ),
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  }),
  { maxLength: 6 },
);

/** A module with comments between its tokens. */
export function commented(code: string, all: readonly PlacedComment[]): string {
  const ends = [0];
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, code);
  while (scanner.scan() !== ts.SyntaxKind.EndOfFileToken) ends.push(scanner.getTokenEnd());
  return all
    .map(({ text, at }) => ({ text, end: ends[Math.floor(at * ends.length)] ?? 0 }))
    .sort((a, b) => b.end - a.end)
    .reduce((rest, { text, end }) => `${rest.slice(0, end)} ${text} ${rest.slice(end)}`, code);
}
