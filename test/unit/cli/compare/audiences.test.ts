import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareCommand } from "../../../../cli/compare/command";
import { unmanagedCommand } from "../../../../cli/unmanaged";
import { startEmulator, type Emulator } from "../../../../emulator";
import { UNLIMITED } from "../../../engine/programs";

const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" };

let emulator: Emulator;
let folder: string;
const stateHome = process.env["XDG_STATE_HOME"];
beforeEach(async () => {
  emulator = await startEmulator({ limits: false });
  folder = mkdtempSync(join(tmpdir(), "pulumi-cja-compare-"));
  process.env["XDG_STATE_HOME"] = folder;
  for (const [sandbox, id] of Object.entries({ dev: "mp-dev", prod: "mp-prod" }))
    emulator.control.setMergePolicies(sandbox, [
      { id, name: "Main", default: true },
      { id: `${id}-2`, name: "Other" },
    ]);
});
afterEach(async () => {
  if (stateHome === undefined) delete process.env["XDG_STATE_HOME"];
  else process.env["XDG_STATE_HOME"] = stateHome;
  await emulator.close();
  rmSync(folder, { recursive: true });
});

const add = (sandbox: string, name: string, more: object = {}) =>
  emulator.control.addAudience({ sandbox, name, ...more }).id;

async function told(command: typeof compareCommand, ...args: string[]) {
  const told = { out: "", status: 0 };
  const made = command({
    write: (text) => (told.out += text),
    log: () => undefined,
    environment: { ...emulator.environment, ...UNLIMITED, PATH: `${folder}:${process.env["PATH"]}` },
    exit: (status) => (told.status = status),
  });
  await made
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .parseAsync(args, { from: "user" });
  return told;
}
const compared = (...args: string[]) => told(compareCommand, ...args);

/** The states of stacks, as a `pulumi` that is only a script prints them. */
function stacks(states: Readonly<Record<string, readonly object[]>>): void {
  for (const [name, resources] of Object.entries(states))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify({ version: 3, deployment: { resources } }));
  const script = `#!/bin/sh\nwhile [ "$1" != "--stack" ]; do shift; done\ncat "${folder}/$2.json"\n`;
  writeFileSync(join(folder, "pulumi"), script, { mode: 0o755 });
}
const resource = (kind: string, name: string, id: string, outputs: object) => {
  const type = `pulumi-nodejs:dynamic/cja:${kind}`;
  return { urn: `urn:pulumi:any::web::${type}::${name}`, type, id, outputs };
};

describe("two sandboxes", () => {
  test("are compared by the names of their audiences, and by what these mean", async () => {
    for (const sandbox of ["dev", "prod"]) {
      const gold = add(sandbox, "Gold", { expression: sandbox === "dev" ? "a = 1 and b = 2" : "a=1\nand b=2" });
      // IDs differ, and names do not.
      add(sandbox, "Buyers", {
        expression: `inSegment("${gold}")`,
        mergePolicy: "Other",
        labels: ["C1", "C2"].sort(() => (sandbox === "dev" ? 1 : -1)),
      });
      add(sandbox, "As JSON", { expression: sandbox === "dev" ? { nodeType: "x", y: 1 } : { y: 1, nodeType: "x" } });
    }
    expect(await compared("sandbox:dev", "sandbox:prod")).toEqual({
      status: 0,
      out: "sandbox:dev and sandbox:prod: 3 the same\n",
    });
  });

  test("show what is different, and only in one", async () => {
    const [devGold, prodSilver] = [add("dev", "Gold"), add("prod", "Silver")];
    add("prod", "Gold");
    add("dev", "Silver");
    add("dev", "Buyers", {
      expression: `inSegment("${devGold}")\nand a = 1`,
      description: "New",
      mergePolicy: "Other",
      evaluation: "edge",
      labels: ["C1"],
      ttlInDays: 30,
    });
    add("prod", "Buyers", { expression: `inSegment("${prodSilver}") and a = 1`, lifecycle: "draft", ttlInDays: 60 });
    const only = add("dev", "Only");
    const { out, status } = await compared("sandbox:dev", "sandbox:prod");
    expect(status).toBe(2);
    expect(out).toBe(`sandbox:dev and sandbox:prod: 2 the same, 1 different, 1 only in sandbox:dev

Only in sandbox:dev:
  Only (${only})

Different: Buyers
  description: New → nothing
  evaluation: edge → batch
  mergePolicy: Other → Main
  lifecycle: published → draft
  ttlInDays: 30 → 60
  labels: − "C1"
  - inSegment("Gold")
  + inSegment("Silver")
    and a = 1
`);
    const { out: markdown } = await compared("sandbox:dev", "sandbox:prod", "--format", "markdown");
    expect(markdown).toContain('```diff\n- inSegment("Gold")\n+ inSegment("Silver")\n  and a = 1\n```');
    const { out: json } = await compared("sandbox:dev", "sandbox:prod", "--format", "json");
    expect(JSON.parse(json)).toMatchObject({
      a: "sandbox:dev",
      same: 2,
      onlyInA: [{ id: only, key: "Only" }],
      different: [{ a: { name: "Buyers" } }],
    });
  });

  test("with audiences of one name pair those that are the same", async () => {
    // In the order of their IDs, the first of one sandbox is the second of the other.
    for (const [sandbox, rules] of Object.entries({ dev: ["a = 1", "a = 2"], prod: ["a = 2", "a = 1"] }))
      rules.forEach((expression, at) => add(sandbox, "Twice", { id: `${sandbox}-${at}`, expression }));
    expect((await compared("sandbox:dev", "sandbox:prod")).status).toBe(0);
  });

  test("without audiences are the same, and one that is not there is a failure", async () => {
    expect(await compared("sandbox:dev", "sandbox:stage")).toEqual({
      status: 0,
      out: "sandbox:dev and sandbox:stage: 0 the same\n\nThere are no audiences.\n",
    });
    await expect(compared("sandbox:nowhere", "sandbox:dev")).rejects.toThrow("403");
  });
});

