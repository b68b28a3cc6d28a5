import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareCommand } from "../../../cli/compare";
import { UNLIMITED } from "../../engine/programs";
import { startEmulator, type Emulator } from "../../../emulator";
import { pageIs } from "../review/plan";

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator({ limits: false });
  folder = mkdtempSync(join(tmpdir(), "pulumi-cja-compare-"));
  for (const dataViewId of ["dv_dev", "dv_prod"])
    emulator.control.addSegment({ name: "Home", dataViewId, definition: pageIs("Home") });
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

async function compared(...args: string[]) {
  const told = { out: "", status: 0 };
  const command = compareCommand({
    write: (text) => (told.out += text),
    say: () => undefined,
    environment: { ...emulator.environment, ...UNLIMITED },
    exit: (status) => (told.status = status),
  });
  await command.exitOverride().parseAsync(args, { from: "user" });
  return told;
}

test("two data views are compared by their segments' names", async () => {
  expect(await compared("dataview:dv_dev", "dataview:dv_prod")).toEqual({
    status: 0,
    out: "dataview:dv_dev and dataview:dv_prod: 1 the same\n",
  });
  const { id } = emulator.control.addSegment({ name: "More", dataViewId: "dv_dev", definition: pageIs("More") });
  const { out, status } = await compared("dataview:dv_dev", "dataview:dv_prod", "--format", "json");
  expect([JSON.parse(out), status]).toEqual([
    expect.objectContaining({ same: 1, onlyInA: [expect.objectContaining({ id })] }),
    2,
  ]);
});

test("a data view that is not there is an error, and one without segments is none", async () => {
  await expect(compared("dataview:dv_nope", "dataview:dv_dev")).rejects.toThrow('there is no data view "dv_nope"');
  expect((await compared("dataview:dv_stage", "dataview:dv_stage")).status).toBe(0);
});

test("mistakes of the file with the names, and of the sides, are told", async () => {
  const file = join(folder, "environments.yaml");
  writeFileSync(file, "dev:\n  extends: nobody\n");
  await expect(compared("dataview:dv_dev", "dataview:dv_prod", "--environments", file)).rejects.toThrow(
    /environments\.yaml:2:12: there is no environment "nobody"/,
  );
  await expect(compared("dv_dev", "dataview:dv_prod")).rejects.toThrow(
    'found "dv_dev", expected stack:NAME or dataview:ID',
  );
});
