import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { compareCommand } from "../../../../cli/compare/command";
import { unmanagedCommand } from "../../../../cli/unmanaged";
import { startEmulator, type Emulator } from "../../../../emulator";
import { UNLIMITED } from "../../../engine/programs";
import { ownStateHome } from "../../own-state-home";

const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" };

let emulator: Emulator;
let folder: string;
let logged: string[];
const stateHome = ownStateHome();
beforeEach(async () => {
  emulator = await startEmulator({ limits: false });
  folder = stateHome();
  logged = [];
  for (const [sandbox, id] of Object.entries({ dev: "mp-dev", prod: "mp-prod" }))
    emulator.control.setMergePolicies(sandbox, [
      { id, name: "Main", default: true },
      { id: `${id}-2`, name: "Other" },
    ]);
});
afterEach(async () => {
  await emulator.close();
});

const add = (sandbox: string, name: string, more: object = {}) =>
  emulator.control.addAudience({ sandbox, name, ...more }).id;

async function told(command: typeof compareCommand, ...args: string[]) {
  const told = { out: "", status: 0 };
  const made = command({
    write: (text) => (told.out += text),
    log: (line) => void logged.push(line),
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

/** A file of environments, as an argument of the command. */
function environments(...lines: readonly string[]): readonly [string, string] {
  const file = join(folder, "environments.yaml");
  writeFileSync(file, lines.join("\n"));
  return ["--environments", file];
}

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

const onLinux = process.platform === "win32" ? test.skip : test;

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
  - is in the audience Gold
  + is in the audience Silver
    and a is 1
`);
    const { out: markdown } = await compared("sandbox:dev", "sandbox:prod", "--format", "markdown");
    expect(markdown).toContain("```diff\n- is in the audience Gold\n+ is in the audience Silver\n  and a is 1\n```");
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

describe("with logical names", () => {
  /** An audience that only differs in what is another in each sandbox. */
  const addBuyers = (sandbox: string, more: object = {}) => {
    const gold = add(sandbox, `Gold of ${sandbox}`, { schemaName: `schema.${sandbox}` });
    add(sandbox, "Buyers", { expression: `inSegment("${gold}")`, ...more });
    return gold;
  };
  const named = (sandbox: string, audience: string, policy: string) =>
    `${sandbox}: { sandboxes: { main: ${sandbox} }, audiences: { gold: ${audience} }, mergePolicies: { web: ${policy} }, schemas: { people: x.${sandbox} } }`;

  test("two sandboxes that only differ in these are the same", async () => {
    const more = (sandbox: string) => ({ schemaName: `x.${sandbox}` });
    const dev = addBuyers("dev", { mergePolicy: "Main", ...more("dev") });
    const prod = addBuyers("prod", { mergePolicy: "Other", ...more("prod") });
    const flags = environments(named("dev", dev, "Main"), named("prod", prod, "Other"));
    const { out } = await compared("sandbox:dev", "sandbox:prod", ...flags);
    // That audience has another name, so it is in each alone.
    expect(out).toBe(`sandbox:dev and sandbox:prod: 1 the same, 1 only in sandbox:dev, 1 only in sandbox:prod

Only in sandbox:dev:
  Gold of dev (${dev})

Only in sandbox:prod:
  Gold of prod (${prod})
`);
    const { out: without } = await compared("sandbox:dev", "sandbox:prod");
    expect(without).toContain(`Different: Buyers
  mergePolicy: Main → Other
  schemaName: x.dev → x.prod
  - is in the audience Gold of dev
  + is in the audience Gold of prod
`);
  });

  test("a name that one side alone has makes no difference", async () => {
    for (const sandbox of ["dev", "prod"]) add(sandbox, "Buyers", { mergePolicy: "Main" });
    const names = (of: string) => `${of}: { sandboxes: { main: ${of} }`;
    const only = environments(`${names("dev")}, mergePolicies: { web: Main } }`, `${names("prod")} }`);
    expect((await compared("sandbox:dev", "sandbox:prod", ...only)).status).toBe(0);
    const other = environments(
      `${names("dev")}, mergePolicies: { web: Main, app: Other } }`,
      `${names("prod")}, mergePolicies: { web: Other, app: Main } }`,
    );
    const { out } = await compared("sandbox:dev", "sandbox:prod", ...other);
    expect(out).toContain("Different: Buyers\n  mergePolicy: {web} → {app}\n");
  });

  test("one policy of a sandbox may have the names of two", async () => {
    add("dev", "Buyers", { mergePolicy: "Main" });
    add("dev", "Users", { mergePolicy: "Main" });
    add("prod", "Buyers", { mergePolicy: "Main" });
    add("prod", "Users", { mergePolicy: "Other" });
    const flags = environments(
      "dev: { sandboxes: { main: dev }, mergePolicies: { web: Main, app: Main } }",
      "prod: { sandboxes: { main: prod }, mergePolicies: { web: Main, app: Other } }",
    );
    expect((await compared("sandbox:dev", "sandbox:prod", ...flags)).status).toBe(0);
  });

  onLinux("two stacks have them by the names of their environments", async () => {
    const stack = (name: string, more: object = {}) => [
      resource("Audience", "buyers", `b-${name}`, {
        ...{ name: "Buyers", expression: `inSegment("${name}-gold") and inSegment("g-${name}")` },
        ...{ mergePolicy: `Web ${name}`, mergePolicyId: name, schemaName: `x.${name}`, sandboxName: name, ...more },
      }),
      // The program calls it the same in both.
      resource("Audience", "gold", `g-${name}`, { name: `Gold ${name}`, expression: "a = 1", sandboxName: name }),
    ];
    const file = (name: string) => named(name, `${name}-gold`, `Web ${name}`);
    const flags = environments(file("dev"), file("prod"));
    stacks({ dev: stack("dev"), prod: stack("prod") });
    const { out } = await compared("stack:dev", "stack:prod", ...flags);
    expect(out).toBe(`stack:dev and stack:prod: 1 the same, 1 different

