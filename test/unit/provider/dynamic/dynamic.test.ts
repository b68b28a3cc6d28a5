import type * as pulumi from "@pulumi/pulumi";
import { segment } from "../../../../provider";
import { dynamicProvider } from "../../../../provider/dynamic/resource-provider";
import { NotFoundError } from "../../../../provider/http/errors";
import { StartedButFailedError, type Lifecycle } from "../../../../provider/lifecycle";
import type { ProviderContext } from "../../../../provider/resource-steps";

const PROVIDER = "the text that names the code";
const fine: ProviderContext = {
  mistakes: [],
  redact: (text) => text.replaceAll("hunter2", "[redacted]"),
  keepSecret: () => undefined,
};

/** A lifecycle whose every step does the same. */
const always = (step: () => never): Lifecycle => {
  const each = async () => step();
  return { check: each, diff: each, create: each, read: each, update: each, delete: each };
};

const throwing = (error: unknown) =>
  always(() => {
    throw error;
  });

const door = (lifecycle: Lifecycle, process = fine) =>
  dynamicProvider(
    () => undefined,
    () => process,
    () => lifecycle,
  );

type Step = "check" | "diff" | "create" | "read" | "update" | "delete";
const THROWN: readonly Step[] = ["diff", "create", "read", "update", "delete"];
const values = { name: "x", __provider: PROVIDER };

const run = (provider: pulumi.dynamic.ResourceProvider, step: Step): Promise<unknown> => {
  switch (step) {
    case "check":
      return Promise.resolve(provider.check?.({}, values));
    case "create":
      return provider.create(values);
    case "diff":
      return Promise.resolve(provider.diff?.("id", values, values));
    case "read":
      return Promise.resolve(provider.read?.("id", values));
    case "update":
      return Promise.resolve(provider.update?.("id", values, values));
    case "delete":
      return Promise.resolve(provider.delete?.("id", values));
  }
};

const failure = async (provider: pulumi.dynamic.ResourceProvider, step: Step): Promise<Error> => {
  const error: unknown = await run(provider, step).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new Error(`${step} did not throw an Error`);
  return error;
};

const notFound = new NotFoundError({
  operation: "read segment s1",
  method: "GET",
  path: "/segments/s1",
  happened: "secret hunter2",
});
const NOT_FOUND =
  "Could not read segment s1 (GET /segments/s1): secret [redacted]. Check the ID and the organisation (cja:orgId). If the request names no ID, check the URLs in the settings (cja:cjaUrl, cja:platformUrl).";

describe("an error that the message explains", () => {
  test("of a check is a failure of the resource, which the engine prints once", async () => {
    expect(await run(door(throwing(notFound)), "check")).toEqual({
      inputs: { name: "x" },
      failures: [{ property: "", reason: NOT_FOUND }],
    });
  });

  test.each(THROWN)("of %s has the message, and for the line that the host prints a few words", async (step) => {
    const error = await failure(door(throwing(notFound)), step);
    expect(error.message).toBe(NOT_FOUND);
    expect(`${String(error)}: ${error.stack}`).toBe(
      "Could not read segment s1: see the error reported on the resource",
    );
  });

  test("is told in full once: wrong credentials fail every resource in the same words", async () => {
    const provider = door(throwing(notFound));
    expect((await failure(provider, "read")).message).toBe(NOT_FOUND);
    expect((await failure(provider, "delete")).message).toBe(
      "Could not read segment s1: same cause as the error reported on another resource.",
    );
  });
});

describe("an error that nobody expected", () => {
  test.each([...THROWN, "check"] as const)(
    "of %s has its stack in the message, and asks to be reported",
    async (step) => {
      const error = await failure(door(throwing(new TypeError("x of hunter2"))), step);
      expect(error.message).toMatch(
        /^TypeError: x of \[redacted\]\n +at .*dynamic\.test\.ts[\s\S]*\nThis is a bug in pulumi-cja: please report it, with these lines\.$/,
      );
      expect(`${String(error)}: ${error.stack}`).toBe("pulumi-cja failed: see the error reported on the resource");
    },
  );

  test.each(["a text", undefined, 5])("may be no Error: %p", async (thrown) => {
    expect((await failure(door(throwing(thrown)), "read")).message).toContain(`${thrown}\nThis is a bug`);
  });

  test("before there is a process is told as well", async () => {
    const provider = dynamicProvider(
      () => undefined,
      () => {
        throw new Error("too early");
      },
      () => always(() => undefined as never),
    );
    expect((await failure(provider, "read")).message).toContain("Error: too early\n");
  });
});

