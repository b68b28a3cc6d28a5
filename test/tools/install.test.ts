import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const install = pathToFileURL(resolve(__dirname, "../../tools/install.mjs")).href;

/** What a call of tools/install.mjs returns, or the message it throws with. */
function call(expression: string): unknown {
  const program = `import * as install from ${JSON.stringify(install)};
    try { console.log(JSON.stringify(${expression} ?? null)); } catch (error) { console.log(JSON.stringify(error.message)); }`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" }));
}

const lock = {
  "": { version: "1.0.0" },
  "node_modules/a": { version: "1.0.0" },
  "node_modules/b/node_modules/a": { version: "2.0.0" },
  "node_modules/windows-only": { version: "1.0.0", optional: true },
  "node_modules/linked": { resolved: "", link: true },
};
const installed = {
  "node_modules/a": { version: "1.0.0" },
  "node_modules/b/node_modules/a": { version: "2.0.0" },
  "node_modules/linked": { resolved: "", link: true },
};

describe("node_modules", () => {
  it.each([
    ["nothing installed", undefined, ["node_modules/a", "node_modules/b/node_modules/a", "node_modules/linked"]],
    ["all installed", installed, []],
    ["another version", { ...installed, "node_modules/a": { version: "0.9.0" } }, ["node_modules/a"]],
    ["one missing", { ...installed, "node_modules/linked": undefined }, ["node_modules/linked"]],
  ])("with %s", (_, packages, missing) => {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-install-"));
    try {
      writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages: lock }));
      if (packages) {
        mkdirSync(join(folder, "node_modules"));
        writeFileSync(join(folder, "node_modules/.package-lock.json"), JSON.stringify({ packages }));
      }
      expect(call(`install.missingPackages(${JSON.stringify(folder)})`)).toEqual(missing);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("Node", () => {
  it.each(["20.19.0", "20.20.2", "22.0.0", "24.1.0"])("%s will do", (version) =>
    expect(call(`install.requireNode("${version}")`)).toBeNull(),
  );
  it("that is too old is told with what helps, whatever else the step advises", () => {
    const progress = pathToFileURL(resolve(__dirname, "../../tools/progress.mjs")).href;
    const step = `(await import(${JSON.stringify(progress)})).progress(1, { stream: { write() {} } })
      .step("Packages", "see to the network.", () => install.requireNode("18.20.0")).catch(({ help }) => help)`;
    expect(call(`await ${step}`)).toMatch(/^install a newer one from https:\/\/nodejs\.org/);
  });
  it.each(["20.18.3", "18.20.0", "20.9.99"])("%s is refused", (version) =>
    expect(call(`install.requireNode("${version}")`)).toMatch(/Node >=20\.19 is needed, this is/),
  );
});
