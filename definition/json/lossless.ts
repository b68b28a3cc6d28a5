/**
 * Loaded when the first number needs it: most texts have none, and each provider process would pay for the module. In a file of its own, as
 * the declarations that programs see may need no library.
 */
export function lossless() {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require("lossless-json") as typeof import("lossless-json");
}
