import { fc, samples } from "../../../properties";
import { equal } from "../../../../definition";
import type { ExportedSegment } from "../../../../cli/export/exported-segment";
import { NODE_FORMATS, type Format, type ProgramOptions } from "../../../../cli/export/program";
import { definition } from "../../definition/arbitrary";
import { GRAMMAR_ROWS } from "../../definition/grammar-rows";
import { MOBILE, PAGE_EXISTS, REVENUE } from "../../definition/samples";
import { HOSTILE_NAMES } from "./hostile-names";
import { filesOf, idOf, inFolder, mistakesIn, registeredBy, runIn } from "./programs";

const hostileName = (i: number): string => HOSTILE_NAMES[i % HOSTILE_NAMES.length] ?? "";

const segmentsOf = (definitions: readonly unknown[]): ExportedSegment[] =>
  definitions.map((json, i) => ({
    id: idOf(i),
    name: hostileName(i),
    ...(i % 3 > 0 && { description: i % 3 === 1 ? "" : hostileName(i + 7) }),
    dataViewId: "dv_dev",
    definition: json,
  }));

/** Every definition that the tests have. */
const CORPUS = [
  MOBILE,
  REVENUE,
  PAGE_EXISTS,
  ...GRAMMAR_ROWS.map(({ right }) => right),
  ...fc.sample(definition, { numRuns: samples(80), seed: 11 }),
];

/** What has mistakes is exported, too, though no program takes it. */
const MISTAKEN = GRAMMAR_ROWS.map(({ wrong }) => JSON.parse(JSON.stringify(wrong)) as unknown);

const STYLES = NODE_FORMATS.flatMap((format): [Format, boolean][] =>
  format === "json"
    ? [[format, false]]
    : [
        [format, false],
        [format, true],
      ],
);

/** Runs a program and compares what it asks for with what it was made of. */
async function expectSame(segments: readonly ExportedSegment[], options: Partial<ProgramOptions>): Promise<void> {
  await inFolder(filesOf(segments, options), async (folder) => {
    const byId = new Map((await registeredBy(folder)).map(({ inputs }) => [inputs["adoptId"], inputs]));
    expect(byId.size).toBe(segments.length);
    for (const { id, name, description, dataViewId, definition: json } of segments) {
      const { definition: built, __provider, __resource, ...others } = byId.get(id) ?? {};
      expect(others).toEqual({ name, dataViewId, adoptId: id, ...(description && { description }) });
      expect(equal(built, json)).toBe(true);
    }
  });
}

test("all definitions of the tests compile under strict, in every format", async () => {
  const all = segmentsOf([...CORPUS, ...MISTAKEN]);
  const folders = STYLES.map(([format, singleFile]) => `${format}-${singleFile}`);
  const files = STYLES.flatMap(([format, singleFile], i) =>
    filesOf(all, { format, singleFile }).map((file) => ({ ...file, path: `${folders[i]}/${file.path}` })),
  );
  await inFolder(files, (folder) => expect(mistakesIn(folder, folders)).toEqual([]));
});

test.each(STYLES)("%s, one file %s: what is built means the same", (format, singleFile) => {
  // Running a program takes most of the time; one runs all, the others some.
  const isFirst = format === "typescript" && !singleFile;
  return expectSame(segmentsOf(CORPUS.filter((_, i) => isFirst || i % 5 === 0)), { format, singleFile });
});

