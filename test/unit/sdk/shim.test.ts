import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { providerName, RESOURCE_KINDS } from "../../../model/resource-kinds";
import * as provider from "../../../provider";
import { findProvider, PROVIDERS } from "../../../sdk/shim";

test("the text that stands in every state file stays as it is, to the letter", () => {
  expect(PROVIDERS.here).toEqual({
    Segment: 'exports.handler = () => require("pulumi-cja/provider").segment',
    SegmentJob: 'exports.handler = () => require("pulumi-cja/provider").segmentJob',
    Audience: 'exports.handler = () => require("pulumi-cja/provider").audience',
  });
});

test("so does the longer text", () => {
  const digests = Object.values(PROVIDERS.elsewhere).map((text) => createHash("sha256").update(text).digest("hex"));
  expect(digests).toEqual([
    "11e47f5335dbd33ea26ee6dfb450d8d26abdb854fcde50aa9d6021a767bd833e",
    "0f886923fdc6dc7ca59746372bf6e701c6f782fd85c6ba726310e1aa65c599b2",
    "5d7ef69eae40d2478e58cb763c20b1e87f7aca3b4c508be9482c472c3e02c566",
  ]);
});

describe("a program that has the package through others", () => {
  let root: string;
  beforeEach(() => (root = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-cja-found-")))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** A text is what a link leads to, anything else a package.json; a module tells its own path. */
  function put(files: Readonly<Record<string, object | string>>): void {
    for (const [path, content] of Object.entries(files)) {
      const file = join(root, path);
      mkdirSync(dirname(file), { recursive: true });
      if (typeof content === "string") symlinkSync(join(root, content), file);
      else if (path.endsWith(".js")) writeFileSync(file, "exports.segment = __filename;");
      else writeFileSync(file, JSON.stringify(content));
    }
  }

  const OURS = {
    "store/ours/package.json": {
      name: "pulumi-cja",
      version: "1.2.3",
      exports: { "./provider": "./provider.js", "./package.json": "./package.json" },
    },
    "store/ours/provider.js": {},
  };

  /** Which text loads something in a process that runs in the folder, and what. One of Node's own: jest finds modules in another way. */
  function found(folder: string): { readonly place?: string; readonly loads?: string } {
    const texts = Object.entries(PROVIDERS).map(([place, { Segment }]) => [place, Segment]);
    const script = `
      const found = ${JSON.stringify(texts)}.flatMap(([place, text]) => {
        const exports = {};
        new Function("exports", "require", "process", text)(exports, require, process);
        try { return [{ place, loads: exports.handler() }]; } catch { return []; }
      });
      console.log(JSON.stringify(found[0] ?? {}));`;
    const stdout = execFileSync(process.execPath, ["--eval", script], { cwd: join(root, folder), encoding: "utf8" });
    const { place, loads } = JSON.parse(stdout) as { place?: string; loads?: string };
    expect(findProvider(join(root, folder))?.place).toBe(place);
    return {
      ...(place !== undefined && { place }),
      ...(loads !== undefined && { loads: loads.slice(root.length + 1) }),
    };
  }

  it("finds it in its own node_modules, or above", () => {
    put({ ...OURS, "shop/node_modules/pulumi-cja": "store/ours", "shop/infra/program/package.json": {} });
    expect(found("shop/infra/program")).toEqual({ place: "here", loads: "store/ours/provider.js" });
  });

  it.each([
    ["a library of the workspace", { "shop/node_modules/lib": "libs/lib" }, { dependencies: { lib: "workspace:*" } }],
    ["one with a scope", { "shop/node_modules/@org/lib": "libs/lib" }, { dependencies: { "@org/lib": "*" } }],
    ["one for development", { "shop/node_modules/lib": "libs/lib" }, { devDependencies: { lib: "*" } }],
    ["an optional one", { "shop/node_modules/lib": "libs/lib" }, { optionalDependencies: { lib: "*" } }],
  ])("finds it through %s, an ES module too", (_, links, named) => {
    put({
      ...OURS,
      ...links,
      "shop/package.json": {
        peerDependencies: { "not-looked-at": "*" },
        dependencies: { "not-installed": "*" },
        ...named,
      },
      "libs/lib/package.json": { type: "module", exports: { import: "./index.js" } },
      "libs/lib/node_modules/pulumi-cja": "store/ours",
    });
    for (const folder of ["shop", "shop/infra"]) {
      mkdirSync(join(root, folder), { recursive: true });
      expect(found(folder)).toEqual({ place: "elsewhere", loads: "store/ours/provider.js" });
    }
  });

  it("finds it beside a library that a link leads to, in a store", () => {
    put({
      ...OURS,
      "shop/package.json": { dependencies: { lib: "*" } },
      "shop/node_modules/lib": "store/lib@1/node_modules/lib",
      "store/lib@1/node_modules/lib/package.json": { dependencies: { "pulumi-cja": "*" } },
      "store/lib@1/node_modules/pulumi-cja": "store/ours",
    });
    expect(found("shop")).toEqual({ place: "elsewhere", loads: "store/ours/provider.js" });
  });

  it("finds it through a library of a library, and is not led round in a circle", () => {
    put({
      ...OURS,
      "shop/package.json": { dependencies: { a: "*" } },
      "shop/node_modules/a": "libs/a",
      "libs/a/package.json": { dependencies: { b: "*", shop: "*" } },
      "libs/a/node_modules/b": "libs/b",
      "libs/a/node_modules/shop": "shop",
      "libs/b/package.json": { dependencies: { a: "*", "pulumi-cja": "*" } },
      "libs/b/node_modules/a": "libs/a",
      "libs/b/node_modules/pulumi-cja": "store/ours",
    });
    expect(found("shop")).toEqual({ place: "elsewhere", loads: "store/ours/provider.js" });
  });

  it("tells the version of what it finds, wherever that is", () => {
    put({
      ...OURS,
      "near/node_modules/pulumi-cja": "store/ours",
      "far/package.json": { dependencies: { lib: "*" } },
      "far/node_modules/lib": "libs/lib",
      "libs/lib/package.json": {},
      "libs/lib/node_modules/pulumi-cja": "store/ours",
    });
    const file = join(root, "store/ours/provider.js");
    expect(findProvider(join(root, "near"))).toEqual({ place: "here", file, version: "1.2.3" });
    expect(findProvider(join(root, "far"))).toEqual({ place: "elsewhere", file, version: "1.2.3" });
  });

  it("says so where it is nowhere, whatever is in the way", () => {
    put({
      "shop/package.json": { dependencies: { a: "*", gone: "*" } },
      "shop/node_modules/a": "libs/a",
      "shop/node_modules/gone": "libs/gone",
      "libs/a/package.json": { dependencies: { shop: "*" } },
      "libs/a/node_modules/shop": "shop",
    });
    writeFileSync(join(root, "libs/a/package.json"), "{ not JSON");
    expect([found("shop"), found("")]).toEqual([{}, {}]);
  });
});

test("the code that each text names is there", () => {
  const exported = Object.keys(provider);
  expect(exported).toEqual(RESOURCE_KINDS.map(providerName));
});
