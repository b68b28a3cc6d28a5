import { parse } from "yaml";
import { YAML_PROGRAM } from "../../../../cli/export/yaml-program";
import type { ProgramOptions } from "../../../../cli/export/program";
import { writePlan } from "../../../../cli/export/write-plan";
import { equal } from "../../../../definition";
import { MOBILE, PAGE_EXISTS, REVENUE } from "../../definition/samples";
import { HOSTILE_NAMES } from "./hostile-names";
import { filesOf, idOf, inFolder, mistakesIn, programOf, project, registeredBy } from "./programs";

const [first, second] = [
  { id: idOf(1), name: "Mobile", description: "A ${phone}", dataViewId: "dv_dev", definition: MOBILE },
  { id: idOf(2), name: "Revenue", dataViewId: "dv_dev", definition: REVENUE, tags: ["web"], shares: [{ to: "all" }] },
] as const;
const all = [first, second];

const asYaml: Partial<ProgramOptions> = {
  format: "yaml",
  project: { ...project, runtime: "yaml", isNative: true },
};
const contentOf = (path: string, options: Partial<ProgramOptions> = asYaml, segments: typeof all | [] = all) =>
  filesOf(segments, options).find((file) => file.path === path)?.content ?? "";

test("a program in YAML is three files, and the engine finds the plugin where npm puts it", () => {
  expect(filesOf(all, asYaml).map(({ path }) => path)).toEqual(["Pulumi.yaml", "package.json", YAML_PROGRAM]);
  expect(parse(contentOf("Pulumi.yaml"))).toMatchObject({
    runtime: "yaml",
    plugins: { providers: [{ name: "cja", path: "node_modules/pulumi-cja/plugin" }] },
  });
  expect(JSON.parse(contentOf("package.json"))).toEqual({
    name: "exported",
    private: true,
    dependencies: { "pulumi-cja": "^0.1.0" },
  });
});

test("each segment is a resource that takes over what is there", () => {
  const { resources, outputs } = parse(contentOf(YAML_PROGRAM)) as Record<string, object>;
  expect(resources).toEqual({
    "mobile-000001": {
      type: "cja:Segment",
      properties: {
        name: "Mobile",
        description: "A $${phone}",
        dataViewId: "dv_dev",
        adoptId: idOf(1),
        definition: MOBILE,
      },
      options: { protect: true },
    },
    "revenue-000002": {
      type: "cja:Segment",
      properties: {
        name: "Revenue",
        dataViewId: "dv_dev",
        adoptId: idOf(2),
        tags: ["web"],
        shares: [{ to: "all" }],
        definition: REVENUE,
      },
      options: { protect: true },
    },
  });
  expect(outputs).toEqual({
    segments: { "mobile-000001": "${mobile-000001.id}", "revenue-000002": "${revenue-000002.id}" },
  });
});

test("with --import, the option says which one it is", () => {
  const { resources } = parse(contentOf(YAML_PROGRAM, { ...asYaml, isImporting: true })) as {
    resources: Record<string, { properties: object; options: object }>;
  };
  expect(resources["mobile-000001"]?.properties).not.toHaveProperty("adoptId");
  expect(resources["mobile-000001"]?.options).toEqual({ import: idOf(1), protect: true });
});

test("nothing in it is invisible, and any name is a text", () => {
  const hostile = HOSTILE_NAMES.map((name, i) => ({ ...first, id: idOf(i), name: name || "x" }));
  const content = filesOf(hostile, asYaml).at(-1)?.content ?? "";
  expect(content.replaceAll("👩‍👩‍👧", "")).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/u);
  const { resources } = parse(content) as { resources: Record<string, { properties: { name: string } }> };
  expect(
    Object.values(resources)
      .map(({ properties }) => properties.name.replaceAll("$$", "$"))
      .sort(),
  ).toEqual(hostile.map(({ name }) => name).sort());
});

test.each([false, true])(
  "with --import %s, it is read again: names stay, and what would leave is told",
  (isImporting) => {
    const options = { ...asYaml, isImporting };
    const existing = programOf(filesOf(all, options));
    expect(existing.names().get(idOf(1))).toMatchObject({ resource: "mobile-000001" });
    expect(existing.segments.map(({ path, line, adoptId }) => [path, line > 1, adoptId])).toEqual([
      [YAML_PROGRAM, true, idOf(1)],
      [YAML_PROGRAM, true, idOf(2)],
    ]);
    const plan = writePlan(filesOf([second], options), existing, "force", new Set([idOf(2)]));
    expect(plan.removedSegments).toEqual([`${YAML_PROGRAM} (${idOf(1)})`]);
    expect(writePlan(filesOf(all, options), existing, "force", new Set()).removedSegments).toEqual([]);
  },
);

test("a program in TypeScript does not take the place of one in YAML unseen", () => {
  const inOneFile = { path: "Pulumi.yaml", content: `name: a\nruntime: yaml\n${contentOf(YAML_PROGRAM)}` };
  const plan = writePlan(filesOf([second]), programOf([inOneFile]), "force", new Set());
  expect(plan.removedSegments).toEqual([`Pulumi.yaml (${idOf(1)})`]);
});

const native: Partial<ProgramOptions> = { isImporting: true, project: { ...project, isNative: true } };

test.each(["typescript", "typescript-json", "json"] as const)(
  "%s with --import: native resources that are imported, and read again",
  async (format) => {
    const options = { ...native, format };
    const files = filesOf([first, { ...second, definition: PAGE_EXISTS }], options);
    await inFolder(files, async (folder) => {
      expect(mistakesIn(folder)).toEqual([]);
      const registered = await registeredBy(folder);
      expect(registered.map(({ name, importId, inputs }) => [name, importId, inputs["adoptId"]])).toEqual([
        ["mobile-000001", idOf(1), undefined],
        ["revenue-000002", idOf(2), undefined],
      ]);
      expect(equal(registered[0]?.inputs["definition"], MOBILE)).toBe(true);
    });
    const existing = programOf(files);
    expect([...existing.known.keys()].sort()).toEqual([idOf(1), idOf(2)]);
    // An export with adoptId puts none beside the option.
    const merged = writePlan(filesOf([first], { format }), existing, "merge", new Set([idOf(1), idOf(2)]));
    const isJson = format === "json";
    const changed = merged.steps.flatMap(({ path, action }) => (action === "change" ? [path] : []));
    expect([merged.conflicts, isJson ? [] : changed]).toEqual([[], []]);
  },
);
