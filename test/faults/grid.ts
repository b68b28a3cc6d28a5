/**
 * Reads a table as it stands in a test: a line of column names, then a line for each row, cells between bars. Lines of
 * dashes are for the eye.
 *
 * @throws when a row or column is missing, unknown or there twice, or a cell holds a word that is none.
 */
export function grid<Row extends string, Column extends string, Word extends string>(
  text: string,
  known: { readonly rows: readonly Row[]; readonly columns: readonly Column[]; readonly words: readonly Word[] },
): Record<Row, Record<Column, Word>> {
  const [head = [], ...lines] = text
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter(([first = "", ...cells]) => cells.length > 0 && !/^-+$/.test(first));
  const columns = head.slice(1).map((name) => oneOf(known.columns, name, "column"));
  allOnce(known.columns, columns, "column");
  allOnce(
    known.rows,
    lines.map(([name = ""]) => name),
    "row",
  );
  const rows = lines.map(([name = "", ...cells]) => {
    if (cells.length !== columns.length) throw new Error(`the row "${name}" has ${cells.length} cells`);
    const words = cells.map((cell, i) => [columns[i] ?? "", oneOf(known.words, cell, `word for "${name}"`)] as const);
    return [name, Object.fromEntries(words)] as const;
  });
  return Object.fromEntries(rows) as Record<Row, Record<Column, Word>>;
}

function oneOf<T extends string>(known: readonly T[], text: string, kind: string): T {
  const found = known.find((one) => one === text);
  if (found === undefined) throw new Error(`there is no ${kind} "${text}"`);
  return found;
}

function allOnce(known: readonly string[], found: readonly string[], kind: string): void {
  for (const name of known) {
    const times = found.filter((one) => one === name).length;
    if (times !== 1) throw new Error(`the ${kind} "${name}" is there ${times} times`);
  }
  for (const name of found) oneOf(known, name, kind);
}
