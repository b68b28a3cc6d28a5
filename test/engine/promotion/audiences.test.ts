/** Sixty audiences that name each other, from dev to stage to prod: three sandboxes with IDs and merge policies of their own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { compareCommand } from "../../../cli/compare/command";
import { startEmulator, type Emulator } from "../../../emulator";
import { pulumiEnvironment } from "../harness/project";
import { Stack } from "../harness/stack";
import { PLUGIN_FOLDER } from "../../provider-process/plugin-process";
import { UNLIMITED } from "../programs";

const DEPTH = 4;
const CHAINS = 15;
const COUNT = DEPTH * CHAINS;
/** The merge policies of each environment: the last chain has the second one. */
const POLICIES = {
  dev: ["Everything", "Devices"],
  stage: ["Stage only", "Stage devices"],
  prod: ["Web first", "Devices"],
} as const;
type Name = keyof typeof POLICIES;
const NAMES = Object.keys(POLICIES) as Name[];
const policyOf = (name: Name, chain: number) => POLICIES[name][chain === CHAINS - 1 ? 1 : 0];

const ENVIRONMENTS = NAMES.map(
  (name) =>
    `${name}:\n  sandboxes: { main: ${name} }\n  mergePolicies: { usual: ${POLICIES[name][0]}, last: ${POLICIES[name][1]} }\n`,
).join("");

/** Chain 0 … 14; the first one of each names nobody, and each other one the one before it. In odd chains they are JSON. */
const program = (city: string) => `
const pulumi = require("@pulumi/pulumi");
// One of the sandboxes goes through the plugin.
const cja = require(pulumi.getStack() === "stage" ? "pulumi-cja/native" : "pulumi-cja");
const env = cja.Environment.load();
const sandbox = env.sandbox("main");
const literal = (value) => ({ nodeType: "literal", literalType: "String", value });
const apply = (fnName, ...params) => ({ nodeType: "fnApply", fnName, params });
const ids = [];
for (let chain = 0; chain < ${CHAINS}; chain++) {
  const mergePolicy = env.mergePolicy(chain === ${CHAINS - 1} ? "last" : "usual");
  let before;
  for (let depth = 0; depth < ${DEPTH}; depth++) {
    const expression = before === undefined
      ? \`homeAddress.city = "\${chain === 0 ? ${JSON.stringify(city)} : "City " + chain}"\`
      : chain % 2 === 0
        ? pulumi.interpolate\`inSegment("\${before.id}") and not inSegment("\${ids[0]}")\`
        : apply("and", apply("inSegment", literal(before.id)), apply("not", apply("inSegment", literal(ids[0]))));
    before = new cja.Audience(\`a\${chain}-\${depth}\`, { name: \`Audience \${chain}-\${depth}\`, expression, mergePolicy, sandbox });
    ids.push(before.id);
  }
}
new cja.SegmentJob("evaluation", { segmentIds: ids.slice(0, 20), sandbox, triggers: { release: "1" } });
`;

let emulator: Emulator;
let folder: string;
const stacks = new Map<Name, Stack>();