Different: Gold dev [gold]
  name: Gold dev → Gold prod
`);
    stacks({ dev: stack("dev"), prod: stack("prod", { sandboxName: "other" }) });
    const other = environments(file("dev"), file("prod").replace("main: prod", "main: prod, more: other"));
    expect((await compared("stack:dev", "stack:prod", ...other)).out).not.toContain("sandbox: ");
    const both = environments(
      file("dev").replace("main: dev", "main: dev, more: more"),
      file("prod").replace("main: prod", "main: prod, more: other"),
    );
    expect((await compared("stack:dev", "stack:prod", ...both)).out).toContain("  sandbox: {main} → {more}\n");
  });

  onLinux("a sandbox of several environments is in that of the stack", async () => {
    const id = add("dev", "Buyers", { mergePolicy: "Main", schemaName: "x.dev" });
    const outputs = { name: "Buyers", expression: 'workAddress.country = "US"', sandboxName: "dev" };
    stacks({ one: [resource("Audience", "buyers", id, { ...outputs, mergePolicy: "Main", schemaName: "x.dev" })] });
    const [one, two] = ["one", "two"].map((name) => named("dev", "x", "Main").replace("dev:", `${name}:`));
    const flags = environments(`${one}`, `${two?.replace("web: Main", "web: Other, app: Main")}`);
    expect((await compared("stack:one", "sandbox:dev", ...flags)).status).toBe(0);
  });
});

test("a sandbox and a data view have nothing in common", async () => {
  await expect(compared("sandbox:dev", "dataview:dv_dev")).rejects.toThrow(
    "sandbox:dev and dataview:dv_dev have nothing in common: a data view has segments, and a sandbox audiences",
  );
});

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
  - a is 1
  + a is 2
`,
  });
  expect((await compared("stack:c", "stack:c")).out).toBe("stack:c and stack:c: 1 the same\n");
  expect((await compared("stack:d", "stack:d")).out).toBe("stack:d and stack:d: 1 the same\n");
  const json = JSON.parse((await compared("stack:a", "stack:b", "--format", "json")).out) as object;
  expect(json).toMatchObject({ same: 1, different: [], audiences: { same: 0, different: [{ a: { key: "gold" } }] } });
});

onLinux("what the program does not say, and the service has filled in, is no difference", async () => {
  const audience = (id: string, more: object) =>
    resource("Audience", "gold", id, { name: "Gold", expression: "a = 1", ...more });
  const filledIn = (policy: string, lifecycle: string, ttlInDays: number) => ({
    ...{ mergePolicyId: policy, lifecycle, labels: [policy], ttlInDays, evaluation: "batch" },
    unsaid: ["mergePolicyId", "lifecycle", "labels", "ttlInDays", "evaluation"],
  });
  const said = { mergePolicy: "Main", mergePolicyId: "mp", unsaid: ["mergePolicyId"] };
  stacks({
    a: [audience("g", filledIn("mp-a", "published", 30))],
    b: [audience("h", filledIn("mp-b", "draft", 60))],
    said: [audience("i", said)],
    other: [audience("j", { ...said, mergePolicy: "Other" })],
    edge: [audience("k", { ...filledIn("mp-a", "published", 30), evaluation: "edge" })],
  });
  expect(await compared("stack:a", "stack:b")).toEqual({ status: 0, out: "stack:a and stack:b: 1 the same\n" });
  expect((await compared("stack:a", "stack:said")).status).toBe(0);
  expect((await compared("stack:said", "stack:other")).out).toContain("  mergePolicy: Main → Other\n");
  // What leaving it out means is known.
  expect((await compared("stack:a", "stack:edge")).out).toContain("  evaluation: batch → edge\n");
});

