import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findOwnDependency } from "../../../cli/export/project-files";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "pulumi-cja-dependency-"))));
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ["file:pulumi-cja-0.1.0.tgz", "file:../../pulumi-cja-0.1.0.tgz"],
  ["file:../clone", "file:../../../clone"],
  ["link:../clone", "link:../../../clone"],
  ["file:/srv/pulumi-cja-0.1.0.tgz", "file:/srv/pulumi-cja-0.1.0.tgz"],
  ["https://example.com/pulumi-cja-0.1.0.tgz", "https://example.com/pulumi-cja-0.1.0.tgz"],
  ["workspace:*", "workspace:*"],
  ["^0.1.0", "^0.1.0"],
])("where the project around has %s, an exported one has %s", (wanted, exported) => {
  const below = join(folder, "packages", "shop");
  mkdirSync(below, { recursive: true });
  writeFileSync(join(below, "package.json"), JSON.stringify({ name: "shop" }));
  for (const kind of ["dependencies", "devDependencies"]) {
    writeFileSync(join(folder, "package.json"), JSON.stringify({ [kind]: { "pulumi-cja": wanted } }));
    expect(findOwnDependency(below, join(folder, "packages", "exported"))).toBe(exported);
  }
});

test("none is known where no project around names it", () => {
  writeFileSync(join(folder, "package.json"), "{}");
  expect(findOwnDependency(folder, folder)).toBeUndefined();
});

test("into the project's own folder nothing moves", () => {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ dependencies: { "pulumi-cja": "file:." } }));
  expect(findOwnDependency(folder, folder)).toBe("file:.");
});