beforeAll(async () => {
  emulator = await startEmulator({ limits: false });
  for (const name of NAMES)
    emulator.control.setMergePolicies(name, [
      { name: "Default", default: true },
      ...POLICIES[name].map((policy) => ({ name: policy })),
    ]);
  const parent = resolve(__dirname, "../../../.tmp/engine");
  mkdirSync(parent, { recursive: true });
  folder = mkdtempSync(join(parent, "audiences-"));
  for (const path of ["backend", "events"]) mkdirSync(join(folder, path));
  const files = {
    "Pulumi.yaml": JSON.stringify({
      name: "audiences",
      runtime: { name: "nodejs", options: { typescript: false } },
      plugins: { providers: [{ name: "cja", path: PLUGIN_FOLDER }] },
    }),
    "package.json": JSON.stringify({ name: "audiences", private: true, main: "index.js" }),
    "environments.yaml": ENVIRONMENTS,
    "index.js": program("Berlin"),
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
});
afterAll(async () => {
  for (const stack of stacks.values()) await stack.dispose();
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => emulator.control.clearRequests());

async function stackOf(name: Name): Promise<Stack> {
  const known = stacks.get(name);
  if (known) return known;
  // The sandbox is the program's own.
  const { CJA_SANDBOX: _, ...settings } = emulator.environment as Record<string, string>;
  const made = new Stack(folder, { env: { ...settings, ...UNLIMITED }, name, project: "audiences" });
  stacks.set(name, made);
  await made.pulumi(["stack", "init", name]);
  return made;
}

const audiencesIn = (name: Name) => emulator.control.audiences().filter(({ sandbox }) => sandbox === name);
/** What was sent to change something. */
const writes = () =>
  emulator.control
    .requests()
    .filter(({ method, path }) => method !== "GET" && !/^\/ims\/|(bulk-get|conversion)$/.test(path));

it.each(NAMES)(
  "up in %s: every ID is that sandbox's, in every place, and the merge policy is its own",
  async (name) => {
    const up = await (await stackOf(name)).up();
    expect(up.changes).toEqual({ create: COUNT + 1 });
    const made = new Map(audiencesIn(name).map((audience) => [audience.name, audience]));
    expect(made.size).toBe(COUNT);
    const idOf = (chain: number, depth: number) => made.get(`Audience ${chain}-${depth}`)?.id;
    for (let chain = 0; chain < CHAINS; chain += 1) {
      for (let depth = 0; depth < DEPTH; depth += 1) {
        const { dependencies, mergePolicy, expression } = made.get(`Audience ${chain}-${depth}`) ?? {};
        const expected = depth === 0 ? [] : [...new Set([idOf(chain, depth - 1), idOf(0, 0)])];
        expect([chain, depth, dependencies, mergePolicy]).toEqual([chain, depth, expected, policyOf(name, chain)]);
        expect(typeof expression).toBe(depth === 0 || chain % 2 === 0 ? "string" : "object");
      }
    }
    expect(
      writes()
        .map(({ path }) => path.replace(/^.*\//, ""))
        .sort(),
    ).toEqual([...Array<string>(COUNT).fill("audiences"), "jobs"]);
    const [job] = emulator.control.jobs().filter(({ sandbox }) => sandbox === name);
    const first20 = Array.from({ length: 20 }, (_, index) => idOf(Math.floor(index / DEPTH), index % DEPTH));
    expect([...(job?.segmentIds ?? [])].sort()).toEqual(first20.sort());
  },
);

/** What `pulumi-cja compare` says, in this process. */
async function compared(...sides: readonly string[]) {
  const told = { out: "", status: 0 };
  const command = compareCommand({
    write: (text) => void (told.out += text),
    log: () => undefined,
    environment: { ...pulumiEnvironment(folder), ...emulator.environment, ...UNLIMITED },
    exit: (status) => void (told.status = status),
  });
  const flags = ["--environments", join(folder, "environments.yaml"), "--cwd", folder];
  await command.exitOverride().parseAsync([...sides, ...flags], { from: "user" });
  return told;
}

it.each([
  ["stack:dev", "stack:stage"],
  ["stack:stage", "stack:prod"],
  ["stack:prod", "sandbox:prod"],
  ["sandbox:dev", "sandbox:stage"],
])("%s and %s are the same: only their environments differ", async (a, b) => {
  expect(await compared(a, b)).toEqual({ status: 0, out: `${a} and ${b}: ${COUNT} the same\n` });
});

it("one changed expression is one write, and a second run writes nothing", async () => {
  writeFileSync(join(folder, "index.js"), program("Hamburg"));
  const stack = await stackOf("prod");
  expect((await stack.up()).changes).toEqual({ same: COUNT, update: 1 });
  expect(writes()).toHaveLength(1);
  const changed = audiencesIn("prod").filter(({ expression }) => JSON.stringify(expression).includes("Hamburg"));
  expect(changed.map(({ name }) => name)).toEqual(["Audience 0-0"]);
  emulator.control.clearRequests();
  expect((await stack.up()).changes).toEqual({ same: COUNT + 1 });
  expect(emulator.control.requests()).toEqual([]);
  expect(await compared("stack:stage", "stack:prod")).toEqual({
    status: 2,
    out: `stack:stage and stack:prod: ${COUNT - 1} the same, 1 different

Different: Audience 0-0 [a0-0]
  - homeAddress.city is "Berlin"
  + homeAddress.city is "Hamburg"
`,
  });
});

it("a sandbox without one of the merge policies fails before the first write", async () => {
  const stack = await stackOf("stage");
  await stack.destroy();
  emulator.control.setMergePolicies("stage", [{ name: "Default", default: true }, { name: POLICIES.stage[0] }]);
  emulator.control.clearRequests();
  const { output } = await stack.up({ fails: true, preview: true });
  expect(output).toContain(
    'mergePolicy: found "Stage devices", but the sandbox "stage" has no merge policy of that name',
  );
  expect([writes(), audiencesIn("stage")]).toEqual([[], []]);
});
