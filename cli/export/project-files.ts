import { stringify } from "yaml";
import { slug } from "./slug";

/** What the exported program needs around its sources. */
export interface Project {
  readonly name: string;
  readonly dataViewId: string;
  /** Of which `pulumi-cja` it is: a range of versions, `file:…` or a URL. */
  readonly dependency: string;
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

export const packageJson = ({ name, dependency }: Project): string =>
  asJson({
    name,
    private: true,
    main: "index.ts",
    dependencies: { "@pulumi/pulumi": "^3.248.0", "pulumi-cja": dependency },
    devDependencies: { "@types/node": "^20.19.43", typescript: "~5.9" },
  });

/** As `pulumi new typescript` writes it. */
export const tsconfigJson = (): string =>
  asJson({
    compilerOptions: {
      strict: true,
      outDir: "bin",
      target: "es2020",
      module: "nodenext",
      moduleResolution: "nodenext",
      sourceMap: true,
      experimentalDecorators: true,
      pretty: true,
      noFallthroughCasesInSwitch: true,
      noImplicitReturns: true,
      forceConsistentCasingInFileNames: true,
    },
    files: ["index.ts"],
  });

const asJson = (content: object): string => `${JSON.stringify(content, null, 2)}\n`;
