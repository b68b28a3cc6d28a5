/** What `pulumi new typescript` writes: as it is, and as it was for years, where `exports` in package.json is not read for types. */
const template = (module: string, moduleResolution: string) => ({
  compilerOptions: {
    strict: true,
    outDir: "bin",
    target: "es2020",
    module,
    moduleResolution,
    sourceMap: true,
    experimentalDecorators: true,
    pretty: true,
    noFallthroughCasesInSwitch: true,
    noImplicitReturns: true,
    forceConsistentCasingInFileNames: true,
  },
  files: ["index.ts"],
});

export const TSCONFIGS = { today: template("nodenext", "nodenext"), older: template("commonjs", "node") } as const;
