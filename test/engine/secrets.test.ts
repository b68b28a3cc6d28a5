import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reviewCommand } from "../../cli/review/command";
import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Run, type Stack } from "./harness/stack";
import { AUDIENCES, deviceIs, UNLIMITED } from "./programs";

// A canary stands in every argument that a program may keep secret, and the service repeats all of them in every refusal. No
// output, no state, no file and no review may have it.

const CANARY = "canary7f3a";
const canary = (place: string) => `${place}-${CANARY}`;
const DATA_VIEW = canary("dv");
/** A sandbox that the emulator has. */
const SANDBOX = "stage";
const refusing = (...repeated: readonly string[]) => ({
  error_code: "403",
  message: `not for you: ${repeated.join(", ")}, and no more`,
});
const ofSegment = refusing(...["name", "description", "value", "tag"].map(canary), DATA_VIEW);
/** In more than one line, and in words that Adobe's pages do not name. */
const EXPRESSION = `person.name.lastName = "${canary("text")}"\n  and fn_${CANARY}(person.birthYear)`;
const ofAudience = (expression = EXPRESSION) =>
  refusing(expression, `"${canary("text")}"`, ...["audience", "about", "policy"].map(canary));
const ofJob = refusing(`"${SANDBOX}"`, canary("trigger"));

const program = (more = "", expression = EXPRESSION) => `
const cja = require("pulumi-cja");
const pulumi = require("@pulumi/pulumi");
const secret = (place) => pulumi.secret(place + "-${CANARY}");
const definition = ${JSON.stringify(deviceIs("VALUE"))};
definition.container.pred.str = secret("value");
new cja.Segment("one", {
  name: secret("name"),
  description: secret("description"),
  dataViewId: secret("dv"),
  tags: ["plain", secret("tag")],
  definition,
});
new cja.SegmentJob("run", {
  segmentIds: ${JSON.stringify(AUDIENCES)},
  sandbox: pulumi.secret("${SANDBOX}"),
  triggers: { release: secret("trigger") },
});
new cja.Audience("people", {
  name: secret("audience"),
  description: secret("about"),
  expression: pulumi.secret(${JSON.stringify(expression)}),
  mergePolicy: secret("policy"),
  labels: ["plain", secret("label")],
});
${more}`;

const filesIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [`${path}\n${readFileSync(path, "utf8")}`];
  });

let emulator: Emulator;
let stack: Stack;
beforeAll(async () => {
  emulator = await startEmulator({ limits: false });
  emulator.control.addDataView({ id: DATA_VIEW, name: "Secret" });
  emulator.control.setMergePolicies("prod", [{ name: canary("policy"), default: true }]);
  stack = await createStack({ env: { ...emulator.environment, ...UNLIMITED }, program: program() });
});
afterAll(async () => {
  await stack.dispose();
  await emulator.close();
});
afterEach(() => {
  emulator.control.setVerdict(null);
  emulator.control.clearFaults();
});

/** What a run printed says that something was refused, and not what. */
function expectHidden({ output }: Run, said = "not for you: [redacted]"): void {
  expect(output).toContain(said);
  expect(output).not.toContain(CANARY);
  for (const file of filesIn(stack.stateHome)) expect(file).not.toContain(CANARY);
}

async function reviewOf(preview: string): Promise<string> {
  const file = join(stack.folder, "preview.json");
  writeFileSync(file, preview);
  let seen = "";
  for (const format of ["markdown", "text", "json"]) {
    const terminal = {
      write: (text: string) => void (seen += text),
      log: (line: string) => void (seen += line),
      standardInput: async () => "",
      environment: {},
      exit: () => undefined,
    };
    const page = join(stack.folder, "review.html");
    await reviewCommand(terminal).parseAsync([file, "--format", format, "--html", page], { from: "user" });
    seen += readFileSync(page, "utf8");
  }
  return seen;
}

test("a preview that is refused, and its review", async () => {
  emulator.control.setVerdict({ valid: false, message: `no such value: ${canary("value")}` });
  const preview = await stack.preview({ args: ["--json"], fails: true });
  expectHidden(preview, "no such value: [redacted]");
  const seen = await reviewOf(preview.stdout);
  expect(seen).toContain("no such value: [redacted]");
  expect(seen).not.toContain(CANARY);

  emulator.control.addFault({ method: "POST", path: "/segments/validate", status: 403, body: ofSegment });
  expectHidden(await stack.preview({ fails: true }));
});

test("an expression with a mistake", async () => {
  stack.setProgram(program("", `person.birthYear occurs <= 3 ${CANARY} before now`));
  expectHidden(await stack.preview({ fails: true }), "line 1, column 30: found a string, expected a unit of time");
});

test("an expression that is odd, and that the service refuses", async () => {
  // What the first preview has had called valid is not asked for again.
  const expression = `${EXPRESSION} and true`;
  stack.setProgram(program("", expression));
  emulator.control.addFault({ method: "POST", path: "/segment/conversion", status: 400, body: ofAudience(expression) });
  const preview = await stack.preview({ fails: true });
  expectHidden(preview, "the service refuses the expression: not for you: [redacted]");
  expect(preview.output).toContain("column 7: found a string, a function that Adobe's pages do not name");
});

