import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { packageJson, PROJECT_NAME, projectName, pulumiYaml } from "../../../../cli/export/project-files";
import { HOSTILE_NAMES } from "./hostile-names";
import { project as exported } from "./programs";

test("a project has a name that Pulumi and npm take, whatever the data view's ID", () => {
  for (const dataViewId of ["dv_66f1c0", "", "true", ...HOSTILE_NAMES]) {
    const project = {
      ...exported,
      name: projectName(dataViewId),
      description: `Segments of the data view ${dataViewId}`,
    };
    expect(project.name).toMatch(PROJECT_NAME);
    expect(parse(pulumiYaml(project), { version: "1.1" })).toEqual({
      name: project.name,
      description: `Segments of the data view ${dataViewId}`,
      runtime: "nodejs",
    });
  }
  expect(projectName("dv_66f1c0")).toBe("dv-66f1c0");
});

test("what the program depends on is what this package is built with", () => {
  const own = JSON.parse(readFileSync("package.json", "utf8")) as Record<string, Record<string, string>>;
  const written = JSON.parse(packageJson({ ...exported, dependency: "^1.2.3" })) as typeof own;
  expect(written["dependencies"]).toEqual({
    "@pulumi/pulumi": own["peerDependencies"]?.["@pulumi/pulumi"],
    "pulumi-cja": "^1.2.3",
  });
  for (const [name, range] of Object.entries(written["devDependencies"] ?? {}))
    expect(range).toBe(own["devDependencies"]?.[name]);
});
