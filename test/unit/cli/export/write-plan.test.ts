import type { ExistingFile } from "../../../../cli/export/source-module";
import { NODE_FORMATS, type Format } from "../../../../cli/export/program";
import { writePlan as planOf, type Mode, type WritePlan } from "../../../../cli/export/write-plan";
import { MOBILE, REVENUE } from "../../definition/samples";
import { filesOf, idOf, programOf } from "./programs";

const segment = (number: number, name: string, definition: object = MOBILE) => ({
  id: idOf(number),
  name,
  dataViewId: "dv_dev",
  definition,
});
const mobile = segment(1, "Mobile");
const buyers = segment(2, "Buyers", REVENUE);
const all = new Set([mobile.id, buyers.id, idOf(3)]);

const writePlan = (
  wanted: Parameters<typeof planOf>[0],
  there: readonly ExistingFile[],
  ...more: [Mode, ReadonlySet<string>, string[]?]
) => planOf(wanted, programOf(there), ...more);
const actions = ({ steps }: WritePlan) =>
  Object.fromEntries(steps.filter(({ action }) => action !== "unchanged").map(({ path, action }) => [path, action]));

const MODES: readonly Mode[] = ["refuse", "force", "merge"];

test.each(NODE_FORMATS)("%s: into a folder that is empty all is new; again, nothing changes", (format) => {
  const wanted = filesOf([mobile, buyers], { format });
  for (const mode of MODES) {
    expect(new Set(Object.values(actions(writePlan(wanted, [], mode, all))))).toEqual(new Set(["new"]));
    const again = writePlan(wanted, wanted, mode, all);
    expect([actions(again), again.conflicts, again.leftFiles]).toEqual([{}, [], []]);
    const windows = wanted.map((file) => ({ ...file, content: file.content.replaceAll("\n", "\r\n") }));
    expect(actions(writePlan(wanted, windows, mode, all))).toEqual({});
  }
});

test.each(NODE_FORMATS)("%s: what a file says of its segment is found again", (format) => {
  for (const file of filesOf([segment(1, 'He said "adoptId: \n'), buyers], { format })) {
    const [one] = file.resources ?? [];
    const program = programOf([{ ...file, content: file.content.replaceAll("\n", "\r\n") }]);
    expect([...program.known.keys()]).toEqual(one ? [one.id] : []);
    if (one && format !== "json") expect([...program.names().values()]).toMatchObject([{ resource: one.resource }]);
  }
});

test("what differs is refused, with all of it named", () => {
  const before = filesOf([mobile]).map((file) => (file.path === "package.json" ? { ...file, content: "{}\n" } : file));
  const wanted = filesOf([{ ...mobile, description: "More" }, buyers]);
  const { conflicts } = writePlan(wanted, before, "refuse", all);
  expect(conflicts.map(({ path }) => path)).toEqual(["package.json", "segments/mobile-000001.ts", "index.ts"]);
  expect(actions(writePlan(wanted, before, "force", all))).toEqual({
    "package.json": "change",
    "segments/mobile-000001.ts": "change",
    "segments/buyers-000002.ts": "new",
    "index.ts": "change",
  });
  expect(actions(writePlan(wanted, before, "merge", all))).toEqual({
    "package.json": "keep",
    "segments/mobile-000001.ts": "change",
    "segments/buyers-000002.ts": "new",
    "index.ts": "change",
  });
});

test("a renamed segment is refused, or left behind by force", () => {
  const wanted = filesOf([{ ...mobile, name: "Phones" }]);
  const before = filesOf([mobile]).filter(({ role }) => role === "resource");
  expect(writePlan(wanted, before, "refuse", all).conflicts).toEqual([
    {
      path: "segments/mobile-000001.ts",
      reason: `has the segment ${mobile.id}, which is segments/phones-000001.ts in the export`,
    },
  ]);
  const forced = writePlan(wanted, before, "force", all);
  expect([forced.conflicts, forced.leftFiles, forced.removedSegments]).toEqual([
    [],
    [{ path: "segments/mobile-000001.ts", line: undefined }],
    [],
  ]);
});

