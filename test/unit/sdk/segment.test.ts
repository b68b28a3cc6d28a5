import * as pulumi from "@pulumi/pulumi";
import { Segment, SegmentJob, type SegmentArgs, type SegmentJobArgs } from "../../../sdk";
import { runProgram } from "./program";

const definition = {
  func: "segment",
  version: [1, 0, 0],
  container: {
    func: "container",
    context: "visitors",
    pred: { func: "streq", str: "Phone", val: { func: "attr", name: "variables/device_type" } },
  },
};
const good: SegmentArgs = { name: "Mobile", dataViewId: "dv_prod", definition };
/** As plain JavaScript passes arguments: anything, or nothing. */
const anything = (value: unknown) => value as SegmentArgs & SegmentJobArgs;
const make = (...args: unknown[]) => Reflect.construct(Segment, args) as Segment;

test("a program without mistakes is registered, outputs at any depth included", async () => {
  const later = pulumi.output(Promise.resolve("Tablet"));
  const withOutputs = { ...definition, container: { ...definition.container, context: later } };
  const { registered, report } = await runProgram(() => {
    new Segment("a", good);
    new Segment("b", { ...good, name: later, definition: pulumi.secret(withOutputs) });
    new Segment("c", { ...good, definition: withOutputs });
    new SegmentJob("d", { segmentIds: [later, "x"], timeout: Promise.resolve("1h") });
  });
  expect(report).toBeUndefined();
  expect(new Set(registered)).toEqual(new Set(["a", "b", "c", "d"]));
});

test("the mistakes of all resources are told together, and nothing is registered", async () => {
  const { registered, report } = await runProgram(() => {
    new Segment("fine", good);
    new Segment("one", { ...good, name: "" });
    new Segment("two", { ...good, dataViewId: "" });
    new SegmentJob("three", { segmentIds: [] });
  });
  expect(report?.split("\n").filter((line) => !line.startsWith("  "))).toEqual([
    "3 mistakes in the arguments of 3 resources; nothing was sent or changed.",
    'cja.Segment "one"',
    'cja.Segment "two"',
    'cja.SegmentJob "three"',
  ]);
  expect(registered).toEqual([]);
});

test.each([
  ["nothing", undefined],
  ["null", null],
  ["a number", 5],
  ["a text", "mobile"],
  ["a list", [good]],
  ["a function", () => good],
  ["an output", pulumi.output(good)],
  ["names that resources have themselves", { id: "x", urn: "y", __provider: "z" }],
])("%s in place of the arguments is told, and is no TypeError", async (_what, args) => {
  const { report } = await runProgram(() => {
    new Segment("a", anything(args));
    new SegmentJob("b", anything(args));
  });
  expect(report).toMatch(/mistakes in the arguments of 2 resources/);
});

test("the ID of a segment is refused as an audience's before there is one, and the compiler knows, too", async () => {
  const { registered, report } = await runProgram(() => {
    const made = new Segment("made", good);
    const read = Segment.get("read", "s300000022_5bb7c94e80f0073611afb35c");
    const audience: pulumi.Output<string> = made.name.apply(() => "7863c010-e092-41c8-ae5e-9e533186752e");
    new SegmentJob("fine", { segmentIds: [audience, "x"], triggers: { segment: made.id } });
    // @ts-expect-error the ID of a segment is no audience's
    new SegmentJob("one", { segmentIds: ["x", made.id] });
    // @ts-expect-error nor is that of one that is only read
    new SegmentJob("two", { segmentIds: [read.id] });
    // Known to be a text alone, as in JavaScript.
    new SegmentJob("three", { segmentIds: [made.id as pulumi.Output<string>] });
    const id: pulumi.Output<string> = made.id;
    void id;
  });
  const refused = "found the ID of a Customer Journey Analytics segment, expected the ID of an audience";
  expect(report?.split("\n").map((line) => line.replace(/ of Experience Platform: .*/, ""))).toEqual([
    "3 mistakes in the arguments of 3 resources; nothing was sent or changed.",
    'cja.SegmentJob "one"',
    `  segmentIds[1]: ${refused}`,
    'cja.SegmentJob "two"',
    `  segmentIds[0]: ${refused}`,
    'cja.SegmentJob "three"',
    `  segmentIds[0]: ${refused}`,
  ]);
  expect(registered).toEqual([]);
});

