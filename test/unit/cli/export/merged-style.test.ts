import { fc, samples } from "../../../properties";
import { equal } from "../../../../definition";
import type { ExistingFile, TypeScript } from "../../../../cli/export/source-module";
import { ExistingProgram } from "../../../../cli/export/existing-program";
import type { ExportedSegment } from "../../../../cli/export/exported-segment";
import { NODE_FORMATS } from "../../../../cli/export/program";
import { writePlan, type WritePlan } from "../../../../cli/export/write-plan";
import { definition } from "../../definition/arbitrary";
import { HOSTILE_NAMES } from "./hostile-names";
import { MOBILE } from "../../definition/samples";
import { filesOf, idOf, inFolder, programOf, registeredBy } from "./programs";
import { commented, comments, formatted, prettierOptions } from "./restyled";
import { NOT_UNDERSTOOD, ONE, UNDERSTOOD } from "./spellings";

const segments = fc.uniqueArray(
  fc.record({
    id: fc.nat(0xffff).map(idOf),
    name: fc.constantFrom(...HOSTILE_NAMES.filter((name) => name.trim() !== "")),
    description: fc.constantFrom("", "On a phone", 'He said "adoptId: "'),
    dataViewId: fc.constant("dv_dev"),
    definition,
    tags: fc.constantFrom([], ["web", "it's"]),
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 3 },
);

const typescriptFormats = fc.constantFrom(...NODE_FORMATS.filter((format) => format !== "json"));

test("however a program is formatted and commented, a merge leaves every byte as it is", async () => {
  await fc.assert(
    fc.asyncProperty(typescriptFormats, segments, prettierOptions, comments, async (format, all, options, notes) => {
      const wanted = filesOf(all, { format });
      const there = await Promise.all(
        wanted.map(async (file) => {
          if (!file.path.endsWith(".ts")) return file;
          return { ...file, content: await formatted(commented(file.content, notes), options) };
        }),
      );
      const program = programOf(there);
      expect([...program.known.keys()].sort()).toEqual(all.map(({ id }) => id).sort());
      const { steps, programOwned, conflicts } = writePlan(wanted, program, "merge", new Set(all.map(({ id }) => id)));
      expect([programOwned, conflicts, program.findUnclearPlaces(all)]).toEqual([[], [], []]);
      for (const { path, content, action } of steps) {
        expect([path, action]).toEqual([path, "unchanged"]);
        expect(content).toBe(program.content(path));
      }
    }),
    { numRuns: samples(1000) },
  );
});

test("whatever changed at Adobe is taken over, however the program is formatted and commented", async () => {
  const twice = fc.tuple(
    segments,
    fc.infiniteStream(fc.record({ json: definition, description: fc.constantFrom("", "New") })),
  );
  await fc.assert(
    fc.asyncProperty(twice, prettierOptions, comments, async ([all, changes], options, notes) => {
      const before = await Promise.all(
        filesOf(all).map(async (file) => {
          if (!file.path.endsWith(".ts")) return file;
          return { ...file, content: await formatted(commented(file.content, notes), options) };
        }),
      );
      const next = all.map((one): ExportedSegment => {
        const { json, description } = changes.next().value as { json: object; description: string };
        return { ...one, name: `${one.name} 2`, definition: json, description, tags: ["new"] };
      });
      const ids = new Set(all.map(({ id }) => id));
      const wanted = filesOf(next).map((file, i) => ({ ...file, path: before[i]?.path ?? file.path }));
      const plan = writePlan(wanted, programOf(before), "merge", ids);
      expect([plan.programOwned, plan.conflicts]).toEqual([[], []]);
      const after = apply(before, plan);
      expect(
        writePlan(wanted, programOf(after), "merge", ids).steps.filter(({ action }) => action === "change"),
      ).toEqual([]);
      const registered = await inFolder(after, (folder) => registeredBy(folder));
      for (const { id, name, description = "", definition: json } of next) {
        const found = registered.find(({ inputs }) => inputs["adoptId"] === id)?.inputs ?? {};
        expect([found["name"], found["description"] ?? "", found["tags"]]).toEqual([name, description, ["new"]]);
        expect(equal(found["definition"], json)).toBe(true);
      }
    }),
    { numRuns: samples(200) },
  );
});

const listed = new Set([ONE.id, idOf(2)]);
const merge = (files: readonly ExistingFile[], segment: ExportedSegment = ONE) => {
  const program = programOf(files);
  return { program, plan: writePlan(filesOf([segment]), program, "merge", listed) };
};
const apply = (files: readonly ExistingFile[], { steps }: WritePlan): ExistingFile[] => [
  ...files.filter(({ path }) => !steps.some((step) => step.path === path)),
  ...steps,
];

describe.each(Object.entries(UNDERSTOOD))("a segment that is written with %s", (_, [files, stays]) => {
  test("is not written a second time, and stays as it stands", () => {
    const { program, plan } = merge(files);
    expect([plan.programOwned, plan.conflicts, plan.leftFiles, program.findUnclearPlaces([ONE])]).toEqual([
      [],
      [],
      [],
      [],
    ]);
    expect(
      apply(files, plan)
        .filter(({ path }) => /^(index|segments)/.test(path))
        .sort(byPath),
    ).toMatchObject([...files].sort(byPath));
    expect([...program.names()].find(([id]) => id === ONE.id)).toMatchObject([ONE.id, { resource: "phones" }]);
  });

  test("is brought up to date where it stands, and everything around it stays", async () => {
    const next = {
      ...ONE,
      name: "Phones",
      description: "In the hand",
      definition: { ...ONE.definition, container: MOBILE.container },
      tags: ["app", "it's"],
    };
    const { plan } = merge(files, next);
    expect([plan.programOwned, plan.conflicts]).toEqual([[], []]);
    const after = apply(files, plan);
    expect(after.some(({ content }) => content.includes(stays))).toBe(true);
    const registered = await inFolder(after, (folder) => registeredBy(folder));
    const found = registered.find(({ name }) => name === "phones")?.inputs ?? {};
    expect(found).toMatchObject({ adoptId: ONE.id, name: next.name, description: next.description, tags: next.tags });
    expect(equal(found["definition"], next.definition)).toBe(true);
    expect(registered.filter(({ inputs }) => inputs["adoptId"] === ONE.id)).toHaveLength(1);
    expect(merge(after, next).plan.steps.filter(({ action }) => action === "change")).toEqual([]);
  });
});

/** TypeScript as Pulumi has it where a project has none. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const OLDEST = require("@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js") as TypeScript;

test.each(Object.entries(UNDERSTOOD))("%s: TypeScript 3.8 is enough", (_, [files]) => {
  const program = new ExistingProgram(files, () => OLDEST);
  expect(program.known.get(ONE.id)).toMatchObject({ resource: "phones" });
  expect(writePlan(filesOf([ONE]), program, "merge", listed).steps).not.toContainEqual(
    expect.objectContaining({ action: "change" }),
  );
});

test.each(Object.entries(NOT_UNDERSTOOD))("%s: the place is told, with the way out", (_, [files, place]) => {
  const told = programOf(files)
    .findUnclearPlaces([ONE])
    .map(({ path, line, reason }) => `${path}:${line} ${reason}`);
  expect(told).toContainEqual(expect.stringContaining(place));
  expect(told.join("\n")).toMatch(/write the segment as|--stack NAME/);
});

test.each([
  `cja.Segment.get("phones", "${ONE.id}");`,
  `const { getSegmentOutput } = cja;\nexport const { name } = getSegmentOutput("${ONE.id}");`,
  `// Not like ${ONE.id}: ours.`,
])("what only reads a segment, or tells of it, does not keep it out: %s", (code) => {
  const content = `import * as cja from "pulumi-cja";\n${code}\n`;
  const { program, plan } = merge([{ path: "index.ts", content }]);
  expect([program.findUnclearPlaces([ONE]), plan.conflicts]).toEqual([[], []]);
  expect(plan.steps.map(({ path }) => path)).toContain("segments/mobile-000001.ts");
});

test("constants that are made of each other are no text, and end", () => {
  const content = `import * as cja from "pulumi-cja";
const a = b + b, b = { a }, c = [b];
new cja.Segment("phones", { name: a, tags: c, ...b, adoptId: "${ONE.id}" });
`;
  expect(merge([{ path: "index.ts", content }]).plan.programOwned).toEqual(["index.ts, line 3: name, tags"]);
});

test("of two places that say an argument, none is changed in vain", () => {
  const content = `import * as cja from "pulumi-cja";
const common = { name: "Common", dataViewId: "dv_dev", definition: {} };
new cja.Segment("phones", { name: "Mobile", ...common, adoptId: "${ONE.id}" });
`;
  const { plan } = merge([{ path: "index.ts", content }]);
  expect(plan.programOwned).toEqual(["index.ts, line 3: name"]);
});

const byPath = (a: ExistingFile, b: ExistingFile): number => (a.path < b.path ? -1 : 1);
