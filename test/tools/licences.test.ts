import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const licences = pathToFileURL(resolve(__dirname, "../../tools/licences.mjs")).href;
const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-licences-"));
afterAll(() => rmSync(folder, { recursive: true }));

const files = {
  "node_modules/inside/LICENSE": "The text of inside.\n",
  "node_modules/inside/NOTICE": "Its notice.\n",
  "node_modules/inside/licenses/LICENSE-taken-over": "The text of what it has taken over.\n",
  "node_modules/inside/node_modules/deep/license.md": "The text of deep.\n",
  "node_modules/beside/COPYING": "The text of beside.\n",
  "node_modules/silent/index.js": "",
};
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** The text for packages with these licences that npm installs, beside two of dist/; or the message it fails with. */
function textFor(installed: Readonly<Record<string, string | undefined>>, bundled = ["inside"]): string {
  const entries = Object.entries(installed).map(
    ([name, license]) => [`node_modules/${name}`, { version: "1.0.0", license }] as const,
  );
  const packages = {
    "": { version: "0.1.0" },
    "node_modules/inside": {
      version: "2.0.0",
      license: "Apache-2.0",
      dev: true,
      dependencies: { deep: "^2.0.0", beside: "^5.0.0" },
    },
    "node_modules/beside": { version: "5.0.0", license: "ISC", dev: true, dependencies: { inside: "^2.0.0" } },
    "node_modules/deep": { version: "1.0.0", license: "MIT", dev: true },
    "node_modules/inside/node_modules/deep": { version: "2.1.0", license: "0BSD", dev: true },
    "node_modules/silent": { version: "3.0.0", license: "MIT", dev: true },
    "node_modules/only-for-tests": { version: "4.0.0", license: "GPL-3.0-only", dev: true },
    "node_modules/linked": { link: true },
    ...Object.fromEntries(entries),
  };
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages }));
  const options = { folder, bundled: bundled.map((name) => `node_modules/${name}`) };
  const program = `import { licencesText } from ${JSON.stringify(licences)};
    try { console.log(licencesText(${JSON.stringify(options)})); } catch (error) { console.log(error.message); }`;
  return execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" }).trimEnd();
}

it("names what npm installs, and has the texts of what lies in dist/, with what that depends on", () => {
  const text = textFor({ one: "MIT", "@scope/two": "(MIT OR GPL-3.0-only)", "one/node_modules/one": "MIT" });
  const [list = "", texts = ""] = text.split("Parts of these lie in dist/");
  expect(list).toContain("\n\n  @scope/two@1.0.0  (MIT OR GPL-3.0-only)\n  one@1.0.0  MIT\n\n");
  expect(texts.match(/^ {2}\S+ {2}\S+$/gm)).toEqual([
    "  beside@5.0.0  ISC",
    "  deep@2.1.0  0BSD",
    "  inside@2.0.0  Apache-2.0",
  ]);
  for (const content of Object.values(files)) expect(texts).toContain(content.trim());
  expect(text).not.toMatch(/only-for-tests|linked|silent/);
});

it.each([
  "GPL-3.0-only",
  "(MIT AND LGPL-2.1-only)",
  "MPL-2.0",
  "SSPL-1.0",
  "UNLICENSED",
  "SEE LICENSE IN LICENSE",
  undefined,
])("takes no package under %s", (licence) => {
  expect(textFor({ one: "MIT", two: licence })).toBe(
    `two@1.0.0: "${licence ?? "none"}" is not known as permissive. Do without it, or read its licence and say so in tools/licences.mjs.`,
  );
});

it("takes no library into dist/ that has no licence text", () => {
  expect(textFor({}, ["silent"])).toBe("silent@3.0.0 is in dist/ and has no licence text");
});

it("takes no library into dist/ that is not in the lock file", () => {
  expect(textFor({}, ["unknown"])).toBe("node_modules/unknown is in dist/ and not in package-lock.json");
});
