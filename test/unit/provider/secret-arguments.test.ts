import * as pulumi from "@pulumi/pulumi";
import { fc, samples } from "../../properties";
import { dynamicProvider } from "../../../provider/dynamic/resource-provider";
import { InvalidRequestError } from "../../../provider/http/errors";
import { createRedactor } from "../../../provider/http/redact";
import { StartedButFailedError, type Lifecycle, type Values } from "../../../provider/lifecycle";
import type { ProviderContext } from "../../../provider/resource-steps";
import { secretTexts } from "../../../provider/secret-arguments";
import { findSecretPaths } from "../../../sdk/secret-paths";

const PROVIDER = "the text that names the code";

function process(): ProviderContext {
  const redactor = createRedactor();
  return { mistakes: [], redact: (text) => redactor.text(text), keepSecret: (text) => redactor.add(text) };
}

/** A process of its own, whose service repeats in every error all that it was given, whole and cut. */
function door(fails: boolean, started = false) {
  const repeated = (values: Values) => {
    const cut = textsIn(values).map((text) => `${text.slice(0, -1)}…`);
    return `refused: ${JSON.stringify(values)} ${cut.join(" ")} ${JSON.stringify(cut)}`;
  };
  const refuse = (values: Values) => {
    const happened = repeated(values);
    if (started) throw new StartedButFailedError("id", { ...values, message: happened }, [happened]);
    if (fails)
      throw new InvalidRequestError({ operation: `write ${happened}`, method: "GET", path: "", happened, advice: "" });
  };
  const state = (values: Values) => ({ ...values, message: repeated(values), list: [{ of: repeated(values) }] });
  const life: Lifecycle = {
    check: async (_olds, news) => ({
      inputs: news,
      mistakes: fails ? [{ path: "name", message: repeated(news) }] : [],
    }),
    diff: async (_id, olds) => (refuse(olds), { kind: "same" }),
    create: async (inputs) => (refuse(inputs), { id: "id", state: state(inputs) }),
    read: async (_id, olds) => (refuse(olds), { state: state(olds), inputs: olds }),
    update: async (_id, olds, news) => (refuse({ olds, news }), state(news)),
    delete: async (_id, olds) => refuse(olds),
  };
  const opened = process();
  return dynamicProvider(
    () => undefined,
    () => opened,
    () => life,
  );
}

const textsIn = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

const said = async (work: () => unknown): Promise<string> => {
  try {
    return JSON.stringify(await work());
  } catch (error) {
    const { reasons } = error as { reasons?: unknown };
    return JSON.stringify([String(error), (error as Error).message, (error as Error).stack, reasons]);
  }
};

/** A text that is no word of a message, with whatever has to be escaped in it. */
const canary = fc.tuple(fc.uuid(), fc.string({ unit: "grapheme", maxLength: 80 })).map(([id, rest]) => `${id}${rest}`);
const arguments_ = fc.record({
  name: canary,
  description: canary,
  number: fc.integer({ min: 100_000, max: 999_999 }),
  definition: fc.record({
    func: fc.constant("segment"),
    container: fc.record({
      func: fc.constant("streq"),
      str: canary,
      list: fc.array(canary, { minLength: 1, maxLength: 3 }),
    }),
  }),
});
const places = fc.subarray(
  [
    ["name"],
    ["description"],
    ["number"],
    ["definition"],
    ["definition", "container", "str"],
    ["definition", "container", "list"],
  ],
  { minLength: 1 },
);
const isHidden = (text: string, secrets: readonly string[]) => {
  for (const secret of secrets) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
    // An ID in it stands for what is left where it was cut.
    if (secret.length > 36) expect(text).not.toContain(secret.slice(0, 36));
  }
};

