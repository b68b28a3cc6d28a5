import type { TypeScript } from "./source-module";

/** A project's own, else the one that Pulumi runs its program with: it has one of its own where there is no other. */
const MODULE_NAMES = ["typescript", "@pulumi/pulumi/typescript-shim"];

/**
 * TypeScript's parser. It is loaded only for a folder that has a program already.
 *
 * @throws Error where there is none that can be asked from JavaScript
 */
export function loadTypeScript(load: (place: string) => unknown = require): TypeScript {
  for (const place of MODULE_NAMES) {
    const found = tryLoad(place, load);
    if (typeof found?.createSourceFile === "function") return found as TypeScript;
  }
  throw new Error(
    "to read the program in the folder, the export needs TypeScript 3.8 to 6: npm install --save-dev typescript@5.9",
  );
}

function tryLoad(place: string, load: (place: string) => unknown): Partial<TypeScript> | undefined {
  try {
    return load(place) as Partial<TypeScript>;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
