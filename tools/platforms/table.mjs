/** What came out, as a table for a terminal. */

const columns = [
  ["Node", ({ node, cell }) => node ?? cell.node],
  ["SDK", ({ sdk, cell }) => sdk ?? cell.sdk],
  ["CLI", ({ cli }) => cli],
  ["installed by", ({ cell, pm }) => `${cell.pm} ${pm}`],
  ["TypeScript by", ({ cell }) => cell.typescript],
  ["outcome", ({ outcome }) => outcome],
  ["install", ({ installSeconds }) => seconds(installSeconds)],
  ["life", ({ lifeSeconds }) => seconds(lifeSeconds)],
];

const seconds = (number) => (number === undefined ? "" : `${number.toFixed(1)} s`.padStart(6));

export function table(results) {
  const rows = [columns.map(([name]) => name), ...results.map((result) => columns.map(([, text]) => text(result)))];
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => row[at].length)));
  const lines = rows.map((row) =>
    row
      .map((text, at) => text.padEnd(widths[at]))
      .join("  ")
      .trimEnd(),
  );
  const good = results.filter(({ outcome }) => outcome === "ok").length;
  return [...lines, "", `${good} of ${results.length} cells are as they should be`].join("\n");
}
