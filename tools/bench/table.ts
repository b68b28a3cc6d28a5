/** A table for the terminal: the first column to the left, numbers to the right. */
export function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const lines = [head, ...body];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** With thousands apart: `12,345.6`. */
export const shown = (value: number, digits = 0): string =>
  value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });

export const orNone = <T>(value: T | undefined, text: (value: T) => string): string =>
  value === undefined ? "" : text(value);

/** How many times the floor; without one there is nothing to say. */
export const times = (value: number, floor: number | undefined): string =>
  floor === undefined || floor === 0 ? "" : `${shown(value / floor, 2)}×`;