test.each(NODE_FORMATS)("%s: any definitions under any names mean the same", async (format) => {
  const some = fc.uniqueArray(
    fc.record({
      id: fc.nat(0xffff).map(idOf),
      name: fc.string({ unit: "grapheme", minLength: 1 }),
      json: definition,
    }),
    { selector: ({ id }) => id, minLength: 1, maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(some, async (all) => {
      const segments = all.map(({ id, name, json }) => ({
        id,
        name: `.${name}`,
        dataViewId: "dv",
        definition: json,
      }));
      await expectSame(segments, { format });
    }),
    { numRuns: samples(8) },
  );
});

test.each(STYLES)("%s, one file %s: the same segments in another order give the same bytes", (format, singleFile) => {
  const segments = segmentsOf(CORPUS.slice(0, 70));
  const again = [...segments].reverse().map((segment) => ({ ...segment, definition: turned(segment.definition) }));
  expect(filesOf(again, { format, singleFile })).toEqual(filesOf(segments, { format, singleFile }));
});

test.each(NODE_FORMATS)("%s: a segment more changes no file but the list of files", (format) => {
  const segments = segmentsOf(CORPUS.slice(0, 70));
  for (const name of HOSTILE_NAMES.filter((_, i) => i % 7 === 0)) {
    const added = { id: idOf(500), name, dataViewId: "dv_dev", definition: MOBILE };
    const before = filesOf(segments, { format });
    const after = new Map(filesOf([added, ...segments], { format }).map((file) => [file.path, file.content]));
    for (const { path, content, role } of before) if (role !== "index") expect(after.get(path)).toBe(content);
    expect(after.size).toBe(before.length + 1);
  }
});

test.each(NODE_FORMATS)("%s: nothing in a file is invisible, and no file is outside of the folder", (format) => {
  for (const { path, content } of filesOf(segmentsOf(HOSTILE_NAMES.map(() => MOBILE)), { format })) {
    expect(path).toMatch(/^(segments\/[a-z0-9-]{1,80}\.(ts|json)|[a-z]+\.(ts|json)|Pulumi\.yaml)$/);
    // A joiner inside an emoji shows something.
    expect(content.replaceAll("👩‍👩‍👧", "")).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/u);
  }
});

test.each(STYLES)("%s, one file %s: the IDs of all segments are the program's output", (format, singleFile) =>
  inFolder(filesOf(segmentsOf([MOBILE, REVENUE, PAGE_EXISTS]), { format, singleFile }), async (folder) => {
    const { registered, outputs } = await runIn(folder);
    expect(outputs).toEqual({ segments: Object.fromEntries(registered.map(({ name }) => [name, `${name}-id`])) });
    expect(registered).toHaveLength(3);
  }),
);

test("a program is what a person would write", () => {
  const segment = { id: idOf(1), name: "Mobile visitors", description: "On a phone", dataViewId: "dv_dev" };
  const files = filesOf([{ ...segment, definition: PAGE_EXISTS }]);
  expect(files.find(({ path }) => path === "segments/mobile-visitors-000001.ts")?.content)
    .toBe(`import * as cja from "pulumi-cja";
import { dimension, hits, segment } from "pulumi-cja";

export const mobileVisitors000001 = new cja.Segment(
  "mobile-visitors-000001",
  {
    name: "Mobile visitors",
    description: "On a phone",
    dataViewId: "dv_dev",
    definition: segment(hits(dimension("page").exists({ description: "Page" }))),
    adoptId: "${idOf(1)}",
  },
  { protect: true },
);
`);
  expect(files.find(({ path }) => path === "index.ts")?.content)
    .toBe(`import { mobileVisitors000001 } from "./segments/mobile-visitors-000001";

/** The IDs of the segments: \`pulumi stack output segments\`. */
export const segments = {
  "mobile-visitors-000001": mobileVisitors000001.id,
};
`);
});

test("what the language does not know is written as JSON", () => {
  const odd = { func: "segment", version: [1, 0, 0], container: { func: "container", context: "nowhere" } };
  const [file] = filesOf([{ id: idOf(1), name: "Odd", dataViewId: "dv", definition: odd }]).filter(
    ({ role }) => role === "resource",
  );
  expect(file?.content).toContain('definition: { container: { context: "nowhere", func: "container" }');
});

/** The same JSON with keys in another order. */
function turned(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(turned);
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json)
      .reverse()
      .map(([key, value]) => [key, turned(value)]),
  );
}