onLinux("an audience that an expression names by the ID is the same in a stack and in its sandbox", async () => {
  const [upload, byHand] = [add("dev", "Upload", { originName: "CUSTOM_UPLOAD" }), add("dev", "By hand")];
  const expression = `inSegment("${upload}") and inSegment("${byHand}")`;
  const id = add("dev", "Buyers", { expression });
  const inStack = (more: object) => [
    resource("Audience", "buyers", id, { name: "Buyers", expression }),
    resource("Audience", "by-hand", byHand, { name: "Made by hand", expression: "a = 1", ...more }),
  ];
  stacks({ dev: inStack({}).slice(0, 1) });
  expect((await compared("stack:dev", "sandbox:dev")).out).toContain(
    "stack:dev and sandbox:dev: 1 the same, 1 only in sandbox:dev\n",
  );
  emulator.control.editAudience(id, { expression: `inSegment("${byHand}")` });
  stacks({ dev: inStack({}) });
  expect((await compared("stack:dev", "sandbox:dev")).out).toContain(
    "  - is in the audience Upload\n  - and is in the audience Made by hand\n  + is in the audience Made by hand\n",
  );
});

describe("what a listing leaves out", () => {
  onLinux("is asked for by the IDs of the stack", async () => {
    const gold = add("dev", "Gold", { lifecycle: "inactive" });
    const buyers = add("dev", "Buyers", { expression: `inSegment("${gold}")` });
    const outputs = { sandboxName: "dev", mergePolicyId: "mp-dev" };
    const expression = 'workAddress.country = "US"';
    stacks({
      dev: [
        resource("Audience", "gold", gold, { ...outputs, name: "Gold", expression, lifecycle: "inactive" }),
        resource("Audience", "buyers", buyers, { ...outputs, name: "Buyers", expression: `inSegment("${gold}")` }),
        resource("Audience", "gone", "gone", { ...outputs, name: "Gone", expression }),
        resource("Audience", "far", "far", { ...outputs, name: "Far", expression, sandboxName: "prod" }),
      ],
    });
    emulator.control.clearRequests();
    expect(await compared("stack:dev", "sandbox:dev")).toEqual({
      status: 2,
      out: `stack:dev and sandbox:dev: 2 the same, 2 only in stack:dev

Only in stack:dev:
  Far (far)
  Gone (gone)
`,
    });
    const asked = JSON.stringify(emulator.control.requests());
    expect([asked.includes("gone"), asked.includes("far")]).toEqual([true, false]);
  });

  test("is known by the expressions that name it, and has a name there", async () => {
    const rule = (id: string) => ({ expression: `inSegment("${id}")` });
    for (const sandbox of ["dev", "prod"]) {
      const base = add(sandbox, "Base", { lifecycle: "inactive", description: sandbox });
      const gold = add(sandbox, "Gold", { lifecycle: "inactive", ...rule(base) });
      const upload = add(sandbox, "Upload", { originName: "CUSTOM_UPLOAD" });
      add(sandbox, "Buyers", { expression: `inSegment("${gold}") and inSegment("${upload}")` });
    }
    expect((await compared("sandbox:dev", "sandbox:prod")).out)
      .toBe(`sandbox:dev and sandbox:prod: 2 the same, 1 different

Different: Base
  description: dev → prod

Left out:
  1 of sandbox:dev that the Segmentation Service has not made, and does not let anybody change (CUSTOM_UPLOAD 1)
  1 of sandbox:prod that the Segmentation Service has not made, and does not let anybody change (CUSTOM_UPLOAD 1)
`);
  });

  test("because nobody can change it is counted", async () => {
    add("dev", "Gold");
    add("prod", "Gold");
    add("dev", "Upload", { originName: "CUSTOM_UPLOAD" });
    const left =
      "1 of sandbox:dev that the Segmentation Service has not made, and does not let anybody change (CUSTOM_UPLOAD 1)";
    expect(await compared("sandbox:dev", "sandbox:prod")).toEqual({
      status: 0,
      out: `sandbox:dev and sandbox:prod: 1 the same\n\nLeft out:\n  ${left}\n`,
    });
    const { out: markdown } = await compared("sandbox:dev", "sandbox:prod", "--format", "markdown");
    expect(markdown).toContain("#### Left out\n\n- `1 of sandbox:dev that the Segmentation Service has not made");
    const { out } = await compared("sandbox:dev", "sandbox:prod", "--format", "json");
    expect(JSON.parse(out)).toMatchObject({ same: 1, leftOut: [left] });
    emulator.control.deleteAudience(add("prod", "More"));
    const none = await compared("sandbox:prod", "sandbox:prod", "--format", "json");
    expect(JSON.parse(none.out)).not.toHaveProperty("leftOut");
  });
});