test("what is gone is told, what a filter leaves out is not, and what is somebody's own is never looked at", () => {
  const gone = segment(9, "Gone");
  const own = { path: "segments/own.ts", content: "export const own = 1;\n" };
  const before = [...filesOf([mobile, buyers, gone]), own];
  const { leftFiles, conflicts } = writePlan(filesOf([mobile]), before, "merge", all);
  expect(conflicts).toEqual([]);
  expect(leftFiles).toEqual([
    {
      path: "segments/gone-000009.ts",
      line: 'line 2 of index.ts: import { gone000009 } from "./segments/gone-000009";',
    },
  ]);
});

test.each(NODE_FORMATS)("%s: force tells what would leave the program, also of one file for all", (format) => {
  const own = { path: "segments/own.ts", content: "export const own = 1;\n" };
  const unused = { path: "segments/unused.ts", content: own.content };
  const before = [...filesOf([mobile, buyers], { format }), own, unused].map((file) =>
    file.path === "index.ts" ? { ...file, content: `import "./segments/own";\r\n${file.content}` } : file,
  );
  const { removedSegments } = writePlan(filesOf([mobile], { format }), before, "force", all);
  // A program of JSON has whatever lies in its folder.
  const left = format === "json" ? [] : [`segments/buyers-000002.ts (${buyers.id})`];
  expect(removedSegments).toEqual(["segments/own.ts", ...left]);
  expect(writePlan(filesOf([mobile], { format }), before, "merge", all).removedSegments).toEqual([]);
  if (format === "json") return;
  const one = filesOf([mobile, buyers], { format, singleFile: true });
  expect(writePlan(filesOf([mobile], { format, singleFile: true }), one, "force", all).removedSegments).toEqual([
    `segments.ts (${buyers.id})`,
  ]);
  expect(writePlan(filesOf([mobile, buyers], { format: "json" }), one, "force", all).removedSegments).toEqual([]);
});

test.each(NODE_FORMATS)("%s: a merge drops the lines of files that are gone, and no others", (format) => {
  const gone = segment(9, "Gone");
  const theirs = 'import "./segments/theirs.js";\nimport "./segments/deep/b";\n';
  const there = `${theirs}${index(format, [mobile, gone])}`;
  const before = [{ path: "index.ts", content: there }];
  const { steps } = writePlan(filesOf([mobile], { format }), before, "merge", all, ["theirs.tsx"]);
  expect(steps.find(({ path }) => path === "index.ts")?.content).toBe(`${theirs}${index(format, [mobile])}`);
});

const index = (format: Format, segments: readonly ReturnType<typeof segment>[]) =>
  filesOf(segments, { format }).find(({ role }) => role === "index")?.content ?? "";

test.each(["typescript", "json"] as const)(
  "%s: a merge adds to the list of files, in order, and leaves the rest",
  (format) => {
    const wanted = filesOf([mobile, buyers, segment(3, "Zebra")], { format });
    const merged = (there: string) =>
      writePlan(wanted, [{ path: "index.ts", content: there }], "merge", all).steps.find(
        ({ path }) => path === "index.ts",
      )?.content;
    expect(merged(index(format, [mobile]))).toBe(index(format, [mobile, buyers, segment(3, "Zebra")]));
    expect(merged(`${index(format, [mobile])}\n// ours\n`)).toBe(
      `${index(format, [mobile, buyers, segment(3, "Zebra")])}\n// ours\n`,
    );
  },
);

test("a merge into what it does not know is refused", () => {
  const wanted = filesOf([mobile], { format: "json" });
  const before = [
    { path: "index.ts", content: "main();\n" },
    { path: "segments/mobile-000001.json", content: "{}" },
  ];
  expect(writePlan(wanted, before, "merge", all).conflicts.map(({ path }) => path)).toEqual([
    "segments/mobile-000001.json",
    "index.ts",
  ]);
});
