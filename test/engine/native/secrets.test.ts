import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reviewCommand } from "../../../cli/review/command";
import { startEmulator, type Emulator } from "../../../emulator";
import { createStack, type Run, type Stack } from "../harness/stack";
import { AUDIENCES, deviceIs, UNLIMITED } from "../programs";
import { WITH_PLUGIN } from "./project";

// As ../secrets.test.ts, through the plugin, which is told what is secret: a canary in every argument and credential. No output, no state,
// no file, no review and no log of the engine may have it.

const CANARY = "canary7f3a";
const canary = (place: string) => `${place}-${CANARY}`;
const DATA_VIEW = canary("dv");
/** In more than one line, and in words that Adobe's pages do not name. */
const EXPRESSION = `person.name.lastName = "${canary("text")}"\n  and fn_${CANARY}(person.birthYear)`;

const program = (url: string, value: string, expression = EXPRESSION) => `
const cja = require("pulumi-cja/native");
const pulumi = require("@pulumi/pulumi");
const secret = (place) => pulumi.secret(place + "-${CANARY}");
const provider = new cja.Provider("own", {
  orgId: "ORG@AdobeOrg", clientId: "client", clientSecret: "client-secret-${CANARY}",
  cjaUrl: "${url}", imsUrl: "${url}", platformUrl: "${url}/data/core/ups",
});
const definition = ${JSON.stringify(deviceIs("VALUE"))};
definition.container.pred.str = secret("${value}");
const one = new cja.Segment("one", {
  name: secret("name"),
  description: secret("description"),
  dataViewId: secret("dv"),
  tags: ["plain", secret("tag")],
  definition,
}, { provider });
new cja.SegmentJob("run", { segmentIds: ${JSON.stringify(AUDIENCES)}, triggers: { release: secret("trigger") } }, { provider });
const people = new cja.Audience("people", {
  name: secret("audience"),
  description: secret("about"),
  expression: pulumi.secret(${JSON.stringify(expression)}),
  mergePolicy: secret("policy"),
  labels: ["plain", secret("label")],
}, { provider });
exports.expression = people.expression;
exports.name = one.name;
exports.definition = one.definition;
`;

describe("secrets of a program with the plugin", () => {
  let emulator: Emulator;
  let stack: Stack;
  const everything = { args: ["--logtostderr", "-v=9"] };
  const files = () =>
    [join(stack.folder, "backend"), stack.stateHome].flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8")),
    );
  /** At `-v=9` the engine itself writes what it answers a program, of any provider, and secrets in clear. */
  const isOfEngine = (line: string) => line.includes("RegisterResource RPC finished: ");
  /** The lines that have it; in no case all of a log. */
  const shownIn = (text: string) =>
    text
      .split("\n")
      .filter((line) => line.includes(CANARY) && !isOfEngine(line))
      .map((line) => line.slice(0, 300));
  const expectHidden = ({ output }: Run) => {
    expect(shownIn(output)).toEqual([]);
    for (const file of files()) expect(shownIn(file)).toEqual([]);
  };
  const repeating = (...places: readonly string[]) => ({
    error_code: "403",
    message: `not for you: ${places.map(canary).join(", ")}`,
  });
  /** As a service that says what it has read, as a whole and in part. */
  const refusedExpression = { error_code: "403", message: `not for you: ${EXPRESSION}, "${canary("text")}"` };

  beforeAll(async () => {
    emulator = await startEmulator({
      limits: false,
      orgId: "ORG@AdobeOrg",
      clientId: "client",
      clientSecret: `client-secret-${CANARY}`,
    });
    emulator.control.addDataView({ id: DATA_VIEW, name: "Secret" });
    emulator.control.setMergePolicies("prod", [{ name: canary("policy"), default: true }]);
    stack = await createStack({ env: UNLIMITED, program: program(emulator.url, "value"), files: WITH_PLUGIN });
  });
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });

  test("are in no log of an expression with a mistake", async () => {
    const mistaken = `person.birthYear occurs <= 3 ${CANARY} before now`;
    stack.setProgram(program(emulator.url, "value", mistaken));
    const run = await stack.preview({ ...everything, fails: true });
    expect(run.output).toContain("expression: line 1, column 30: found a string, expected a unit of time");
    expectHidden(run);
  });

  test("are in no log of an expression that is odd, and that the service refuses with its words", async () => {
    stack.setProgram(program(emulator.url, "value"));
    const fault = { method: "POST", path: "/segment/conversion", status: 400, body: refusedExpression } as const;
    emulator.control.addFault(fault);
    const run = await stack.preview({ ...everything, fails: true });
    expect(run.output).toContain("the service refuses the expression: not for you: ");
    expect(run.output).toContain("column 7: found a string, a function that Adobe's pages do not name");
    expectHidden(run);
  });

  test("are in no preview and no review", async () => {
    const preview = await stack.preview({ args: ["--json"] });
    expect(shownIn(preview.output)).toEqual([]);
    const file = join(stack.folder, "preview.json");
    writeFileSync(file, preview.stdout);
    let seen = "";
    const terminal = {
      write: (text: string) => void (seen += text),
      log: (line: string) => void (seen += line),
      standardInput: async () => "",
      environment: {},
      exit: () => undefined,
    };
    const page = join(stack.folder, "review.html");
    await reviewCommand(terminal).parseAsync([file, "--format", "markdown", "--html", page], { from: "user" });
    expect(seen.length).toBeGreaterThan(100);
    expect(shownIn(seen + readFileSync(page, "utf8"))).toEqual([]);
  });

  test("are in no log of a creation that the service refuses with their words", async () => {
    const body = repeating("name", "description", "value", "tag", "dv", "client-secret");
    emulator.control.addFault({ method: "POST", path: "^/segments$", status: 403, body });
    emulator.control.addFault({ method: "POST", path: "/audiences$", status: 403, body: refusedExpression });
    const run = await stack.up({ ...everything, fails: true });
    expect(run.output).toContain("not for you: ");
    expectHidden(run);
  });

  test("are in no log and no state of what is made, and the program's own outputs stay secret", async () => {
    const run = await stack.up(everything);
    expectHidden(run);
    expect(emulator.control.segments()).toMatchObject([{ name: canary("name"), dataViewId: DATA_VIEW }]);
    expect(emulator.control.audiences()).toMatchObject([{ name: canary("audience"), expression: EXPRESSION }]);
    for (const output of ["name", "definition", "expression"])
      expect(stack.outputs()[output]).toHaveProperty("ciphertext");
    expect(shownIn((await stack.pulumi(["stack", "output", "--json", "--stack", stack.name])).output)).toEqual([]);
  });

  test("are in no log of a refresh that shows drift", async () => {
    const [segment] = emulator.control.segments();
    const [audience] = emulator.control.audiences();
    emulator.control.editSegment(segment?.id ?? "", { description: `edited ${canary("name")}` });
    emulator.control.editAudience(audience?.id ?? "", { expression: `person.name = "edited ${canary("text")}"` });
    expectHidden(await stack.refresh(everything));
    expect((await stack.up()).changes).toEqual({ update: 2, same: 1 });
  });
});
