import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../../emulator";
import { driftCommand } from "../../../cli/drift";
import { markdown } from "../../../cli/review/markdown/markdown";
import { createReport } from "../../../cli/review/report/create-report";
import { pulumiEnvironment } from "../harness/project";
import { createStack, type Stack } from "../harness/stack";
import { program, UNLIMITED } from "../programs";
import { expectFile, expectGolden, withoutIds } from "./golden";
import { inOrder, pages, QUESTIONS } from "./reviewers-test";
import { BEFORE, MANY, manySegments, SCENES } from "./scenes";

let emulator: Emulator;
let stack: Stack;
/** What the engine printed for each scene, and where it wrote its events. */
const previews = new Map<string, { readonly json: string; readonly events: string }>();
const idOf = (resource: string) => stack.resource(resource).id ?? "";
const reviewOf = (...texts: readonly string[]) =>
  createReport(texts.map((text, index) => ({ name: `preview${index + 1}.json`, text })));

function newestIn(folder: string): string {
  const files = readdirSync(folder).map((name) => join(folder, name));
  const [newest = ""] = files.toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  return newest;
}

/** `pulumi-cja drift`, as a schedule runs it. */
async function drift({ folder, name, stateHome }: Stack, of = name, more: Record<string, string> = {}) {
  const told: { status: number; output: string; error?: string } = { status: 0, output: "" };
  const settings = { ...emulator.environment, ...UNLIMITED, XDG_STATE_HOME: stateHome };
  const command = driftCommand({
    write: (text) => (told.output += text),
    exit: (status) => (told.status = status),
    environment: { ...pulumiEnvironment(folder), ...settings, ...more },
  });
  try {
    await command.parseAsync(["--stack", of, "--cwd", folder], { from: "user" });
    return told;
  } catch (error) {
    return { ...told, error: (error as Error).message };
  }
}

beforeAll(async () => {
  emulator = await startEmulator({ dialect: "reference", limits: false, clock: "manual" });
  // Pulumi shows when a segment was modified, and the page shows what Pulumi prints.
  emulator.control.setClock({ now: "2026-11-20T09:00:00Z" });
  stack = await createStack({
    env: { ...emulator.environment, ...UNLIMITED },
    program: program(BEFORE),
    project: "web",
    name: "prod",
  });
  await stack.up();
});
afterAll(async () => {
  await stack.dispose();
  await emulator.close();
});

describe("the review of a pull request", () => {
  test.each(SCENES)("$name", async ({ name, program: text, args = [], edit, fails = false }) => {
    stack.setProgram(text);
    edit?.(emulator, idOf);
    const { stdout } = await stack.preview({ args: ["--json", ...args], fails });
    emulator.control.setVerdict(null);
    previews.set(name, { json: stdout, events: newestIn(join(stack.folder, "events")) });
    expectGolden(`${name}.md`, withoutIds(markdown(reviewOf(stdout))));
  });
});

test("docs/reviewing shows them beside what Pulumi prints", async () => {
  const shown: { raw: string; review: string }[] = [];
  for (const { scene } of QUESTIONS) {
    const { json = "", events = "" } = previews.get(scene) ?? {};
    // The same preview once more, as --diff prints it: from its events, which lack the first line only.
    const { stdout } = await stack.pulumi(["replay-events", "update", events, "--preview", "--diff"]);
    const raw = inOrder(`Previewing update (${stack.name}):\n${stdout}`);
    shown.push({ raw: withoutIds(raw), review: withoutIds(markdown(reviewOf(json))) });
  }
  for (const [path, text] of Object.entries(pages(shown))) expectFile(join(__dirname, "../../../docs", path), text);
});

describe("of many stacks and many segments", () => {
  let other: Stack;
  beforeAll(async () => {
    other = await createStack({
      env: { ...emulator.environment, ...UNLIMITED },
      program: manySegments("Home"),
      project: "web",
      name: "dev",
    });
    // Only at the end is the state written, instead of twice for each segment.
    await other.up({ env: { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" } });
    other.setProgram(manySegments("Start"));
  });
  afterAll(() => other.dispose());

  test("drift is told with 7, no drift with 0, and what cannot be found out with 1", async () => {
    const edited = await drift(stack);
    expect(edited.status).toBe(7);
    expectGolden("drift-alone.txt", withoutIds(edited.output));
    expect(await drift(other)).toEqual({ status: 0, output: `web/dev: ${MANY} unchanged\n` });
    expect((await drift(other, "nowhere")).error).toMatch(/^pulumi failed: see its output above/);
    expect((await drift(other, "dev", { PATH: "" })).error).toMatch(/^could not start pulumi .*ENOENT/);
  });

  test("what has no room in a comment is left out, and that is said", async () => {
    const { stdout: many } = await other.preview({ args: ["--json"] });
    const few = previews.get("drift")?.json ?? "";
    const review = reviewOf(many);
    const full = markdown(review);
    const cut = markdown(review, { maxLength: 12_000 });
    expect(full).toContain(`**${MANY} to change**`);
    expect(cut).toContain(`**${MANY} to change**`);
    expect(full.length).toBeGreaterThan(65_536);
    expect(cut.length).toBeLessThanOrEqual(12_000);
    expectGolden("many.md", withoutIds(cut));
    expectGolden("several-stacks.md", withoutIds(markdown(reviewOf(many, few), { maxLength: 6_000 })));
  });
});
