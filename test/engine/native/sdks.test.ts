import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const root = resolve(__dirname, "../../..");
const schemaFile = join(root, "plugin/schema.json");

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "pulumi-cja-sdks-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("Pulumi's own checker accepts the schema, and refuses one with a mistake", () => {
  const check = (file: string) => {
    const env = { ...process.env, PATH: process.env["PULUMI_CJA_TEST_PATH"], PULUMI_HOME: folder };
    const { status, stdout, stderr } = spawnSync("pulumi", ["schema", "check", file], { encoding: "utf8", env });
    return { status, output: stdout + stderr };
  };
  expect(check(schemaFile)).toEqual({ status: 0, output: "" });
  const wrong = join(folder, "schema.json");
  const text = readFileSync(schemaFile, "utf8");
  writeFileSync(wrong, text.replaceAll('"#/types/cja:index:SegmentShare"', '"#/types/cja:index:Nobody"'));
  const { status, output } = check(wrong);
  expect([status === 0, output]).toEqual([false, expect.stringContaining("Nobody")]);
});

const hasGo = process.env["CI"] === "true" || spawnSync("go", ["version"]).status === 0;
if (!hasGo)
  process.stderr.write("Left out: SDKs for other languages, since there is no Go here (https://go.dev/dl/).\n");

(hasGo ? test : test.skip)("the SDKs for Python and Go are made from it, and compile", async () => {
  const args = [join(root, "tools/sdks.mjs"), "--out", folder];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const lines = stdout.trim().split("\n");
  expect(lines.map((line) => line.split(":")[0])).toEqual(["python", "go", "dotnet", "java"]);
  expect(lines.filter((line) => line.endsWith(", compiled")).length).toBeGreaterThanOrEqual(2);
  // A machine has their compilers or not; that they are made is told in any case.
  for (const line of lines.slice(2))
    expect(line).toMatch(/: (left out, since .* no pulumi-language-\w+ |.*, (not )?compiled)/);
  for (const file of ["python/pulumi_cja/segment.py", "go/cja/segment.go"])
    expect(existsSync(join(folder, file))).toBe(true);
});