test("no arguments at all tell what is missing", async () => {
  const { report } = await runProgram(() => void make("a"));
  expect(report).toContain('cja.Segment "a"\n  name: found nothing');
});

test("the option import is refused with what does it here", async () => {
  const { report } = await runProgram(() => {
    new Segment("a", good, { import: "s1" });
    new SegmentJob("b", { allSegments: true }, { import: "j1" });
  });
  expect(report?.split("\n")).toEqual([
    "2 mistakes in the arguments of 2 resources; nothing was sent or changed.",
    'cja.Segment "a"',
    "  import: this option does not work here; to take over an existing segment, give its ID as the argument adoptId instead",
    'cja.SegmentJob "b"',
    "  import: this option does not work here; to read a run that was started elsewhere, use cja.SegmentJob.get instead (only a cja.Segment can be taken over, with adoptId)",
  ]);
});

test.each([
  ["undefined", undefined, "no ID"],
  ["an empty text", "", "no ID"],
  ["a number", 5, "the number 5"],
])("reading by %s is refused, for the engine would make something new", async (_what, id, found) => {
  const { registered, report } = await runProgram(() => {
    Segment.get("a", id as string);
    SegmentJob.get("b", id as string);
  });
  const line = `  id: found ${found}, expected the ID of what to read`;
  expect(report?.split("\n").slice(1)).toEqual(['cja.Segment "a"', line, 'cja.SegmentJob "b"', line]);
  expect(registered).toEqual([]);
});

test("reading by an ID needs no arguments", async () => {
  const { report } = await runProgram(() => {
    Segment.get("a", "s1");
    SegmentJob.get("b", pulumi.output("j1"), { sandbox: "dev" });
  });
  expect(report).toBeUndefined();
});

test("one segment is not adopted twice in a program", async () => {
  const { report } = await runProgram(() => {
    new Segment("a", { ...good, adoptId: "s1" });
    new Segment("b", { ...good, adoptId: "s2" });
    new Segment("c", { ...good, adoptId: "s1" });
    new Segment("d", { ...good, adoptId: "s1" });
  });
  const line =
    '  adoptId: found "s1", which cja.Segment "a" takes over, too; one segment belongs to one resource: remove one of the two';
  expect(report?.split("\n").slice(1)).toEqual(['cja.Segment "c"', line, 'cja.Segment "d"', line]);
});

test("programs that run one after the other in a process have nothing to do with each other", async () => {
  const adopting = () => void new Segment("a", { ...good, adoptId: "s1" });
  const mistaken = () => void new Segment("bad", { ...good, name: "" });
  expect((await runProgram(mistaken)).report).toContain('cja.Segment "bad"');
  expect(await runProgram(adopting)).toEqual({ report: undefined, registered: ["a"] });
  expect(await runProgram(adopting)).toEqual({ report: undefined, registered: ["a"] });
  expect((await runProgram(mistaken)).report).toMatch(/^1 mistake in the arguments of 1 resource;/);
});

test("unit tests with mocks have no stack: what is made in one turn is one program", async () => {
  await pulumi.runtime.setMocks({
    call: () => ({}),
    newResource: ({ name, inputs }) => ({ id: name, state: inputs as object }),
  });
  const adopting = async () => {
    const segment = new Segment("a", { ...good, adoptId: "s1" });
    return new Promise((resolve) => segment.id.apply(resolve));
  };
  expect(await adopting()).toBe("a");
  expect(await adopting()).toBe("a");
});

test.each([
  ["Segment", (name: string) => new Segment(name, good)],
  ["SegmentJob", (name: string) => new SegmentJob(name, { allSegments: true })],
] as const)(
  "a %s tells its provider which resource it is, so that an interrupted run is known again by it",
  async (type, make) => {
    const said: unknown[] = [];
    await pulumi.runtime.setMocks({
      call: () => ({}),
      newResource: ({ name, inputs }) => {
        said.push((inputs as { __resource?: unknown }).__resource);
        return { id: name, state: {} };
      },
    });
    const resource = make("one");
    await new Promise((resolve) => resource.urn.apply(resolve));
    expect(said).toEqual([
      expect.objectContaining({ urn: expect.stringMatching(`::pulumi-nodejs:dynamic/cja:${type}::one$`) as unknown }),
    ]);
  },
);
