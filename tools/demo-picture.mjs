/** `node tools/demo-picture.mjs`: runs the demo and draws what it printed into docs/demo.svg, which README.md links to. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./folders.mjs";
import { run } from "./process.mjs";

const LINE = 17;
const COLUMN = 7.9;
const PADDING = 18;
const COLUMNS = 114;

const output = await run(process.execPath, [join(root, "tools", "demo.mjs")], {
  cwd: root,
  env: { ...process.env, NO_COLOR: "1" },
});
const text = typeof output === "string" ? output : output.stdout;
// The set-up takes no time worth showing: the picture begins where the emulator starts.
const shown = text
  .slice(text.indexOf("4/8"))
  .trimEnd()
  .split("\n")
  .map((line) => line.slice(0, COLUMNS));

const escaped = (line) => line.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

function styleOf(line) {
  if (/^\d\/\d |^Done/.test(line)) return "head";
  if (/^ *│ +\+ /.test(line)) return "add";
  if (/^ *│ +~ /.test(line)) return "change";
  if (/^ *│ +- /.test(line)) return "remove";
  return /^ *│/.test(line) ? "engine" : "plain";
}

const rows = shown.map(
  (line, i) =>
    `<text class="${styleOf(line)}" x="${PADDING}" y="${PADDING + LINE * (i + 1)}" xml:space="preserve">${escaped(line)}</text>`,
);
const width = Math.ceil(COLUMNS * COLUMN + 2 * PADDING);
const height = LINE * (shown.length + 1) + 2 * PADDING;

writeFileSync(
  join(root, "docs", "demo.svg"),
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="What npm run demo prints">
<style>
text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #c9d1d9 }
.head { fill: #ffffff; font-weight: bold } .engine { fill: #8b949e } .add { fill: #56d364 } .change { fill: #e3b341 } .remove { fill: #ff7b72 }
</style>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
${rows.join("\n")}
</svg>
`,
);
