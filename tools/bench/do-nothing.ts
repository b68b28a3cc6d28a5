import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The text that stands for the code of such a resource. */
export const doNothingText = (file: string): string => `exports.handler = () => require(${JSON.stringify(file)})`;

/** A provider that sends nothing and answers as much as ours. */
const CODE = `
let last = 0;
const said = {
  orgId: "EMULATOR@AdobeOrg",
  dataViewName: "Development",
  owner: { id: "700001", name: "Emulator Technical Account", login: "emulator@techacct.adobe.com" },
  compatibility: { valid: true, message: "Segment is valid for all products", supportedProducts: ["oberon", "frag"] },
  created: "2026-01-01T00:00:00.000Z",
  modified: "2026-01-01T00:00:00.000Z",
  definitionDigest: "0123456789abcdef",
};
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const inputsOf = ({ name, description, dataViewId, definition }) => ({ name, description, dataViewId, definition });
module.exports = {
  check: async (olds, inputs) => ({ inputs }),
  diff: async (id, olds, news) => (same(inputsOf(olds), inputsOf(news)) ? { changes: false } : {}),
  create: async (inputs) => ({ id: "nothing-" + ++last, outs: { ...inputs, ...said } }),
  read: async (id, props) => ({ id, props, inputs: inputsOf(props) }),
  update: async (id, olds, news) => ({ outs: { ...news, ...said } }),
  delete: async () => undefined,
};
`;

/** Writes it to a file while `work` goes on. */
export async function withDoNothing<T>(work: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-bench-"));
  const file = join(folder, "nothing.js");
  writeFileSync(file, CODE);
  try {
    return await work(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
