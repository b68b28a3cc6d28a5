import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageVersion } from "../../../provider/package-version";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "pulumi-cja-version-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (place: string, manifest: object) => {
  mkdirSync(join(folder, place), { recursive: true });
  writeFileSync(join(folder, place, "package.json"), JSON.stringify(manifest));
};

it("is that of this package, from wherever in it one asks", () => {
  put("pulumi-cja", { name: "pulumi-cja", version: "1.2.3" });
  put("pulumi-cja/dist", { type: "commonjs" });
  expect(packageVersion(join(folder, "pulumi-cja", "dist", "cli"))).toBe("1.2.3");
});

it("is that of the plugin where that is all there is, and not that of its folder in the package, which has none", () => {
  put("alone", { name: "pulumi-resource-cja", version: "1.2.4" });
  expect(packageVersion(join(folder, "alone"))).toBe("1.2.4");
  put("pulumi-cja", { name: "pulumi-cja", version: "1.2.3" });
  put("pulumi-cja/plugin", { name: "pulumi-resource-cja" });
  expect(packageVersion(join(folder, "pulumi-cja", "plugin"))).toBe("1.2.3");
});

it.each([
  ["that has a package.json of its own", () => put("", { name: "shop", version: "7.0.0" })],
  ["that has none", () => undefined],
])("is not known in a bundled program %s", (_, write) => {
  write();
  expect(packageVersion(folder)).toBe("unknown");
});
