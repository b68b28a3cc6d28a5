import { missingParts, packageJson, pulumiYaml } from "../../../../cli/export/project-files";
import { project } from "./programs";

const own = { "package.json": packageJson(project), "Pulumi.yaml": pulumiYaml(project) };

test.each<[keyof typeof own, string, string | undefined]>([
  ["package.json", own["package.json"], undefined],
  [
    "package.json",
    '{ "dependencies": { "pulumi-cja": "1" }, "devDependencies": { "@pulumi/pulumi": "3" } }',
    undefined,
  ],
  ["package.json", '{ "dependencies": { "pulumi-cja": "1" } }', '"@pulumi/pulumi": "^3.248.0"'],
  ["package.json", "{}", '"@pulumi/pulumi": "^3.248.0", "pulumi-cja": "^0.1.0"'],
  ["package.json", "{", '"pulumi-cja": "^0.1.0"'],
  ["Pulumi.yaml", own["Pulumi.yaml"], undefined],
  ["Pulumi.yaml", "name: a\nruntime: { name: nodejs, options: { typescript: true } }\n", undefined],
  ["Pulumi.yaml", "name: a\nruntime: python\n", "runtime: nodejs"],
  ["Pulumi.yaml", "name: a\n", "runtime: nodejs"],
])("%s %j", (path, content, added) => {
  const found = missingParts({ path, content }, own[path]);
  if (added === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(added);
});

test("of other files nothing is asked", () => {
  expect(missingParts({ path: "tsconfig.json", content: "" }, "{}")).toBeUndefined();
});

test("a program that needs the plugin is told how Pulumi.yaml names it", () => {
  const native = pulumiYaml({ ...project, isNative: true });
  const found = (content: string) => missingParts({ path: "Pulumi.yaml", content }, native);
  expect(found(own["Pulumi.yaml"])).toContain(
    'add plugins: {"providers":[{"name":"cja","path":"node_modules/pulumi-cja/plugin"}]}',
  );
  expect(found(native)).toBeUndefined();
  expect(found("name: a\nruntime: yaml\n")).toContain("set runtime: nodejs; add plugins: ");
});