test("a plan, and its review", async () => {
  stack.setProgram(program());
  const preview = await stack.preview({ args: ["--json"] });
  expect(preview.output).not.toContain(CANARY);
  expect(await reviewOf(preview.stdout)).not.toContain(CANARY);
});

test("a creation that is refused", async () => {
  emulator.control.addFault({ method: "POST", path: "/segments$", status: 403, body: ofSegment });
  emulator.control.addFault({ method: "POST", path: "/segment/jobs", status: 403, body: ofJob });
  emulator.control.addFault({ method: "POST", path: "/audiences$", status: 403, body: ofAudience() });
  const run = await stack.up({ fails: true });
  expectHidden(run);
  expect(run.output).toContain('not for you: "[redacted]", [redacted], and no more');
});

test("a state", async () => {
  await stack.up();
  const state = () =>
    readFileSync(join(stack.folder, "backend", ".pulumi", "stacks", stack.project, `${stack.name}.json`), "utf8");
  for (const text of [CANARY, `"${SANDBOX}"`]) expect(state()).not.toContain(text);
  // What the service says of a secret is secret, too, and stays readable for the provider.
  expect(stack.resource("run").outputs?.["sandboxName"]).toMatchObject({ ciphertext: expect.any(String) as string });
  expect(stack.resource("people").outputs?.["expression"]).toMatchObject({
    ciphertext: expect.any(String) as string,
  });
  const isHidden = { ciphertext: expect.any(String) as string };
  const expectHiddenDigests = () => {
    // By a digest in clear a guess could be tried.
    expect(stack.resource("people").outputs).toMatchObject({ expressionDigest: isHidden });
    expect(stack.resource("one").outputs).toMatchObject({ definitionDigest: isHidden });
  };
  expectHiddenDigests();
  const { output } = await stack.refresh();
  expect(output).not.toContain(CANARY);
  expectHiddenDigests();
  expect(state()).not.toContain(CANARY);
  await stack.preview({ args: ["--expect-no-changes"] });
});

test("an update, a refresh and a destroy that are refused", async () => {
  const [segment] = emulator.control.segments();
  const [audience] = emulator.control.audiences();
  emulator.control.addFault({ method: "PUT", path: "/segments/", status: 403, body: ofSegment });
  stack.setProgram(program().replace('secret("description")', 'secret("other")'));
  expectHidden(await stack.up({ fails: true }));

  emulator.control.addFault({ method: "GET", path: "/segments", status: 403, body: ofSegment, times: 20 });
  emulator.control.addFault({ method: "GET", path: "/audiences", status: 403, body: ofAudience(), times: 20 });
  expectHidden(await stack.refresh({ fails: true }));
  emulator.control.clearFaults();

  emulator.control.editSegment(segment?.id ?? "", { name: `edited ${canary("name")}` });
  emulator.control.editAudience(audience?.id ?? "", { expression: `person.name = "edited ${canary("text")}"` });
  const drift = await stack.pulumi(["refresh", "--preview-only", "--json", "--stack", stack.name]);
  expect(await reviewOf(drift.stdout)).not.toContain(CANARY);

  emulator.control.addFault({ method: "DELETE", path: "/segments/", status: 403, body: ofSegment, times: 5 });
  emulator.control.addFault({ method: "DELETE", path: "/audiences/", status: 403, body: ofAudience(), times: 5 });
  expectHidden(await stack.destroy({ fails: true }));
});

test("a lookup that finds nothing, or is refused", async () => {
  const look = (name: string) => `cja.getSegmentOutput({ name: pulumi.secret("${name}"), dataViewId: secret("dv") });`;
  stack.setProgram(program(look(canary("sought"))));
  const missing = await stack.preview({ fails: true });
  expect(missing.output).toContain("[secret]");
  expect(missing.output).not.toContain(CANARY);
  stack.setProgram(program(`cja.getSegmentOutput({ id: pulumi.secret("a b ${"x".repeat(50)}${CANARY} and so on") });`));
  expect((await stack.preview({ fails: true })).output).not.toContain(CANARY.slice(0, 6));
});

test("no request has a secret where it does not belong", () => {
  for (const { method, path, query, body, headers } of emulator.control.requests() as unknown as {
    method: string;
    path: string;
    query: Record<string, string>;
    body: unknown;
    headers: Record<string, string>;
  }[]) {
    expect(path.replaceAll(DATA_VIEW, "")).not.toContain(CANARY);
    const { "x-sandbox-name": _sandbox, ...others } = headers;
    expect(JSON.stringify(others)).not.toContain(CANARY);
    const { rsid: _r, rsids: _s, dataIds: _d, name: _n, ...rest } = query;
    expect(JSON.stringify(rest)).not.toContain(CANARY);
    if (path.startsWith("/ims")) expect(JSON.stringify(body)).not.toContain(CANARY);
    expect(method).toMatch(/^(GET|POST|PUT|PATCH|DELETE)$/);
  }
});
