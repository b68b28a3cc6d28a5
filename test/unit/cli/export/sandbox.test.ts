import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { exportCommand } from "../../../../cli/export/command";
import { equalExpressions } from "../../../../definition/pql/expression";
import { startEmulator, type Emulator } from "../../../../emulator";
import { parseSettings } from "../../../../model/settings/settings";
import { openRuntime } from "../../../../provider/open-runtime";
import { InstantClock } from "../../provider/http/virtual-clock";
import { UNLIMITED } from "../../../engine/programs";
import { mistakesIn, runIn } from "./programs";
import { ownStateHome } from "../../own-state-home";

const GOLD = "11111111-0000-4000-8000-000000000001";
const BUYERS = "11111111-0000-4000-8000-000000000002";
const NESTED = "11111111-0000-4000-8000-000000000003";
const LOOKALIKE = "11111111-0000-4000-8000-000000000004";
const UPLOAD = "11111111-0000-4000-8000-000000000005";

const buyersText = `inSegment("${GOLD}") and loyalty.points >= 100 and workAddress.country in ["US", "CA"] and homeAddress.city like "New%" and person.name.lastName = "\\"O'\${x}\`\\\\"`;
const nested = (id: string) => ({
  nodeType: "fnApply",
  fnName: "and",
  params: [
    { nodeType: "fnApply", fnName: "inSegment", params: [{ nodeType: "literal", literalType: "String", value: id }] },
    {
      nodeType: "fnApply",
      fnName: "=",
      params: [
        { nodeType: "literal", literalType: "String", value: id },
        { nodeType: "literal", literalType: "String", value: "x" },
      ],
    },
  ],
});

let emulator: Emulator;
let folder: string;
let out: string;
const stateHome = ownStateHome();

beforeEach(async () => {
  folder = stateHome();
  out = join(folder, "program");
  emulator = await startEmulator({ limits: false });
  const { control } = emulator;
  control.setMergePolicies("dev", [
    { id: "mp-main", name: "Main", default: true },
    { id: "mp-web", name: "Web" },
    { id: "mp-web-2", name: "Web", schemaName: "_xdm.context.account" },
  ]);
  const add = (id: string, name: string, more: object) => control.addAudience({ id, name, sandbox: "dev", ...more });
  // The names are in another order than the references.
  add(BUYERS, "A buyers", { expression: buyersText, mergePolicy: "Main", description: "Who bought" });
  add(NESTED, "B nested", { expression: nested(BUYERS), evaluation: "edge", labels: ["core/C1"], ttlInDays: 30 });
  add(GOLD, "Gold members", { expression: 'loyalty.tier = "gold"', mergePolicy: "Web", lifecycle: "draft" });
  add(UPLOAD, "Upload", { originName: "CUSTOM_UPLOAD" });
  control.addAudience({ name: "Elsewhere", sandbox: "prod" });
});
afterEach(async () => {
  await emulator.close();
});

async function run(...args: readonly string[]): Promise<string> {
  let written = "";
  const command = exportCommand({
    write: (text) => void (written += text),
    log: () => undefined,
    environment: { ...emulator.environment, ...UNLIMITED },
    now: () => Date.parse("2026-11-05T00:00:00Z"),
  });
  command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: (text) => void (written += text) });
  await command.parseAsync(["--sandbox", "dev", "--out", out, ...args], { from: "user" });
  return written;
}

const files = (): string[] => (existsSync(out) ? readdirSync(out, { recursive: true }).map(String).sort() : []);
const content = (path: string): string => readFileSync(join(out, path), "utf8");
const writes = () => emulator.control.requests().filter(({ method }) => ["PATCH", "PUT", "DELETE"].includes(method));

/** Laid out, they would be others: beside a minus, in a comment and behind what is not known, blanks may say something. */
test.each([
  ['_tenant.loyalty-tier = "gold"'],
  ["x>-5 and f(a,-5) = 1"],
  ['a = 1 // adult\nand b = 2 and name = "two"'],
  ["a = 1 and b § 2 and\n  c = 3"],
])("an expression that has no other layout is exported as it is: %j", async (expression) => {
  const { id } = emulator.control.addAudience({ name: "Written by hand", sandbox: "dev", expression });
  await run("--id", id);
  const { registered } = await runIn(out);
  expect(equalExpressions(registered[0]?.inputs["expression"], expression)).toBe(true);
});

