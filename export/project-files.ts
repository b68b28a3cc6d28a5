import { stringify } from "yaml";
import { slug } from "./slug";

/** What the exported program needs around its sources. */
export interface Project {
  readonly name: string;
  readonly dataViewId: string;
  /** Of this package. */
  readonly version: string;
}

/** The name of a project where none is given: the ID of the data view, cleaned. */
export const projectName = (dataViewId: string): string => slug(dataViewId) || "segments";

/** What Pulumi and npm both take. */
export const PROJECT_NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;

export const pulumiYaml = ({ name, dataViewId }: Project): string =>
  stringify(
    { name, description: `Segments of the data view ${dataViewId}`, runtime: "nodejs" },
    { lineWidth: 0, version: "1.1" },
  );

export const packageJson = ({ name, version }: Project): string =>
  asJson({
    name,
    private: true,
    main: "index.ts",
    dependencies: { "@pulumi/pulumi": "^3.248.0", "pulumi-cja": `^${version}` },
    devDependencies: { "@types/node": "^20.19.43", typescript: "~5.9" },
  });

export const tsconfigJson = (): string =>
  asJson({
    compilerOptions: {
      target: "ES2022",
      module: "Node16",
      moduleResolution: "Node16",
      strict: true,
      skipLibCheck: true,
      noEmit: true,
    },
    files: ["index.ts"],
  });

const asJson = (content: object): string => `${JSON.stringify(content, null, 2)}\n`;
