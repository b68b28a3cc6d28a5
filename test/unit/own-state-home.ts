import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Gives each test of a file a state folder of its own: what a command remembers of a service is of no other test, whose emulator had the
 * same port. Call it at the top of the file.
 *
 * @returns tells the folder within a test
 */
export function ownStateHome(): () => string {
  const before = process.env["XDG_STATE_HOME"];
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-cja-state-"));
    process.env["XDG_STATE_HOME"] = folder;
  });
  afterEach(() => {
    if (before === undefined) delete process.env["XDG_STATE_HOME"];
    else process.env["XDG_STATE_HOME"] = before;
    rmSync(folder, { recursive: true });
  });
  return () => folder;
}