test("a sandbox and a data view have nothing in common", async () => {
  await expect(compared("sandbox:dev", "dataview:dv_dev")).rejects.toThrow(
    "sandbox:dev and dataview:dv_dev have nothing in common: a data view has segments, and a sandbox audiences",
  );
});

const onLinux = process.platform === "win32" ? test.skip : test;

onLinux(
  "a stack and a sandbox are compared by ID, else by name, and what the stack does not manage is no difference",
  async () => {
    const [gold, buyers] = [add("dev", "Gold", { lifecycle: "draft", ttlInDays: 30 }), add("dev", "Buyers")];
    const more = add("dev", "More");
    const outputs = {
      description: "",
      evaluation: "batch",
      schemaName: "_xdm.context.profile",
      mergePolicyId: "mp-dev",
    };
    const expression = 'workAddress.country = "US"';
    stacks({
      dev: [
        resource("Audience", "gold", gold, { ...outputs, name: "Golden", expression }),
        resource("Audience", "buyers", "another-id", { ...outputs, name: "Buyers", mergePolicy: "Main", expression }),
        resource("Segment", "pages", "s1", { name: "Pages" }),
      ],
    });
    const { out, status } = await compared("stack:dev", "sandbox:dev");
    expect([status, out]).toEqual([
      2,
      `stack:dev and sandbox:dev: 1 the same, 1 different, 1 only in sandbox:dev

Only in sandbox:dev:
  More (${more})

Different: Golden [${gold}]
  name: Golden → Gold
`,
    ]);
    expect(buyers).not.toBe("another-id");
  },
);

onLinux("two stacks are compared by both kinds, as far as they have them", async () => {
  const outputs = { name: "Gold", expression: "a = 1", mergePolicyId: "mp" };
  const audience = (more: object = {}) => resource("Audience", "gold", "g", { ...outputs, ...more });
  const segment = resource("Segment", "pages", "s1", { name: "Pages", dataViewId: "dv", definition: {} });
  stacks({ a: [audience(), segment], b: [audience({ expression: "a = 2" }), segment], c: [segment], d: [audience()] });
  expect(await compared("stack:a", "stack:b")).toEqual({
    status: 2,
    out: `stack:a and stack:b: 1 the same

stack:a and stack:b: 0 the same, 1 different

Different: Gold [gold]
  - a = 1
  + a = 2
`,
  });
  expect((await compared("stack:c", "stack:c")).out).toBe("stack:c and stack:c: 1 the same\n");
  expect((await compared("stack:d", "stack:d")).out).toBe("stack:d and stack:d: 1 the same\n");
  const json = JSON.parse((await compared("stack:a", "stack:b", "--format", "json")).out) as object;
  expect(json).toMatchObject({ same: 1, different: [], audiences: { same: 0, different: [{ a: { key: "gold" } }] } });
});

onLinux("an expression that one side keeps secret is not shown", async () => {
  const audience = (expression: unknown, description: unknown) =>
    resource("Audience", "gold", "g", { name: "Gold", expression, description });
  stacks({ a: [audience("a = 1", "plain")], b: [audience(SECRET, SECRET)] });
  const { out, status } = await compared("stack:a", "stack:b", "--format", "json");
  expect(status).toBe(2);
  expect(out).not.toMatch(/a = 1|plain/);
  expect(out).toContain("The expression is secret");
});

describe("audiences that no stack manages", () => {
  onLinux("are listed, without those that nobody can change", async () => {
    const [gold, buyers] = [add("dev", "Gold"), add("dev", "Buyers")];
    add("dev", "Upload", { originName: "CUSTOM_UPLOAD" });
    add("prod", "Elsewhere");
    stacks({ dev: [resource("Audience", "gold", gold, { name: "Gold" }), resource("Segment", "x", buyers, {})] });
    const args = ["--sandbox", "dev", "--stack", "dev"];
    expect(await told(unmanagedCommand, ...args)).toEqual({
      status: 2,
      out: `1 of the 2 audiences of dev is in none of the stacks:\n  Buyers (${buyers})\n`,
    });
    const { out } = await told(unmanagedCommand, ...args, "--format", "json");
    expect(JSON.parse(out)).toEqual([{ id: buyers, name: "Buyers", description: "" }]);
    emulator.control.deleteAudience(buyers);
    expect(await told(unmanagedCommand, ...args)).toEqual({
      status: 0,
      out: "0 of the 1 audience of dev are in none of the stacks.\n",
    });
  });

  test("are asked for in one place", async () => {
    await expect(told(unmanagedCommand, "--stack", "dev")).rejects.toThrow("give --data-view ID, or --sandbox NAME");
    const both = told(unmanagedCommand, "--stack", "dev", "--sandbox", "dev", "--data-view", "dv");
    await expect(both).rejects.toThrow("cannot be used with");
  });
});
