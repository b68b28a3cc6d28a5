import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reviewCommand } from "../../../cli/review";
import { planned, segmentOf } from "../review/plan";

const change = planned([{ op: "update", before: segmentOf("Old"), after: segmentOf("New") }]);
const gone = planned([{ op: "delete", before: segmentOf("Old") }]);

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "pulumi-cja-review-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string, content = ""): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

async function review(args: readonly string[], input = "", environment: Record<string, string> = {}) {
  const told = { out: "", said: [] as string[], status: 0 };
  const command = reviewCommand({
    write: (text) => void (told.out += text),
    say: (line) => void told.said.push(line),
    standardInput: async () => input,
    environment,
    exit: (status) => void (told.status = status),
  });
  command.exitOverride().configureOutput({ writeErr: (text) => void told.said.push(text) });
  await command.parseAsync(args, { from: "user" });
  return told;
}

test("reads standard input, files, and both, and prints what they are asked for", async () => {
  expect(await review([], change)).toMatchObject({ status: 2, said: [] });
  expect((await review(["-", file("gone.json", gone)], change)).out).toMatch(/"?New[^]*Deleted: `Old`/);
  expect((await review(["--format", "text"], change)).out).toMatch(
    /^web\/prod: 1 to change\n\nChanged: New in dv_prod/,
  );
  const { stacks } = JSON.parse((await review(["-f", "json"], change)).out) as { stacks: { counts: object }[] };
  expect(stacks[0]?.counts).toMatchObject({ change: 1, delete: 0 });
});

test("a file that is not there is a review that says so, and exit 1", async () => {
  const { out, status } = await review([join(folder, "nowhere.json")]);
  expect(status).toBe(1);
  expect(out).toMatch(/^### The preview could not be read\n[^]*no such file/);
});

test("gates shut with 1, and say what shut them", async () => {
  expect(await review(["--fail-on", "delete,run"], gone)).toMatchObject({
    status: 1,
    said: ["pulumi-cja: refused by --fail-on: delete: 1 in web/prod"],
  });
  expect((await review(["--fail-on", "run, drift"], gone)).status).toBe(3);
  await expect(review(["--fail-on", "everything"], gone)).rejects.toThrow(/Known are delete, replace, run, drift/);
});

test("writes to a file instead, and to the summary of a workflow's run besides", async () => {
  const [out, summary] = [join(folder, "out.md"), file("summary.md", "before\n")];
  const told = await review(["--out", out], change, { GITHUB_STEP_SUMMARY: summary });
  expect(told.out).toBe("");
  expect(readFileSync(summary, "utf8")).toBe(`before\n${readFileSync(out, "utf8")}\n`);
});

test("a length is kept, and is a number", async () => {
  const many = planned(
    Array.from({ length: 50 }, (_, index) => ({ op: "create", name: `s${index}`, after: segmentOf(`S ${index}`) })),
  );
  expect((await review(["--max-length", "900"], many)).out.length).toBeLessThanOrEqual(900);
  await expect(review(["--max-length", "many"], many)).rejects.toThrow(/A whole number is expected/);
});

test("names are those of a file, and what the environment says of the preview counts", async () => {
  const names = file("names.json", JSON.stringify({ "variables/page": "Landing page" }));
  const added = planned([{ op: "create", after: segmentOf("New") }]);
  const { out } = await review(["--names", names], added, { CJA_VALIDATE: "never" });
  expect(out).toContain('Visits where Landing page is "Home"');
  expect(out).toContain("Adobe was not asked about the definition");
});