describe("settings that are wrong", () => {
  const mistakes = [
    {
      path: "cja:orgId",
      message: 'found "A" in the stack\'s config but "B" in CJA_ORG_ID; unset the one that is wrong',
    },
    { path: "cja:maxConcurrent", message: 'found "hunter2" in CJA_MAX_CONCURRENT, expected a whole number from 1' },
  ];
  const lines = [
    "2 mistakes in the settings; nothing was sent or changed.",
    '  cja:orgId: found "A" in the stack\'s config but "B" in CJA_ORG_ID; unset the one that is wrong',
    '  cja:maxConcurrent: found "[redacted]" in CJA_MAX_CONCURRENT, expected a whole number from 1',
  ];
  const untouched = always(() => {
    throw new Error("asked in spite of wrong settings");
  });

  test("stop a check, as one failure", async () => {
    const { failures } = (await run(door(untouched, { ...fine, mistakes }), "check")) as pulumi.dynamic.CheckResult;
    expect(failures).toEqual([{ property: "", reason: lines.join("\n") }]);
  });

  test.each(THROWN)("stop %s, too: refresh and destroy check nothing before", async (step) => {
    const error = await failure(door(untouched, { ...fine, mistakes }), step);
    expect(error.message.split("\n")).toEqual([
      ...lines,
      "refresh and destroy use the stack's config of the last pulumi up.",
    ]);
  });
});

describe("the mistakes of a check", () => {
  const checked = async (...mistakes: { path: string; message: string }[]) => {
    const lifecycle = {
      ...always(() => undefined as never),
      check: async () => ({ inputs: { a: undefined, b: 1 }, mistakes }),
    };
    return run(door(lifecycle), "check");
  };

  test("name no property, whose value the engine would print, a secret one in clear", async () => {
    expect(await checked({ path: "definition.container", message: "missing" })).toEqual({
      inputs: { b: 1 },
      failures: [{ property: "", reason: "definition.container: missing" }],
    });
  });

  test("are one failure", async () => {
    const answer = await checked({ path: "name", message: "found nothing" }, { path: "locale", message: "hunter2" });
    expect(answer).toMatchObject({
      failures: [{ property: "", reason: "2 mistakes in the arguments\n  name: found nothing\n  locale: [redacted]" }],
    });
  });

  test("are none when there are none", async () => {
    expect(await checked()).toEqual({ inputs: { b: 1 }, failures: [] });
  });
});

test("what was started and failed keeps its state, with the provider's text, for the engine to find the code again", async () => {
  const error = await failure(
    door(throwing(new StartedButFailedError("j1", { status: "FAILED", gone: undefined }, ["it failed", "hunter2"]))),
    "create",
  );
  expect(error).toMatchObject({
    id: "j1",
    properties: { status: "FAILED", __provider: PROVIDER },
    reasons: ["it failed", "[redacted]"],
  });
  expect((error as unknown as { properties: object }).properties).not.toHaveProperty("gone");
});

describe("what is the same", () => {
  const lifecycle: Lifecycle = { ...always(() => undefined as never), diff: async () => ({ kind: "same" }) };
  const diff = (olds: object) => Promise.resolve(door(lifecycle).diff?.("id", olds, values));

  test("stays as it is in state", async () => {
    expect(await diff(values)).toEqual({ changes: false });
  });

  test("gets the text by which the code is found again, where the plugin has written the state", async () => {
    expect(await diff({ name: "x" })).toEqual({});
  });
});

describe("an SDK that never configures a provider", () => {
  const advice =
    /^The @pulumi\/pulumi of this project is too old: .* Run npm install "@pulumi\/pulumi@\^3\.\d+\.0", .* Nothing was sent or changed\.$/;

  it("is refused by the first check, which names the one that will do", async () => {
    expect(await run(segment, "check")).toMatchObject({
      failures: [{ reason: expect.stringMatching(advice) as string }],
    });
  });

  it.each(THROWN)("ends a %s with the same", async (step) => {
    const { message } = await failure(segment, step);
    expect(message).toMatch(/^The @pulumi\/pulumi of this project is too old|^The settings are wrong: same cause/);
  });
});
