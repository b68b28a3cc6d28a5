import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const { version } = JSON.parse(read("package.json")) as { version: string };
const files = readdirSync(join(root, "examples")).flatMap((example) => [
  `examples/${example}/package.json`,
  ...(readdirSync(join(root, "examples", example)).includes("README.md") ? [`examples/${example}/README.md`] : []),
]);

const pages = ["README.md", "docs/installing.md", "docs/first-steps.md", "docs/troubleshooting.md"];

test.each([...pages, ...files])("%s names the tarball that `npm pack` makes", (file) => {
  const named = read(file).match(/pulumi-cja-\d[^\s`"]*?\.tgz/g);
  expect(new Set(named)).toEqual(new Set([`pulumi-cja-${version}.tgz`]));
});