onLinux("an expression that one side keeps secret is not shown", async () => {
  const audience = (expression: unknown, description: unknown) =>
    resource("Audience", "gold", "g", { name: "Gold", expression, description });
  stacks({ a: [audience("a = 1", "plain")], b: [audience(SECRET, SECRET)] });
  const { out, status } = await compared("stack:a", "stack:b", "--format", "json");
  expect(status).toBe(2);
  expect(out).not.toMatch(/a (=|is) 1|plain/);
  expect(out).toContain("The expression is secret");
  const { out: turned } = await compared("stack:b", "stack:a", "--format", "json");
  expect(turned).not.toMatch(/a (=|is) 1|plain/);
});

onLinux("the name of an audience that one side keeps secret is not shown in the expressions of others", async () => {
  const stack = (name: unknown, value: number) => [
    resource("Audience", "gold", `g${value}`, { name, expression: "a = 1" }),
    resource("Audience", "buyers", "b", { name: "Buyers", expression: `b = ${value} and inSegment("g${value}")` }),
  ];
  stacks({ a: stack("Hushed", 1), b: stack(SECRET, 2) });
  for (const sides of [
    ["stack:a", "stack:b"],
    ["stack:b", "stack:a"],
  ]) {
    const { out } = await compared(...sides);
    expect(out).not.toContain("Hushed");
    expect(out).toContain("  and is in the audience gold\n");
  }
});

describe("audiences that no stack manages", () => {
  onLinux("are listed, without those that nobody can change", async () => {
    const [gold, buyers] = [add("dev", "Gold"), add("dev", "Buyers")];
    add("dev", "Upload", { originName: "CUSTOM_UPLOAD" });
    add("prod", "Elsewhere");
    stacks({ dev: [resource("Audience", "gold", gold, { name: "Gold" }), resource("Segment", "x", buyers, {})] });
    const args = ["--sandbox", "dev", "--stack", "dev"];
    const leftOut =
      "Left out: 1 that the Segmentation Service has not made, and does not let anybody change (CUSTOM_UPLOAD 1)";
    expect(await told(unmanagedCommand, ...args)).toEqual({
      status: 2,
      out: `1 of the 2 audiences of dev is in none of the stacks:\n  Buyers (${buyers})\n${leftOut}\n`,
    });
    const { out } = await told(unmanagedCommand, ...args, "--format", "json");
    expect(JSON.parse(out)).toEqual([{ id: buyers, name: "Buyers", description: "" }]);
    expect(logged).toEqual([leftOut]);
    emulator.control.deleteAudience(buyers);
    expect(await told(unmanagedCommand, ...args)).toEqual({
      status: 0,
      out: `0 of the 1 audience of dev are in none of the stacks.\n${leftOut}\n`,
    });
  });

  onLinux("are known, though a listing lacks them, by the expressions that name them", async () => {
    const [gold, silver] = ["Gold", "Silver"].map((name) => add("dev", name, { lifecycle: "inactive" }));
    const buyers = add("dev", "Buyers", { expression: `inSegment("${gold}") or inSegment("${silver}")` });
    const managed = (name: string, id = "") => resource("Audience", name, id, { name, sandboxName: "dev" });
    stacks({ dev: [managed("gold", gold), managed("buyers", buyers)] });
    expect(await told(unmanagedCommand, "--sandbox", "dev", "--stack", "dev")).toEqual({
      status: 2,
      out: `1 of the 3 audiences of dev is in none of the stacks:\n  Silver (${silver})\n`,
    });
    stacks({ dev: [managed("gold", gold), managed("buyers", buyers), managed("silver", silver)] });
    emulator.control.deleteAudience(buyers);
    expect((await told(unmanagedCommand, "--sandbox", "dev", "--stack", "dev")).out).toBe(
      "0 of the 2 audiences of dev are in none of the stacks.\n",
    );
  });

  test("are asked for in one place", async () => {
    await expect(told(unmanagedCommand, "--stack", "dev")).rejects.toThrow("give --data-view ID, or --sandbox NAME");
    const both = told(unmanagedCommand, "--stack", "dev", "--sandbox", "dev", "--data-view", "dv");
    await expect(both).rejects.toThrow("cannot be used with");
  });
});
