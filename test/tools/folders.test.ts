import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folders = pathToFileURL(resolve(__dirname, "../../tools/folders.mjs")).href;

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "pulumi-cja-folders-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Calls `makeFolder` with a text of a function; returns the message with which it fails. */
function made(fill: string): string {
  const program = `
    import { mkdirSync, writeFileSync } from "node:fs";
    import { makeFolder } from ${JSON.stringify(folders)};
    const folder = ${JSON.stringify(join(root, "cache", "tool"))};
    await makeFolder(folder, ${fill}).catch(({ message }) => console.log(message));`;
  return execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" }).trim();
}

const content = () => readFileSync(join(root, "cache", "tool", "a"), "utf8");
const left = () => readdirSync(join(root, "cache"));

describe("a folder that is made", () => {
  it("has what was put into its draft, or a part of that", () => {
    expect(made('(draft) => writeFileSync(draft + "/a", "1")')).toBe("");
    expect([content(), left()]).toEqual(["1", ["tool"]]);
    rmSync(join(root, "cache"), { recursive: true });
    const part = '(draft) => { mkdirSync(draft + "/b"); writeFileSync(draft + "/b/a", "2"); return draft + "/b"; }';
    expect(made(part)).toBe("");
    expect([content(), left()]).toEqual(["2", ["tool"]]);
  });

  it("is not there when that fails, and no draft is left", () => {
    const failing = '(draft) => { writeFileSync(draft + "/a", "1"); throw new Error("no network"); }';
    expect(made(failing)).toBe("no network");
    expect(left()).toEqual([]);
  });

  it("is that of whoever was faster", () => {
    mkdirSync(join(root, "cache", "tool"), { recursive: true });
    writeFileSync(join(root, "cache", "tool", "a"), "theirs");
    expect(made('(draft) => writeFileSync(draft + "/a", "ours")')).toBe("");
    expect([content(), left()]).toEqual(["theirs", ["tool"]]);
  });
});
