/**
 * Previews and the state of one stack in which dynamic resources and those of the plugin stand side by side. Recorded from Pulumi 3.276, with
 * nothing left out but where in the program a resource stands.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkTargetCommand } from "../../../../cli/check-target";
import { parseStackSegments } from "../../../../cli/compare/stack-segments";
import { readPreviews } from "../../../../cli/review/preview/preview";
import { createReport } from "../../../../cli/review/report/create-report";
import { plainText } from "../../../../cli/review/text";
import { startEmulator } from "../../../../emulator";
import { expectFile } from "../../../engine/review/golden";

const recorded = (name: string) => join(__dirname, "recorded", `both-doors-${name}`);
const text = (name: string) => readFileSync(recorded(`${name}.json`), "utf8");

test.each(["change", "drift", "drift-alone"])("a review of %s says the same of both", (name) => {
  const report = createReport([{ name: "preview.json", text: text(name) }]);
  expectFile(recorded(`${name}.txt`), plainText(report));
});

test("the exact places are those that the plugin has found", () => {
  const [preview] = readPreviews(text("change"));
  const exact = preview?.steps.flatMap(({ urn, exact }) => (exact.length === 0 ? [] : [[urn.name, exact]]));
  expect(Object.fromEntries(exact ?? [])).toEqual({
    moved: ["dataViewId"],
    tablet: ["definition.container.pred.str", "name"],
    readers: ["shares[0]", "tags[1]"],
    hidden: ["definition.container.pred.str"],
    nightly: ["triggers.two"],
    renamed: ["name"],
  });
});

test("the segments of a stack are those of both", () => {
  const segments = parseStackSegments(text("state"));
  expect(segments.map(({ key }) => key).sort()).toEqual(["gone", "hidden", "mobile", "moved", "readers", "tablet"]);
  expect(segments.find(({ key }) => key === "readers")).toMatchObject({ name: "Readers", tags: ["blog", "draft"] });
});

test("check-target looks at those of both", async () => {
  const emulator = await startEmulator({ limits: false });
  const told = { out: "", said: [] as string[], status: 0 };
  const command = checkTargetCommand({
    write: (text) => (told.out += text),
    log: (line) => void told.said.push(line),
    standardInput: async () => text("change"),
    environment: { ...emulator.environment },
    exit: (status) => (told.status = status),
  });
  await command.parseAsync([], { from: "user" }).finally(() => emulator.close());
  expect(told.out).toBe("7 segments of the plan: their data views have everything that they use.\n");
});
