/**
 * THIRD-PARTY-LICENSES.txt: what comes with the package, and under which licences. Two kinds: libraries of which parts lie in dist/, whose
 * licences ask for their texts; and packages that npm installs beside it, each of which brings its own.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import satisfies from "spdx-satisfies";

/** Whoever uses the package may use these in any program, if the text stays with them. Another one is for a person to read first. */
const PERMISSIVE = ["0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"];

/**
 * `folder` has package-lock.json and node_modules; `bundled` are paths in them of libraries that may have others in them, `parts` those
 * of which each came by itself. Throws where a licence is not permissive.
 */
export function licencesText({ folder, bundled, parts = [] }) {
  const { packages } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  const all = Object.entries(packages).map(([path, entry]) => ({
    path,
    name: path.split("node_modules/").at(-1),
    ...entry,
  }));
  const installed = distinct(
    all.filter(({ path, dev, devOptional, link }) => path && !dev && !devOptional && !link).map(entryOf),
  );
  const inside = distinct(
    [...new Set([...withDependencies(packages, bundled), ...parts])].map((path) => ({
      ...entryOf(all.find((one) => one.path === path)),
      texts: textsIn(join(folder, path)),
    })),
  );
  const mistakes = [...inside, ...installed].filter(({ licence }) => !isPermissive(licence)).map(notPermissive);
  const silent = inside
    .filter(({ texts }) => texts.length === 0)
    .map(({ title }) => `${title} is in dist/ and has no licence text`);
  if (mistakes.length + silent.length > 0) throw new Error([...new Set([...mistakes, ...silent])].join("\n"));
  return page(inside, installed);
}

/** What libraries depend on is in them already, where they are published as one file. */
function withDependencies(packages, bundled) {
  const found = new Set();
  const add = (path) => {
    if (!packages[path]) throw new Error(`${path} is in dist/ and not in package-lock.json`);
    if (found.has(path)) return;
    found.add(path);
    for (const name of Object.keys(packages[path].dependencies ?? {})) add(placeOf(packages, path, name));
  };
  bundled.forEach(add);
  return [...found];
}

/** Where a package finds another one: in its own node_modules, or in those above it. */
function placeOf(packages, from, name) {
  const inside = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
  if (packages[inside] || from === "") return inside;
  return placeOf(packages, from.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, ""), name);
}

const entryOf = ({ name, version, license }) => {
  const title = `${name}@${version}`;
  return { title, licence: license ?? "none" };
};

const distinct = (entries) =>
  [...new Map(entries.map((entry) => [entry.title, entry])).values()].sort((a, b) => (a.title < b.title ? -1 : 1));

function isPermissive(licence) {
  try {
    return satisfies(licence, PERMISSIVE);
  } catch {
    return false; // no SPDX expression
  }
}

const notPermissive = ({ title, licence }) =>
  `${title}: "${licence}" is not known as permissive. Do without it, or read its licence and say so in tools/licences.mjs.`;

/** Licences and notices of a package, those of what it has taken over itself included (`licenses/`). */
function textsIn(folder) {
  const named = (where) =>
    readdirSync(join(folder, where), { withFileTypes: true }).flatMap((entry) => {
      const path = join(where, entry.name);
      if (entry.isDirectory()) return where === "" && /^licen[cs]es$/i.test(entry.name) ? named(path) : [];
      return /^(licen[cs]e|notice|copying)/i.test(entry.name) ? [path] : [];
    });
  const texts = named("")
    .sort()
    .map((file) => ({ file, text: readFileSync(join(folder, file), "utf8").trim() }));
  return texts.length > 0 ? texts : textElsewhere(folder);
}

/** Some have it at the end of what they say of themselves. */
function textElsewhere(folder) {
  const readme = join(folder, "README.md");
  const text = existsSync(readme) ? readFileSync(readme, "utf8").split(/^#* *Licen[cs]e\s*$/im)[1] : undefined;
  return text?.includes("Permission is hereby granted") ? [{ file: "README.md", text: text.trim() }] : [];
}

const page = (inside, installed) => `Licences of what comes with pulumi-cja. Its own is in LICENSE.
Made by \`npm run docs\` from package-lock.json and dist/.

npm installs these packages beside it, each with its own licence text (Pulumi's SDK, which the program brings, tells its own):

${installed.map(({ title, licence }) => `  ${title}  ${licence}`).join("\n")}

Parts of these lie in dist/; their licences follow:

${inside.map(({ title, licence }) => `  ${title}  ${licence}`).join("\n")}
${inside.flatMap(({ title, texts }) => texts.map(({ file, text }) => `\n\n${"-".repeat(78)}\n${title}: ${file}\n\n${text}\n`)).join("")}`;
