import * as language from "../../../../definition";

/** What the source of a definition builds. */
export function built(json: unknown): unknown {
  const { expression, imports } = language.toBuilder(json);
  const builder = language as unknown as Record<string, unknown>;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const build = new Function(...imports, `"use strict"; return ${expression};`) as (...of: unknown[]) => unknown;
  return build(...imports.map((name) => builder[name]));
}
