/** What `npm run release` asks of the tarball it has packed. Without a release, of one that is packed here. */
import { readFileSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { useOnce } from "./first-use";
import { pack } from "./tarball";

const { version } = JSON.parse(readFileSync(resolve(__dirname, "../../package.json"), "utf8")) as { version: string };
let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "pulumi-cja-candidate-")));
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

it("installed by npm, the tarball creates a segment and destroys it, and says its version", async () => {
  const tarball = process.env["PULUMI_CJA_TEST_TARBALL"] ?? (await pack(folder));
  expect(await useOnce(join(folder, "shop"), tarball)).toBe(version);
});