test("without the right to list merge policies, they go by their IDs", async () => {
  emulator.control.addFault({ path: "/config/mergePolicies", status: 403, times: 9 });
  await run();
  const { registered } = await runIn(out);
  expect(registered.map(({ inputs }) => inputs["mergePolicyId"])).toContain("mp-main");
});

describe("the audiences of a sandbox", () => {
  test.each([[[]], [["--single-file"]], [["--import"]]])(
    "are a program that makes them again, with %j",
    async (flags) => {
      const said = await run(...flags);
      expect(said).toContain(`3 of 4 audiences exported into ${out}`);
      expect(said).toContain(
        "1 that the Segmentation Service has not made, and does not let anybody change (CUSTOM_UPLOAD 1)",
      );
      expect(mistakesIn(out)).toEqual([]);
      const { registered, outputs } = await runIn(out);
      const isImporting = flags[0] === "--import";
      const adopted = (id: string) => (isImporting ? {} : { adoptId: id });
      const [buyers, nestedOne, gold] = registered;
      const usual = { sandbox: "dev", lifecycle: "published" };
      expect(gold).toMatchObject({ name: expect.stringMatching(/^gold-members-/) as unknown });
      expect(gold?.inputs).toMatchObject({
        name: "Gold members",
        expression: 'loyalty.tier = "gold"',
        // Two policies have the name.
        mergePolicyId: "mp-web",
        ...usual,
        lifecycle: "draft",
        ...adopted(GOLD),
      });
      expect(gold?.inputs).not.toHaveProperty("evaluation");
      expect(gold?.inputs).not.toHaveProperty("mergePolicy");
      expect(buyers?.inputs).toMatchObject({
        name: "A buyers",
        description: "Who bought",
        mergePolicy: "Main",
        ...usual,
        ...adopted(BUYERS),
      });
      expect(buyers?.inputs).not.toHaveProperty("mergePolicyId");
      const { expression } = buyers?.inputs ?? {};
      expect(equalExpressions(expression, buyersText.replace(GOLD, `${gold?.name}-id`))).toBe(true);
      expect(nestedOne?.inputs).toMatchObject({
        name: "B nested",
        evaluation: "edge",
        labels: ["core/C1"],
        ttlInDays: 30,
        ...usual,
        ...adopted(NESTED),
      });
      // A text that is only compared with is no reference.
      const [reference, compared] = nested(`${buyers?.name}-id`).params;
      expect(nestedOne?.inputs["expression"]).toEqual({
        ...nested(BUYERS),
        params: [reference, nested(BUYERS).params[1]],
      });
      expect(compared).not.toEqual(nested(BUYERS).params[1]);
      expect(registered.map(({ importId }) => importId)).toEqual(
        isImporting ? [BUYERS, NESTED, GOLD] : [undefined, undefined, undefined],
      );
      const ids = Object.fromEntries(registered.map(({ name }) => [name, `${name}-id`]));
      expect((outputs as { readonly audiences: object }).audiences).toEqual(ids);
      expect(writes()).toEqual([]);
    },
  );

  test.each(["both", "definitions"] as const)(
    "are taken over as they are, in the form %s: nothing is written",
    async (form) => {
      emulator.control.setAudienceService({ form });
      await run();
      const { registered } = await runIn(out);
      const ids = [BUYERS, NESTED, GOLD];
      const parsed = parseSettings({}, { ...emulator.environment, ...UNLIMITED });
      const { lifecycles } = openRuntime(parsed, { pid: process.pid }, () => undefined, new InstantClock());
      emulator.control.clearRequests();
      for (const { inputs } of registered) {
        // As the engine would have them: the IDs of those that are made already.
        const text = registered.reduce(
          (of, { name }, at) => of.replaceAll(`${name}-id`, ids[at] ?? ""),
          JSON.stringify(inputs),
        );
        const { __provider, __resource, ...args } = JSON.parse(text) as Readonly<Record<string, unknown>>;
        const checked = await lifecycles.Audience.check({}, args);
        expect(checked.mistakes).toEqual([]);
        expect(await lifecycles.Audience.create(checked.inputs)).toMatchObject({ id: args["adoptId"] });
      }
      const written = emulator.control
        .requests()
        .filter(({ method, path }) => method !== "GET" && !/bulk-get|ims/.test(path));
      expect(written.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    },
  );

  test("come in YAML with the IDs of others as outputs", async () => {
    await run("--format", "yaml");
    expect(files()).toEqual(["Main.yaml", "Pulumi.yaml", "package.json"]);
    const { resources, outputs } = parse(content("Main.yaml")) as {
      readonly resources: Record<string, { readonly properties: Record<string, unknown> }>;
      readonly outputs: { readonly audiences: object };
    };
    const names = Object.keys(resources);
    // Those that are named come first.
    expect(names.map((name) => name.replace(/-\w{6}$/, ""))).toEqual(["gold-members", "a-buyers", "b-nested"]);
    const [gold, buyers, nestedName] = names as [string, string, string];
    const text = String(resources[buyers]?.properties["expression"]);
    expect(text).toContain(`inSegment("\${${gold}.id}")`);
    expect(text).toContain("$${x}");
    expect(resources[nestedName]?.properties["expression"]).toMatchObject({
      params: [nested(`\${${buyers}.id}`).params[0], {}],
    });
    expect(outputs.audiences).toEqual(Object.fromEntries(names.map((name) => [name, `\${${name}.id}`])));
    expect(resources[gold]).toMatchObject({ type: "cja:Audience", options: { protect: true } });
  });

  test("are laid out, a line for each condition", async () => {
    await run();
    const [file] = files().filter((path) => /audiences.a-buyers/.test(path));
    const source = content(file ?? "");
    expect(source).toMatch(
      /expression: pulumi\.interpolate`inSegment\("\$\{goldMembers\w+\.id\}"\)\n {6}and loyalty\.points >= 100\n/,
    );
    expect(source).toContain('from "./gold-members-');
  });

  test("name each other in a circle: one of them has an ID, and the program runs", async () => {
    emulator.control.editAudience(GOLD, { expression: `inSegment("${NESTED}")` });
    await run();
    expect(mistakesIn(out)).toEqual([]);
    const { registered } = await runIn(out);
    const [buyers, nestedOne, gold] = registered;
    expect(nestedOne?.inputs["expression"]).toEqual(nested(BUYERS));
    expect(gold?.inputs["expression"]).toBe(`inSegment("${nestedOne?.name}-id")`);
    expect(buyers?.inputs["expression"]).toContain(`inSegment("${gold?.name}-id")`);
  });

  test("that are left out are named by their IDs", async () => {
    emulator.control.editAudience(GOLD, { name: " " });
    const said = await run();
    expect(said).toContain(`${GOLD} " " is left out: it has no name`);
    const { registered } = await runIn(out);
    expect(String(registered[0]?.inputs["expression"])).toContain(`inSegment("${GOLD}")`);
  });

  test("with an expression that no program could have are left out", async () => {
    emulator.control.editAudience(GOLD, { expression: "a = (1" });
    expect(await run()).toMatch(/is left out: its expression has mistakes: line 1, column 5/);
  });

  test("are written again without a change, and overwritten only with --force", async () => {
    await run();
    const before = files().map((path) => path);
    expect(await run()).toContain("0 new, 0 changed");
    emulator.control.editAudience(GOLD, { name: "Golden members" });
    await expect(run()).rejects.toThrow(/files in .* are in the way:[^]*audiences\/gold-members-[^]*--force/);
    expect(await run("--force")).toContain("0 new, 1 changed");
    // The program keeps its names.
    expect(files()).toEqual(before);
    await expect(run("--force", "--id", GOLD)).rejects.toThrow(
      /--force would remove these from the program:[^]*a-buyers[^]*--prune/,
    );
    await run("--force", "--prune", "--id", GOLD);
    expect((await runIn(out)).registered).toHaveLength(1);
  });

  test("are counted as JSON, and nothing is written with --dry-run", async () => {
    const summary = JSON.parse(await run("--json", "--dry-run", "--name", "a*", "--name", "B*")) as object;
    expect(summary).toMatchObject({ sandbox: "dev", audiences: 2, listed: 4, dryRun: true });
    expect(files()).toEqual([]);
  });

  test("have an ID that looks like what stands for one while it is written", async () => {
    emulator.control.addAudience({
      id: LOOKALIKE,
      name: "Like",
      sandbox: "dev",
      expression: `inSegment("${GOLD}") and a = "@audience 0;"`,
    });
    await run();
    const { registered } = await runIn(out);
    const like = registered.find(({ inputs }) => inputs["name"] === "Like");
    expect(String(like?.inputs["expression"])).toMatch(
      /^inSegment\("gold-members-\w+-id"\)\n? *and a = "@audience 0;"$/,
    );
  });
});

describe("with the logical names of an environment", () => {
  const FILE = `dev:
  sandboxes: { main: dev }
  mergePolicies: { main: Main, web: mp-web }
  schemas: { account: company.account }
  audiences: { upload: ${UPLOAD} }
prod:
  sandboxes: { main: prod }
  mergePolicies: { main: Other, web: mp-prod }
  schemas: { account: company.prod }
  audiences: { upload: 99999999-0000-4000-8000-000000000005 }
`;
  const flags = (text = FILE): string[] => {
    writeFileSync(join(folder, "environments.yaml"), text);
    return ["--environments", join(folder, "environments.yaml"), "--environment", "dev"];
  };
  beforeEach(() => {
    const { control } = emulator;
    control.editAudience(GOLD, { expression: `not inSegment("${UPLOAD}")` });
    control.editAudience(NESTED, { expression: nested(UPLOAD) });
    control.addAudience({
      id: LOOKALIKE,
      name: "Accounts",
      sandbox: "dev",
      schemaName: "company.account",
      expression: `inSegment("${GOLD}") and inSegment("${UPLOAD}") and name = "\${x}"`,
    });
  });

  test.each([[[]], [["--single-file"]], [["--import"]], [["--format", "typescript-json"]]])(
    "they are one program for several sandboxes, with %j",
    async (more) => {
      const said = await run(...flags(), ...more);
      expect(said).toContain("pulumi stack init dev");
      expect(mistakesIn(out)).toEqual([]);
      expect(content("environments.yaml")).toBe(FILE);
      const written = files().filter((path) => path.startsWith("audiences") && path.endsWith(".ts"));
      const sources = written.map(content).join("\n");
      expect(sources).not.toMatch(/"(dev|Main|mp-web|company\.account)"/);
      for (const [stack, policy, web, account, upload] of [
        ["dev", "Main", "mp-web", "company.account", UPLOAD],
        ["prod", "Other", "mp-prod", "company.prod", "99999999-0000-4000-8000-000000000005"],
      ] as const) {
        const { registered } = await runIn(out, stack);
        const named = (name: string) => registered.find(({ inputs }) => inputs["name"] === name);
        const gold = named("Gold members");
        const id = stack === "dev" ? GOLD : undefined;
        expect(more[0] === "--import" ? gold?.importId : gold?.inputs["adoptId"]).toBe(id);
        expect(gold?.inputs).toMatchObject({ mergePolicyId: web, sandbox: stack });
        expect(gold?.inputs["expression"]).toBe(`not inSegment("${upload}")`);
        expect(named("A buyers")?.inputs).toMatchObject({ mergePolicy: policy, sandbox: stack });
        expect(named("B nested")?.inputs["expression"]).toMatchObject({ params: [nested(upload).params[0], {}] });
        expect(named("Accounts")?.inputs["schemaName"]).toBe(account);
        const { expression } = named("Accounts")?.inputs ?? {};
        const expected = `inSegment("${gold?.name}-id") and inSegment("${upload}") and name = "\${x}"`;
        expect(equalExpressions(expression, expected)).toBe(true);
      }
      expect(writes()).toEqual([]);
    },
  );

  test("what has none is told with the lines to add, unless it is asked for", async () => {
    const few = "dev: { mergePolicies: { main: Main } }\n";
    const refused = run(...flags(few));
    await expect(refused).rejects.toThrow("4 IDs or names have no logical name in dev of");
    await expect(refused).rejects.toThrow(`dev:
  audiences:
    audience: ${UPLOAD}
  mergePolicies:
    mpWeb: mp-web
  sandboxes:
    sandbox: dev
  schemas:
    account: company.account
`);
    expect(files()).toEqual([]);
    await run(...flags(few), "--allow-unmapped");
    const { registered } = await runIn(out);
    expect(registered.find(({ inputs }) => inputs["name"] === "A buyers")?.inputs).toMatchObject({ sandbox: "dev" });
    const foreign = run(...flags(`${few}prod: { sandboxes: { main: dev } }\n`), "--allow-unmapped", "--force");
    await expect(foreign).rejects.toThrow('sandboxes: "dev" is "main" of prod');
  });

  test("an audience of a circle has a logical name, too", async () => {
    emulator.control.editAudience(GOLD, { expression: `inSegment("${BUYERS}")` });
    await expect(run(...flags())).rejects.toThrow(/1 ID has no logical name[^]*audience2: 1{8}/);
    await run(...flags(FILE.replace("upload: ", `gold: ${GOLD}, buyers: ${BUYERS}, upload: `)));
    expect(mistakesIn(out)).toEqual([]);
    expect((await runIn(out)).registered).toHaveLength(4);
  });

  test("a program that has other names stays", async () => {
    await run(...flags());
    expect(await run(...flags())).toContain("0 new, 0 changed");
    writeFileSync(join(out, "environments.yaml"), FILE.replace("{ main: prod }", "{ main: stage }"));
    await expect(run(...flags())).rejects.toThrow(/nothing was written: .*environments\.yaml lacks what/);
    await run(...flags(), "--force");
    expect(content("environments.yaml")).toBe(FILE);
  });
});

test("an import says which setting it needs, and where that stands", async () => {
  const setting = "pulumi config set cja:sandbox dev";
  expect(await run("--import", "--dry-run")).not.toContain(setting);
  const first = await run("--import");
  expect(first).toContain(`pulumi stack init dev && ${setting} && pulumi up`);
  expect(first).toContain(
    'Pulumi looks for an import in the sandbox of the setting cja:sandbox, so that has to be "dev".',
  );
  emulator.control.editAudience(GOLD, { name: "Golden members" });
  expect(await run("--import", "--force")).toContain('so that has to be "dev".');
  rmSync(out, { recursive: true });
  expect(await run()).not.toContain("cja:sandbox");
  const help = exportCommand().helpInformation().replace(/\s+/g, " ");
  expect(help).toContain("with --sandbox, the setting cja:sandbox has to name that sandbox");
});

test.each([
  [
    ["--data-view", "dv_dev"],
    /--data-view.*cannot be used with.*--sandbox|--sandbox.*cannot be used with.*--data-view/,
  ],
  [["--merge"], /--merge is for segments\. [^]*--force[^]*--stack NAME/],
  [["--tag", "a"], /cannot be used with/],
  [["--format", "json"], /--format json is for segments[^]*--format yaml/],
  [["--environment", "dev"], /belong together/],
  [
    ["--format", "yaml", "--environments", "e.yaml", "--environment", "dev"],
    /--environments is for programs in TypeScript/,
  ],
  [["--format", "yaml", "--single-file"], /--single-file is for programs in TypeScript/],
  [["--prune"], /--prune is for --force/],
  [["--name", "nothing"], /--name "nothing" matches none of 4 audiences; there are "A buyers"/],
  [["--id", UPLOAD], /no audience is left to export; nothing was written\n {2}1 that the Segmentation Service/],
])("an export of a sandbox refuses %j", async (flags, message) => {
  await expect(run(...flags)).rejects.toThrow(message);
  expect(files()).toEqual([]);
});

test("an export says what it needs, and that a sandbox has no audiences", async () => {
  const command = exportCommand({ write: () => undefined, log: () => undefined, environment: {} });
  const parsed = command.exitOverride().parseAsync(["--out", out], { from: "user" });
  await expect(parsed).rejects.toThrow("give --data-view ID, or --sandbox NAME");
  for (const id of [GOLD, BUYERS, NESTED, UPLOAD]) emulator.control.deleteAudience(id);
  await expect(run()).rejects.toThrow('the service lists no audience of the sandbox "dev"');
});

test("what a stack has already is left out", async () => {
  if (process.platform === "win32") return;
  const type = "cja:index:Audience";
  const resources = [{ urn: `urn:pulumi:dev::web::${type}::gold`, type, id: GOLD, outputs: {} }];
  writeFileSync(join(folder, "state.json"), JSON.stringify({ deployment: { resources } }));
  writeFileSync(join(folder, "pulumi"), `#!/bin/sh\ncat '${join(folder, "state.json")}'\n`, { mode: 0o755 });
  const path = process.env["PATH"];
  process.env["PATH"] = `${folder}:${path}`;
  let written = "";
  const command = exportCommand({
    write: (text) => void (written += text),
    log: () => undefined,
    environment: { ...emulator.environment, ...UNLIMITED, PATH: `${folder}:${path}` },
    now: () => 0,
  });
  await command.exitOverride().parseAsync(["--sandbox", "dev", "--out", out, "--stack", "dev"], { from: "user" });
  process.env["PATH"] = path;
  expect(written).toContain("1 that the stack dev already has");
  expect(written).toContain("2 of 4 audiences exported");
});
