import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareCommand } from "../../../../cli/compare/command";
import { UNLIMITED } from "../../../engine/programs";
import { startEmulator, type Emulator } from "../../../../emulator";
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

const compared = (...args: string[]) => comparedIn({}, ...args);

async function comparedIn(environment: NodeJS.ProcessEnv, ...args: string[]) {
  const told = { out: "", status: 0 };
  const command = compareCommand({
    write: (text) => (told.out += text),
    log: () => undefined,
    environment: { ...emulator.environment, ...UNLIMITED, ...environment },
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
    'found "dv_dev", expected stack:NAME, dataview:ID or sandbox:NAME',
  );
});

describe("tags and shares", () => {
  const SEARCH = "/componentmetadata/shares/component/search";
  const searched = () => emulator.control.requests().filter(({ path }) => path === SEARCH).length;
  /** A stack's state, as a `pulumi` that is only a script prints it. */
  const stackWith = (outputs: object): NodeJS.ProcessEnv => {
    const type = "pulumi-nodejs:dynamic/cja:Segment";
    const all = { name: "Home", dataViewId: "dv_meta", definition: pageIs("Home"), ...outputs };
    const resources = [{ urn: `urn:pulumi:prod::web::${type}::home`, type, id: "s1", outputs: all }];
    writeFileSync(join(folder, "state.json"), JSON.stringify({ version: 3, deployment: { resources } }));
    writeFileSync(join(folder, "pulumi"), `#!/bin/sh\ncat ${join(folder, "state.json")}\n`, { mode: 0o755 });
    return { PATH: `${folder}:${process.env["PATH"]}` };
  };

  beforeAll(() => {
    emulator.control.addDataView({ id: "dv_meta", name: "Meta" });
    emulator.control.addSegment({
      name: "Home",
      dataViewId: "dv_meta",
      definition: pageIs("Home"),
      tags: ["web", "new"],
      shares: [{ type: "group", to: 5 }],
    });
    emulator.control.addDataView({ id: "dv_other", name: "Other" });
    emulator.control.addSegment({
      name: "Home",
      dataViewId: "dv_other",
      definition: pageIs("Home"),
      tags: ["web"],
      shares: [{ type: "all" }],
    });
  });
  beforeEach(() => emulator.control.clearRequests());

  test("of two data views", async () => {
    const { out, status } = await compared("dataview:dv_meta", "dataview:dv_other");
    expect(out).toContain('  tags: − "new"\n  shares: + "all users of the organisation", − "group 5"\n');
    expect([status, searched()]).toEqual([2, 2]);
    const without = await compared("dataview:dv_meta", "dataview:dv_other", "--no-tags", "--no-shares");
    expect([without.status, searched()]).toEqual([0, 2]);
  });

  test("under logical names", async () => {
    const file = join(folder, "groups.yaml");
    writeFileSync(
      file,
      'a: { dataViews: { web: dv_meta }, groups: { team: "5" } }\nb: { dataViews: { web: dv_other }, groups: { team: "6" } }\n',
    );
    const { id } = emulator.control.segments().find(({ dataViewId }) => dataViewId === "dv_other") ?? { id: "" };
    emulator.control.editSegment(id, { shares: [{ type: "group", to: 6 }] });
    const { out } = await compared("dataview:dv_meta", "dataview:dv_other", "--environments", file);
    expect(out.match(/^ {2}(?:tags|shares).*/gm)).toEqual(['  tags: − "new"']);
  });

  test("of a stack and a data view: what the stack does not manage is not asked", async () => {
    const bare = await comparedIn(stackWith({}), "stack:prod", "dataview:dv_meta");
    expect([bare.out, searched()]).toEqual(["stack:prod and dataview:dv_meta: 1 the same\n", 0]);
    const managed = stackWith({
      tags: ["web"],
      shares: [
        { to: "group", id: "5" },
        { to: "user", id: "x@y" },
      ],
    });
    const { out } = await comparedIn(managed, "dataview:dv_meta", "stack:prod", "--format", "markdown");
    expect(out.match(/^- (?:tags|shares).*/gm)).toEqual(["- tags: − `new`", "- shares: + `user x@y`"]);
    const { out: json } = await comparedIn(managed, "stack:prod", "dataview:dv_meta", "--format", "json");
    expect(JSON.parse(json)).toMatchObject({
      different: [{ fields: [{ field: "tags" }, { field: "shares", list: { entries: [{ text: "user x@y" }] } }] }],
    });
  });
});
