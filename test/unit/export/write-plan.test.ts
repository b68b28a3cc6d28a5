import { FORMATS, type Format } from "../../../export/program";
import { existingSegment } from "../../../export/existing-file";
import { writePlan, type Mode, type WritePlan } from "../../../export/write-plan";
import { MOBILE, REVENUE } from "../definition/samples";
import { filesOf, idOf } from "./programs";

const segment = (number: number, name: string, definition: object = MOBILE) => ({
  id: idOf(number),
  name,
  dataViewId: "dv_dev",
  definition,
});
const mobile = segment(1, "Mobile");
const buyers = segment(2, "Buyers", REVENUE);
const all = new Set([mobile.id, buyers.id, idOf(3)]);

const actions = ({ steps }: WritePlan) =>
  Object.fromEntries(steps.filter(({ action }) => action !== "unchanged").map(({ path, action }) => [path, action]));

const MODES: readonly Mode[] = ["refuse", "force", "merge"];

test.each(FORMATS)("%s: into a folder that is empty all is new; again, nothing changes", (format) => {
  const wanted = filesOf([mobile, buyers], { format });
  for (const mode of MODES) {
    expect(new Set(Object.values(actions(writePlan(wanted, [], mode, all))))).toEqual(new Set(["new"]));
    const again = writePlan(wanted, wanted, mode, all);
    expect([actions(again), again.conflicts, again.left]).toEqual([{}, [], []]);
    const windows = wanted.map((file) => ({ ...file, content: file.content.replaceAll("\n", "\r\n") }));
    expect(actions(writePlan(wanted, windows, mode, all))).toEqual({});
  }
});

test.each(FORMATS)("%s: what a file says of its segment is found again", (format) => {
  for (const file of filesOf([segment(1, 'He said "adoptId: \n'), buyers], { format })) {
    const found = existingSegment({ ...file, content: file.content.replaceAll("\n", "\r\n") });
    expect(found?.adoptId).toBe(file.adoptId);
    if (found) expect(`segments/${found.names.file}`).toBe(file.path.replace(/\.\w+$/, ""));
  }
});

test("what differs is refused, with all of it named", () => {
  const before = filesOf([mobile]).map((file) => (file.path === "package.json" ? { ...file, content: "{}\n" } : file));
  const wanted = filesOf([{ ...mobile, description: "More" }, buyers]);
  const { conflicts } = writePlan(wanted, before, "refuse", all);
  expect(conflicts.map(({ path }) => path)).toEqual(["package.json", "segments/mobile.ts", "index.ts"]);
  expect(actions(writePlan(wanted, before, "force", all))).toEqual({
    "package.json": "change",
    "segments/mobile.ts": "change",
    "segments/buyers.ts": "new",
    "index.ts": "change",
  });
  expect(actions(writePlan(wanted, before, "merge", all))).toEqual({
    "package.json": "keep",
    "segments/mobile.ts": "change",
    "segments/buyers.ts": "new",
    "index.ts": "change",
  });
});

test("a renamed segment is refused, or left behind by force", () => {
  const wanted = filesOf([{ ...mobile, name: "Phones" }]);
  const before = filesOf([mobile]).filter(({ role }) => role === "segment");
  expect(writePlan(wanted, before, "refuse", all).conflicts).toEqual([
    { path: "segments/mobile.ts", reason: `has the segment ${mobile.id}, which is segments/phones.ts in the export` },
  ]);
  const forced = writePlan(wanted, before, "force", all);
  expect([forced.conflicts, forced.left]).toEqual([[], ["segments/mobile.ts"]]);
});

test("what is gone is told, what a filter leaves out is not, and what is somebody's own is never looked at", () => {
  const gone = segment(9, "Gone");
  const own = { path: "segments/own.ts", content: "export const own = 1;\n" };
  const before = [...filesOf([mobile, buyers, gone]), own];
  const { left, conflicts } = writePlan(filesOf([mobile]), before, "merge", all);
  expect([left, conflicts]).toEqual([["segments/gone.ts"], []]);
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
    { path: "segments/mobile.json", content: "{}" },
  ];
  expect(writePlan(wanted, before, "merge", all).conflicts.map(({ path }) => path)).toEqual([
    "segments/mobile.json",
    "index.ts",
  ]);
});
