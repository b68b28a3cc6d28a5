/** The Markdown that people read: each page of the repository but those of the tests. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import MarkdownIt from "markdown-it";

// eslint-disable-next-line @typescript-eslint/no-require-imports
const slug = require("../../docs/.vitepress/slug.cjs") as (heading: string) => string;

export const root = resolve(__dirname, "../..");

/** What git has or would take, by its path from the root. */
export const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((path) => path !== "" && existsSync(join(root, path)));

export interface Block {
  readonly language: string;
  readonly text: string;
  /** The line of the page on which it begins, counted from 1. */
  readonly line: number;
}

export interface Page {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
  readonly anchors: ReadonlySet<string>;
  /** Of links and pictures, as they are written. */
  readonly targets: readonly string[];
  readonly blocks: readonly Block[];
  /** What stands between single backticks. */
  readonly spans: readonly string[];
}

const markdown = new MarkdownIt({ html: true });

function pageOf(path: string): Page {
  const text = readFileSync(join(root, path), "utf8");
  const tokens = markdown.parse(text, {});
  const inline = tokens.flatMap((token) => token.children ?? []);
  const headings = tokens.flatMap((token, index) => {
    const children = tokens[index + 1]?.children ?? [];
    return token.type === "heading_open" ? [children.map(({ content }) => content).join("")] : [];
  });
  return {
    path,
    text,
    anchors: new Set([...distinct(headings.map(slug)), ...namedIn(text)]),
    targets: inline.flatMap((token) => String(token.attrGet("href") ?? token.attrGet("src") ?? "") || []),
    blocks: tokens
      .filter(({ type }) => type === "fence")
      .map(({ info, content, map }) => ({ language: info.trim(), text: content, line: (map?.[0] ?? 0) + 1 })),
    spans: inline.filter(({ type }) => type === "code_inline").map(({ content }) => content),
  };
}

/** The reference gives the rows of its tables a name each. */
const namedIn = (text: string): string[] => [...text.matchAll(/<a id="([^"]+)">/g)].flatMap(([, id = ""]) => id);

/** A heading that a page has before gets a number, as GitHub and the site count. */
function distinct(slugs: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return slugs.map((text) => {
    const count = seen.get(text) ?? 0;
    seen.set(text, count + 1);
    return count === 0 ? text : `${text}-${count}`;
  });
}

export const pages: readonly Page[] = files
  .filter((path) => path.endsWith(".md") && !path.startsWith("test/"))
  .map(pageOf);

/** Pages that somebody writes, not a generator, a test or the release. */
export const written = pages.filter(
  ({ path }) => !/^(docs\/(reference\/|reviewing|first-mistakes)|CHANGELOG)/.test(path),
);
