import { readFileSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import ts from "typescript";
import { root } from "./folders.mjs";

/** What users run or read; the emulator answers programs, and its texts are the service's. */
const FOLDERS = ["cli", "definition", "model", "provider", "sdk"];

/**
 * The page of all texts of three words and more in the code that users run, as the code has them: what stands between `${` and `}` is shown as
 * `…`. Long texts are put together from parts; each part is shown where it stands.
 */
export function messagesPage() {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((file) => `${folder}/${file.split(sep).join("/")}`),
  ).sort();
  const sections = files
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => {
      const texts = textsOf(file);
      return texts.length === 0 ? [] : [`## \`${file}\`\n\n${texts.map((text) => `- ${inCode(text)}`).join("\n")}`];
    });
  return `${["# Texts that users can see", INTRODUCTION, ...sections].join("\n\n")}\n`;
}

const INTRODUCTION =
  "`npm run docs` makes this page from the sources, so that you can read all messages side by side: a new one should sound like its neighbours. `…` stands for a value.";

function textsOf(file) {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.ES2022, true);
  const found = new Set();
  const visit = (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
    if (ts.isTaggedTemplateExpression(node)) return;
    const text = textOf(node);
    if (text !== undefined && isSaid(text)) found.add(text.trim());
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...found];
}

function textOf(node) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("…");
}

/** Three words, and no code: programs, styles, queries and scripts for Redis are no messages. */
const isSaid = (text) =>
  /[a-zA-Z]{2,},? (?:[\w"'…`:-]+,? )+[\w"'…`]{2,}/.test(text) &&
  !/[{};]\s*\n|=>|\blocal \w+ =|<\/?\w+[ >]|^\s*\w+:\s*\w+;/.test(text);

const inCode = (text) => {
  const line = text.replace(/\s*\n\s*/g, " ⏎ ");
  const fence = line.includes("`") ? "``" : "`";
  return `${fence}${line.startsWith("`") || line.endsWith("`") ? ` ${line} ` : line}${fence}`;
};
