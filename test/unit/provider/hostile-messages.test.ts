import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { dynamicProvider } from "../../../provider/dynamic/resource-provider";
import { NotFoundError } from "../../../provider/http/errors";
import { StartedButFailedError, type Lifecycle } from "../../../provider/lifecycle";
import { openStores } from "../../../provider/stores";
import { createRuntime } from "../../../provider/runtime";
import { parseSettings } from "../../../model/settings/settings";
import { lookupError, redactValues, originalTextOf } from "../../../sdk/lookup/lookup-error";
import { endProgram } from "../../../sdk/end-program";
import { fc, samples } from "../../properties";
import { HOSTILE, obeyed } from "../obeyed";
import { InstantClock } from "./http/virtual-clock";

const part = fc.oneof(fc.constantFrom(...HOSTILE, "\n", ":", "#"), fc.string({ unit: "binary" }));
const text = fc.array(part, { minLength: 1 }).map((parts) => parts.join(""));
const checks = { numRuns: samples(1000) };

const STEPS = ["check", "diff", "create", "read", "update", "delete"] as const;
const values = { name: "x" };

/** Whatever the engine prints of a step that throws. */
async function told(step: (typeof STEPS)[number], thrown: unknown): Promise<string> {
  const each = async () => {
    throw thrown;
  };
  const life = Object.fromEntries(STEPS.map((name) => [name, each])) as unknown as Lifecycle;
  const process = { mistakes: [], redact: (words: string) => words, keepSecret: () => undefined };
  const provider = dynamicProvider(
    () => undefined,
    () => process,
    () => life,
  );
  const asked: Readonly<Record<string, () => unknown>> = {
    check: () => provider.check?.({}, values),
    diff: () => provider.diff?.("id", values, values),
    create: () => provider.create(values),
    read: () => provider.read?.("id", values),
    update: () => provider.update?.("id", values, values),
    delete: () => provider.delete?.("id", values),
  };
  try {
    const { failures = [] } = (await asked[step]?.()) as pulumi.dynamic.CheckResult;
    return failures.map(({ reason }) => reason).join("\n");
  } catch (error) {
    const { message, stack, reasons = [] } = error as Error & { reasons?: readonly string[] };
    return [message, String(error), stack, ...reasons].join("\n");
  }
}

test("no error of the provider is obeyed, whatever the service has said", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...STEPS), text, async (step, words) => {
      const failure = { operation: words, method: "GET", path: words, happened: words };
      for (const thrown of [
        new NotFoundError(failure),
        new StartedButFailedError("j1", {}, [words, words]),
        new Error(words),
        words,
      ]) {
        const said = await told(step, thrown);
        expect(said).not.toBe("");
        expect(obeyed(said)).toEqual([]);
      }
    }),
    checks,
  );
});

test("no mistake in arguments is obeyed", async () => {
  const life = {
    check: async () => ({ inputs: {}, mistakes: HOSTILE.map((message) => ({ path: message, message })) }),
  };
  const provider = dynamicProvider(
    () => undefined,
    () => ({ mistakes: [], redact: (words: string) => words, keepSecret: () => undefined }),
    () => life as unknown as Lifecycle,
  );
  const { failures = [] } = (await provider.check?.({}, values)) ?? {};
  expect(failures).toHaveLength(1);
  expect(obeyed(failures.map(({ reason }) => reason).join("\n"))).toEqual([]);
});

test("no line that the provider writes is obeyed", () => {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-messages-"));
  const lines: string[] = [];
  const clock = new InstantClock();
  createRuntime(parseSettings({}, { CJA_ORG_ID: "ORG@AdobeOrg", CJA_ACCESS_TOKEN: "canary" }), {
    clock,
    random: () => 0.5,
    newId: () => "id",
    print: (line) => void lines.push(line),
    userAgent: "test",
    self: { pid: 1 },
    isAlive: async () => true,
    openStores: (settings, print) => {
      for (const words of HOSTILE) print(words);
      return openStores(settings, { XDG_STATE_HOME: folder }, clock, print);
    },
  });
  rmSync(folder, { recursive: true });
  expect(lines).toHaveLength(HOSTILE.length);
  expect(obeyed(lines.join("\n"))).toEqual([]);
});

test("no error of a lookup or a program is obeyed, and a secret in it is known all the same", () => {
  fc.assert(
    fc.property(text, (words) => {
      expect(obeyed([lookupError(words).message, lookupError(words).stack].join("\n"))).toEqual([]);
      const secret = `canary ${words}`;
      expect(redactValues(originalTextOf(lookupError(`found <${secret}>`)), { name: secret })).toBe("found <[secret]>");
    }),
    checks,
  );
  let said = "";
  try {
    endProgram(HOSTILE.join("\n"));
  } catch (error) {
    said = String(error);
  }
  expect(said).toContain("pwned");
  expect(obeyed(said)).toEqual([]);
});
