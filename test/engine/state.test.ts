import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Stack } from "./harness/stack";
import { AUDIENCES, deviceIs, program, UNLIMITED } from "./programs";

const SECRET = "s3cr3t-of-this-test";
const definition = deviceIs("A device with quite a long name, so that all is 250 bytes of JSON: 123456x");

const everyFile = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? everyFile(path) : [path];
  });

describe("what is kept in state, and what is not", () => {
  let emulator: Emulator;
  let stack: Stack;
  const resources = {
    one: ["Segment", { name: "One", dataViewId: "dv_dev", definition, description: "The first of two" }],
    two: ["Segment", { name: "Two", dataViewId: "dv_dev", definition: deviceIs("Phone") }],
    job: ["SegmentJob", { segmentIds: AUDIENCES }],
  } as const;

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false, clientSecret: SECRET });
    const { CJA_CLIENT_SECRET: _secret, ...rest } = emulator.environment;
    stack = await createStack({ env: { ...rest, ...UNLIMITED }, program: program(resources) });
    await stack.setConfig({ "cja:clientSecret": SECRET }, { secret: true });
  });
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });

  test("the provider text is short, one for a class, and frozen", async () => {
    await stack.up();
    const text = (name: string) => stack.resource(name).outputs?.["__provider"];
    // Stands in the state of every user: not one character of it may change.
    expect(text("one")).toBe('exports.handler = () => require("pulumi-cja/provider").segment');
    expect(text("two")).toBe(text("one"));
    expect(text("job")).toBe('exports.handler = () => require("pulumi-cja/provider").segmentJob');
    expect(stack.resource("one").inputs?.["__provider"]).toBe(text("one"));
  });

  test("a segment of a 250-byte definition takes at most 2.0 KB", () => {
    expect(JSON.stringify(definition)).toHaveLength(250);
    const {
      stackTrace: _t,
      sourcePosition: _p,
      name: _n,
      ...entry
    } = stack.resource("one") as unknown as Record<string, unknown>;
    expect(JSON.stringify(entry).length).toBeLessThanOrEqual(2048);
  });

  test("no secret and no token is in state, in preview --json, in any output or error, nor in the names of the shared files", async () => {
    stack.setProgram(program({ ...resources, one: ["Segment", { ...resources.one[1], name: "Other" }] }));
    emulator.control.addFault({
      method: "PUT",
      status: 400,
      body: { error_code: "400000", message: `what is ${SECRET}?` },
    });
    const failed = await stack.up({ fails: true });
    expect(failed.output).toContain("what is [redacted]?");
    emulator.control.addFault({
      method: "POST",
      path: "/ims/token/v3",
      status: 400,
      body: { error: "invalid_client", error_description: SECRET },
    });
    emulator.control.revokeTokens();
    const refused = await stack.up({ fails: true });
    const preview = await stack.previewJson();
    const tokens = everyFile(stack.stateHome)
      .filter((path) => path.includes("token"))
      .map((path) => (JSON.parse(readFileSync(path, "utf8")) as { token: string }).token);
    expect(tokens).toHaveLength(1);
    const state = readFileSync(
      join(stack.folder, "backend", ".pulumi", "stacks", stack.project, `${stack.name}.json`),
      "utf8",
    );
    const seen = [failed.output, refused.output, JSON.stringify(preview), state, ...everyFile(stack.stateHome)].join(
      "\n",
    );
    for (const secret of [SECRET, ...tokens, "Bearer "]) expect(seen).not.toContain(secret);
    expect(everyFile(stack.stateHome).map((path) => statSync(path).mode & 0o077)).not.toContain(0o044);
  });
});
