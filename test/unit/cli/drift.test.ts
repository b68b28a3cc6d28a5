import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { driftCommand, withWaitNotice } from "../../../cli/drift";
import { fc, samples } from "../../properties";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "pulumi-cja-drift-"))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs it with a `pulumi` that prints a text and ends with a status. */
async function drift(output: string, status: number, args: readonly string[] = [], sleep = endless) {
  const told = { out: "", said: [] as string[], status: undefined as number | undefined, error: "" };
  writeFileSync(join(folder, "output"), output);
  writeFileSync(join(folder, "pulumi"), `#!/bin/sh\ncat '${folder}/output'\nexit ${status}\n`);
  chmodSync(join(folder, "pulumi"), 0o755);
  const command = driftCommand(
    {
      write: (text) => void (told.out += text),
      environment: { PATH: `${folder}:${process.env["PATH"] ?? ""}` },
      exit: (code) => void (told.status = code),
    },
    { log: (line) => void told.said.push(line), sleep },
  );
  await command.parseAsync(args, { from: "user" }).catch((error: unknown) => {
    told.error = error instanceof Error ? error.message : String(error);
  });
  return told;
}

const endless = () => new Promise<unknown>(() => undefined);
const STACK = { op: "refresh", urn: "urn:pulumi:prod::web::pulumi:pulumi:Stack::web-prod" };
const clean = JSON.stringify({ steps: [STACK], duration: 1 });

test("no drift is 0, and so is a stack in which nothing is deployed", async () => {
  expect(await drift(clean, 0)).toMatchObject({ status: 0, error: "", said: [] });
  const empty = await drift('{"duration":1}', 0);
  expect(empty).toMatchObject({ status: 0, error: "" });
  expect(empty.out).toContain("nothing is deployed");
});

test("a folder that is not there is said", async () => {
  const there = join(folder, "none");
  expect((await drift(clean, 0, ["-C", there])).error).toBe(`there is no folder ${there}`);
  expect((await drift(clean, 0, ["-C", join(folder, "output")])).error).toMatch(/^there is no folder/);
});

test.each(["", "error: no stack selected\n"])("pulumi fails with %j: nothing is reported", async (output) => {
  const { out, said, error } = await drift(output, 255);
  expect(error).toBe("pulumi failed: see its output above");
  expect(out).toBe("");
  expect(said).toEqual(output === "" ? [] : ["error: no stack selected"]);
});

test("pulumi fails, and says no reason in what it prints: that is not taken for no drift", async () => {
  expect(await drift(clean, 255)).toMatchObject({ error: "pulumi failed: see its output above", status: undefined });
  expect((await drift('{"duration":1}', 255)).error).toBe("pulumi failed: see its output above");
});

test.each([
  ["a plan", JSON.stringify({ steps: [{ ...STACK, op: "same" }], duration: 1 })],
  [
    "a refresh with a step that nobody knows",
    JSON.stringify({ steps: [STACK, { op: "ponder", urn: `${STACK.urn}x` }] }),
  ],
  ["a refresh beside a plan", `${clean}\n${JSON.stringify({ steps: [{ ...STACK, op: "same" }] })}`],
])("%s is not taken for no drift", async (_, output) => {
  const { error, status } = await drift(output, 0);
  expect([error, status]).toEqual([
    expect.stringMatching(/^the output of pulumi refresh .* does not show everything/),
    undefined,
  ]);
});

test.each(['{"result":"succeeded","duration":1,"summary":{"same":2}}', '{"version":3,"deployment":{}}', "{}"])(
  "%s is not taken for no drift",
  async (output) => {
    const { status, error } = await drift(output, 0);
    expect(error !== "" || status === 1).toBe(true);
  },
);

test("nor is anything that has what no refresh is known to print", async () => {
  const whole = fc.constantFrom(clean, '{"duration":1}');
  await fc.assert(
    fc.asyncProperty(whole, fc.string({ minLength: 1 }), fc.jsonValue(), async (text, key, value) => {
      const { status, error } = await drift(
        JSON.stringify({ ...(JSON.parse(text) as object), [`new ${key}`]: value }),
        0,
      );
      expect(error !== "" || status === 1).toBe(true);
    }),
    { numRuns: samples(1000) },
  );
});

test("a failure that pulumi tells is reported", async () => {
  const text = JSON.stringify({ diagnostics: [{ severity: "error", message: "no passphrase" }] });
  const { out, status, error } = await drift(text, 255);
  expect({ status, error }).toEqual({ status: 1, error: "" });
  expect(out).toContain("no passphrase");
});

test("a long wait is said", async () => {
  const { said } = await drift(clean, 0, ["--stack", "prod"], async () => undefined);
  expect(said).toEqual([expect.stringMatching(/^pulumi-cja: still waiting for pulumi refresh .*--stack prod …$/)]);
});

test("the wait is ten seconds, and is given up when the work is done or has failed", async () => {
  for (const work of [Promise.resolve(1), Promise.reject(new Error("no"))]) {
    const waits: { ms: number; signal: AbortSignal }[] = [];
    const said: string[] = [];
    const sleep = (ms: number, signal: AbortSignal) => {
      waits.push({ ms, signal });
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));
    };
    await withWaitNotice("it", work, { sleep, log: (line) => void said.push(line) }).catch(() => undefined);
    expect(waits).toEqual([{ ms: 10_000, signal: expect.objectContaining({ aborted: true }) as AbortSignal }]);
    expect(said).toEqual([]);
  }
});
