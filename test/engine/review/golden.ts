import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a reader is to see. With `UPDATE_GOLDEN=1` the files are written anew: read their difference before it is committed. */
export function expectFile(file: string, text: string): void {
  if (process.env["UPDATE_GOLDEN"]) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(existsSync(file) ? readFileSync(file, "utf8") : "");
}

export const expectGolden = (name: string, text: string): void => expectFile(join(__dirname, "golden", name), text);

/** IDs that the service made up, in the order in which they come: the rest is the same each time. */
export function withoutIds(text: string): string {
  const seen = new Map<string, string>();
  return text.replace(/sEMULATOR@AdobeOrg_[0-9a-f]{24}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, (id) => {
    const known = seen.get(id) ?? `ID${seen.size + 1}`;
    seen.set(id, known);
    return known;
  });
}