test("what a program keeps secret stands in no message of any step, and in no output that is none", async () => {
  await fc.assert(
    fc.asyncProperty(arguments_, places, fc.boolean(), async (args, secret, started) => {
      const secrets = secretTexts(args, secret);
      const news = { ...args, __provider: PROVIDER, __resource: { secrets: secret } };
      isHidden(await said(async () => (await door(true).check?.({}, news))?.failures), secrets);

      const fine = door(false);
      const { inputs } = (await fine.check?.({}, news)) as { inputs: Values };
      const { outs } = (await fine.create({ ...inputs, __provider: PROVIDER })) as { outs: Values };
      const { message, list } = outs;
      for (const derived of [message, (list as [{ of: unknown }])[0].of])
        expect(derived).toEqual({
          "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
          value: expect.any(String) as string,
        });

      // As a process of its own has it after that: the engine takes the marks off.
      const state = { ...inputs, __provider: PROVIDER, __secrets: outs["__secrets"] };
      for (const step of [
        () => door(true, started).diff?.("id", state, args),
        () => door(true, started).read?.("id", state),
        () => door(true, started).update?.("id", state, { ...args, __provider: PROVIDER }),
        () => door(true, started).delete?.("id", state),
      ])
        isHidden(await said(step), secrets);
      const failing = door(false, started);
      await failing.check?.({}, news);
      if (started) isHidden(await said(() => failing.create({ ...inputs, __provider: PROVIDER })), secrets);
    }),
    { numRuns: samples(1000) },
  );
});

test("an update that fails shows neither what was secret nor what is", async () => {
  const provider = door(true);
  const old = { name: "old-canary", __secrets: [["name"]] };
  const news = { name: "new-canary", __resource: { secrets: [["name"]] }, __provider: PROVIDER };
  await provider.check?.({}, news);
  const text = await said(() => provider.update?.("id", old, { name: "new-canary" }));
  expect(text).toContain("[redacted]");
  isHidden(text, ["old-canary", "new-canary"]);
});

test("a state without secrets is as it always was", async () => {
  const provider = door(false);
  await provider.check?.({}, { name: "plain", __resource: { secrets: [] }, __provider: PROVIDER });
  const { outs } = (await provider.create({ name: "plain", __provider: PROVIDER })) as { outs: Values };
  expect(Object.keys(outs)).toEqual(["name", "message", "list"]);
  expect(typeof outs["message"]).toBe("string");
});

test("words of the language are no secrets, and of a place that is gone all around it is one", () => {
  const values = {
    definition: { func: "segment", container: { context: "visits", pred: { func: "streq", str: "Home", num: 7 } } },
  };
  expect(secretTexts(values, [["definition"]])).toEqual(["Home", "7"]);
  expect(secretTexts(values, [["definition", "container", "preds", "0", "str"]])).toEqual(["Home", "7"]);
  expect(secretTexts(values, [["definition", "func"], ["gone"], []])).toEqual([]);
});

test("the texts and numbers of an expression are secrets of their own, and IDs of audiences and names are none", () => {
  const id = "11111111-0000-4000-8000-000000000001";
  const text = `inSegment("${id}") and a.points > 1234\n  and b.name = "He said \\"no\\""`;
  expect(secretTexts({ expression: text }, [["expression"]])).toEqual([text, "1234", 'He said "no"']);
  const unreadable = 'a.name = "first" and ‚ b = "second" or "third';
  expect(secretTexts({ expression: unreadable }, [["expression"]])).toEqual([
    unreadable,
    "first",
    ...["‚ b = ", "second", " or ", "third"],
  ]);
  const odd = 'a.name = "first" ; "second" or "third';
  expect(secretTexts({ expression: odd }, [["expression"]])).toEqual([
    ...[odd, "first", "second", "; ", "second", " or ", "third"],
  ]);
  const commented = 'a = "b" // top secret\nand c /* his name */ = 1';
  expect(secretTexts({ expression: commented }, [["expression"]])).toEqual([
    ...[commented, "b", "1", "top secret", "his name"],
  ]);
  const params = [{ nodeType: "literal", literalType: "String", value: "of JSON" }];
  const json = { nodeType: "fnApply", fnName: "not", params };
  expect(secretTexts({ expression: json }, [["expression"]])).toEqual(["of JSON"]);
});

describe("the places that a program tells", () => {
  test("are those of secret outputs, at any depth, and of what they are made of", async () => {
    const output = pulumi.output("plain");
    const args = {
      name: pulumi.secret("x"),
      description: output,
      dataViewId: Promise.resolve(pulumi.secret("dv")),
      tags: ["a", pulumi.interpolate`${pulumi.secret("b")}-c`],
      definition: { container: { pred: { str: pulumi.output({ inner: pulumi.secret("d") }), val: output } } },
      nothing: undefined,
    };
    expect(await findSecretPaths(args)).toEqual([
      ["name"],
      ["dataViewId"],
      ["tags", "1"],
      ["definition", "container", "pred", "str"],
    ]);
  });

  test("are none where a promise fails: the resource tells", async () => {
    expect(await findSecretPaths({ name: Promise.reject(new Error("no")) })).toEqual([]);
  });
});
