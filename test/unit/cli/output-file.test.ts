import {
  chmodSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { targetOfTemporaryFile, writeOutputFile } from "../../../cli/output-file";

/** Only root can give files away. */
const asRoot = process.getuid?.() === 0 ? test : test.skip;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-cja-file-"));
  file = join(folder, "page.html");
});
afterEach(() => rmSync(folder, { recursive: true }));
const text = (name = "page.html") => readFileSync(join(folder, name), "utf8");

test.each([0o600, 0o644, 0o664, 0o666, 0o400])("a file that is there keeps its rights (%#)", (mode) => {
  writeFileSync(file, "old");
  chmodSync(file, mode);
  writeOutputFile(file, "new");
  expect([text(), statSync(file).mode & 0o777]).toEqual(["new", mode]);
});

test("nothing that lies beside it is written to or removed", () => {
  const beside = `page.html.${process.pid}.tmp`;
  writeFileSync(join(folder, "target"), "somebody's");
  symlinkSync("target", join(folder, beside));
  writeOutputFile(file, "new");
  expect([text(), text("target")]).toEqual(["new", "somebody's"]);
  expect(readdirSync(folder).sort()).toEqual(["page.html", beside, "target"]);
});

test("what cannot be put in its place leaves nothing behind, and the file is named", () => {
  mkdirSync(join(folder, "none"));
  chmodSync(join(folder, "none"), 0o700);
  expect(() => writeOutputFile(join(folder, "none/there/page.html"), "new")).toThrow(
    `ENOENT: no such file or directory, write '${join(folder, "none/there/page.html")}'`,
  );
  expect(readdirSync(join(folder, "none"))).toEqual([]);
});

describe("a link", () => {
  function linked(mode: number, uid?: number) {
    mkdirSync(join(folder, "shared"));
    chmodSync(join(folder, "shared"), mode);
    writeFileSync(join(folder, "target"), "old");
    const link = join(folder, "shared/page.html");
    symlinkSync("../target", link);
    if (uid !== undefined) lchownSync(link, uid, uid);
    return link;
  }

  test.each([0o755, 0o777, 0o1777])("of one's own stays one (%#)", (mode) => {
    const link = linked(mode);
    writeOutputFile(link, "new");
    expect([text("target"), lstatSync(link).isSymbolicLink()]).toEqual(["new", true]);
  });

  asRoot("of another user in a folder of everybody's is refused", () => {
    const link = linked(0o1777, 12_345);
    expect(() => writeOutputFile(link, "new")).toThrow(`it is a link that another user made`);
    expect([text("target"), lstatSync(link).isSymbolicLink()]).toEqual(["old", true]);
  });

  asRoot("of another user elsewhere is what the folder's owner wants", () => {
    writeOutputFile(linked(0o755, 12_345), "new");
    expect(text("target")).toBe("new");
  });
});

test.each([
  ["index.ts.0123456789ab.tmp", "index.ts"],
  ["a.tmp.0123456789ab.tmp", "a.tmp"],
  ["index.ts.tmp", undefined],
  ["index.ts.0123456789AB.tmp", undefined],
  [".0123456789ab.tmp", undefined],
  ["index.ts.0123456789ab.tmp.bak", undefined],
])("%j is a draft of %j", (name, of) => {
  expect(targetOfTemporaryFile(name)).toBe(of);
});
