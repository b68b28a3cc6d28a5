/**
 * `npm run pictures`: draws what `pulumi-cja review` makes of docs/review-example.json, for the README: the page into
 * docs/review-page.png, the comment as GitHub shows it into docs/review-markdown.png.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import markdownIt from "markdown-it";
import { ensureBuilt } from "./build.mjs";
import { startChromium } from "./chromium.mjs";
import { root } from "./folders.mjs";
import { onInterrupt, run } from "./process.mjs";

const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-pictures-"));
const removeFolder = () => rmSync(folder, { recursive: true, force: true });
onInterrupt(removeFolder);

try {
  await ensureBuilt();
  const page = join(folder, "page.html");
  const comment = join(folder, "comment.html");
  writeFileSync(comment, commentPage(await review(page)));
  const browser = await startChromium();
  try {
    await draw(browser, page, { width: 1280, height: 900 }, "review-page.png");
    await draw(browser, comment, { width: 900, height: 0 }, "review-markdown.png");
  } finally {
    await browser.close();
  }
} finally {
  removeFolder();
}

/** Writes the page, and returns the comment. */
async function review(page) {
  const main = join(root, "dist", "cli", "main.js");
  const files = ["--html", page, "--out", join(folder, "comment.md")];
  const { startEmulator } = require(join(root, "dist", "emulator", "index.js"));
  // Its own people: 2,000 made-up ones.
  const emulator = await startEmulator({ port: 0 });
  const env = { ...process.env, ...emulator.environment, XDG_STATE_HOME: folder };
  try {
    await run(process.execPath, [main, "review", "docs/review-example.json", "--sizes", ...files], { cwd: root, env });
  } catch (error) {
    // A plan that changes something ends with 2 or 3.
    if (error.code !== 2 && error.code !== 3) throw error;
  } finally {
    await emulator.close();
  }
  return readFileSync(join(folder, "comment.md"), "utf8");
}

/** A height of 0 is all of it. */
async function draw(browser, file, { width, height }, picture) {
  const page = await browser.newPage();
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
  await page.setViewport({ width, height: height || 100 });
  await page.goto(pathToFileURL(file).href);
  // The first drawing, where there are any that a page can fold.
  await page.evaluate("document.querySelector('.diagram')?.setAttribute('open', '')");
  await page.screenshot({ path: join(root, "docs", picture), fullPage: height === 0 });
  console.log(`docs/${picture}`);
}

function commentPage(markdown) {
  const render = markdownIt({ html: true, highlight: marked });
  const css = readFileSync(require.resolve("github-markdown-css/github-markdown-light.css"), "utf8");
  const own = `body { margin: 0; padding: 24px } .add { background: #dafbe1; color: #116329 } .remove { background: #ffebe9; color: #82071e }`;
  const body = render.render(markdown).replace(/<blockquote>\s*<p>\[!(\w+)\]\s*([^]*?)<\/p>\s*<\/blockquote>/g, alert);
  return `<!doctype html><meta charset="utf-8"><style>${css}${own}</style><article class="markdown-body">${body}</article>`;
}

/** Alerts are GitHub's own: https://docs.github.com/get-started/writing-on-github */
function alert(_, kind, text) {
  const title = kind[0] + kind.slice(1).toLowerCase();
  return `<div class="markdown-alert markdown-alert-${kind.toLowerCase()}"><p class="markdown-alert-title">${title}</p><p>${text}</p></div>`;
}

/** GitHub colours what goes and what comes. */
function marked(text, language) {
  if (language !== "diff") return "";
  const escaped = text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  return escaped
    .replace(/^\+.*$/gm, '<span class="add">$&</span>')
    .replace(/^-.*$/gm, '<span class="remove">$&</span>');
}
