import type { ProgramResource } from "../../../provider/program-resource";
import { parseProgramResource } from "../../../provider/program-resource";
import { decideDeletion, type Holder } from "../../../provider/state/holders";
import { deviceIs } from "../../engine/programs";
import { fc, samples } from "../../properties";
import { World, type Provider } from "./segment-job/world";

const urnOf = (stack: string, name: string) => `urn:pulumi:${stack}::web::pulumi-nodejs:dynamic/cja:Segment::${name}`;
const of = (stack: string, name: string) => parseProgramResource({ urn: urnOf(stack, name) }) as ProgramResource;

/** `A` has a key of its own, `a` only its URN, as a state of an earlier version; `!` behind it: it lets go. */
const holder = (stack: string, word: string): Holder => {
  const name = word.replace("!", "");
  const { urn, label } = of(stack, name);
  const key = name === name.toLowerCase() ? urn : `key ${stack} ${name}`;
  return { key, urn, label, stack, seen: 0, ...(word.endsWith("!") && { letsGo: true }) };
};

describe("a resource that goes", () => {
  test.each([
    ["nobody is known to have it", [], "one A", "delete"],
    ["it alone has it", ["one A"], "one A", "delete"],
    ["another stack has it", ["one A", "two B"], "one A", "refuse"],
    ["another stack has it, and its own record is lost", ["two B"], "one A", "refuse"],
    ["the other stack lets it go", ["one A", "two B!"], "one A", "delete"],
    ["it lets it go itself", ["one A!", "two B"], "one A", "keep"],
    ["its stack has it twice", ["one A", "one B"], "one A", "keep"],
    ["its stack has it twice, and another one has it", ["one A", "one B", "two C"], "one A", "refuse"],
    ["a state of an earlier version alone has it", ["one a"], undefined, "delete"],
    ["a state of an earlier version has it, and another stack", ["one a", "two B"], undefined, "refuse"],
    ["two states of an earlier version have it", ["one a", "two b"], undefined, "refuse"],
    ["a state of an earlier version has it twice", ["one a", "one b"], undefined, "keep"],
    ["a state of an earlier version has it twice, and one of them lets go", ["one b", "one a!"], undefined, "keep"],
    ["a state of an earlier version has it twice, and another stack", ["one a", "one b", "two C"], undefined, "refuse"],
    ["two states of an earlier version have it, and one lets go", ["one a!", "two b"], undefined, "refuse"],
    ["only others are known", ["two B"], undefined, "refuse"],
  ] as const)("where %s", (_, words, self, kind) => {
    const parse = (word: string) => holder(...(word.split(" ") as [string, string]));
    expect(decideDeletion(words.map(parse), self && parse(self).key).kind).toBe(kind);
  });

  test("never deletes what another one has that has not let go", () => {
    const word = fc.constantFrom("A", "B", "a", "b", "A!", "B!", "a!");
    const some = fc.uniqueArray(fc.tuple(fc.constantFrom("one", "two"), word), {
      selector: ([stack, name]) => `${stack} ${name.replace("!", "")}`,
    });
    fc.assert(
      fc.property(some, fc.nat(), (words, nth) => {
        const all = words.map(([stack, name]) => holder(stack, name));
        const self = all[nth % (all.length + 1)];
        const isLegacy = self !== undefined && self.key === self.urn;
        const found = decideDeletion(all, isLegacy ? undefined : (self?.key ?? "unknown"));
        const others = all.filter((one) => one !== self && one.letsGo !== true);
        if (found.kind === "delete") expect(others).toEqual([]);
      }),
      { numRuns: samples(1000) },
    );
  });
});

const shared = { name: "Shared", dataViewId: "dv_dev", definition: deviceIs("Phone") };

describe("a segment of two stacks", () => {
  let world: World;
  let id: string;
  let states: Record<string, Record<string, unknown>>;
  const [one, two] = [of("one", "a"), of("two", "b")];

  const provider = (environment = {}): Provider => world.provider({ CJA_VALIDATE: "never", ...environment });
  const exists = () => world.emulator.control.segments().some((segment) => segment.id === id && !segment.deleted);
  const adopting = () => ({ ...shared, adoptId: id });

  beforeEach(async () => {
    world = await World.start();
    const made = await provider().segments.create(shared, one);
    id = made.id;
    states = { one: { ...made.state } };
  });
  afterEach(() => world.stop());

  const adopt = async () => {
    const { state } = await provider().segments.create(adopting(), two);
    states["two"] = { ...state };
  };
  const remove = async (stack: string, process = provider()) => {
    await process.segments.delete(id, states[stack] ?? {});
    return process.lines;
  };
  const refused = (stack: string) => expect(remove(stack)).rejects.toThrow(/has it, too\. Nothing was deleted\./);

  test("is taken over with a warning that names the other one, or not at all with cja:exclusive", async () => {
    const warned = provider();
    expect((await warned.segments.check({}, adopting(), two)).mistakes).toEqual([]);
    expect(warned.lines).toContainEqual(
      expect.stringMatching(/^warning: Segment \S+: cja\.Segment "a" of the stack web\/one has it, too\./),
    );
    const { mistakes } = await provider({ CJA_EXCLUSIVE: "true" }).segments.check({}, adopting(), two);
    expect(mistakes).toEqual([
      { path: "adoptId", message: expect.stringContaining("has it, too, and cja:exclusive is true") as string },
    ]);
  });

  test("is taken over with a warning, or refused, by the names of all other stacks that have it, but of none that lets it go", async () => {
    await adopt();
    const warned = async () => {
      const third = provider();
      await third.segments.check({}, adopting(), of("three", "c"));
      return third.lines.filter((line) => line.startsWith("warning: ")).map((line) => line.split(". ")[0]);
    };
    const refused = async () => {
      const third = provider({ CJA_EXCLUSIVE: "true" }).segments;
      const { mistakes } = await third.check({}, adopting(), of("three", "c"));
      return mistakes.map(({ message }) => message.replace(/^found \S+ /, "").split(". ")[0]);
    };
    const [inOne, inTwo] = ['cja.Segment "a" of the stack web/one', 'cja.Segment "b" of the stack web/two'];
    expect(await warned()).toEqual([`warning: Segment ${id}: ${inOne} and ${inTwo} have it, too`]);
    expect(await refused()).toEqual([`but ${inOne} and ${inTwo} have it, too, and cja:exclusive is true`]);
    await provider().holders.markLetsGo(id, "web/one");
    expect(await warned()).toEqual([`warning: Segment ${id}: ${inTwo} has it, too`]);
    expect(await refused()).toEqual([`but ${inTwo} has it, too, and cja:exclusive is true`]);
    await provider().holders.markLetsGo(id, "web/two");
    expect([await warned(), await refused()]).toEqual([[], []]);
  });

  test("is taken over by another name of the same stack without a word", async () => {
    const renamed = provider({ CJA_EXCLUSIVE: "true" });
    expect((await renamed.segments.check({}, adopting(), of("one", "renamed"))).mistakes).toEqual([]);
    expect(renamed.lines.filter((line) => /too/.test(line))).toEqual([]);
  });

  test("is deleted by neither, until one lets go; then by the other one alone", async () => {
    await adopt();
    await refused("one");
    await refused("two");
    const news = { ...shared, dataViewId: "dv_stage" };
    await expect(provider().segments.diff(id, states["two"] ?? {}, news, two)).rejects.toThrow(/Could not replace/);
    await provider().holders.markLetsGo(id, "web/two");
    expect(await remove("two")).toContain(
      `warning: Segment ${id} is not deleted: cja.Segment "a" of the stack web/one has it, too.`,
    );
    expect(exists()).toBe(true);
    await remove("one");
    expect(exists()).toBe(false);
  });

  test("is deleted where it is gone already, and by the one that has it after the other one retained it", async () => {
    await adopt();
    world.emulator.control.deleteSegment(id);
    await remove("two");
    states["two"] = { ...states["one"], holderId: "another", deletionPolicy: "retain" };
    await remove("two");
    await remove("one");
  });

  test("keeps its holder through a move to another stack and through an update", async () => {
    const moved = of("two", "a");
    await provider().segments.diff(id, states["one"] ?? {}, shared, moved);
    const named = { ...shared, name: "Renamed" };
    const { holderId } = (states["one"] = {
      ...(await provider().segments.update(id, states["one"] ?? {}, named, moved)),
    });
    expect([...(await provider().holders.all()).values()].flat()).toMatchObject([{ key: holderId, stack: "web/two" }]);
    await remove("one");
    expect([exists(), (await provider().holders.all()).size]).toEqual([false, 0]);
  });

  test("is known of a state of an earlier version after a preview, and not deleted by others", async () => {
    const { holderId: _, ...old } = states["one"] ?? {};
    world.loseRecords();
    states["one"] = old;
    await provider().segments.diff(id, old, shared, one);
    await adopt();
    await refused("two");
    await refused("one");
    const fresh = await provider().segments.update(id, old, { ...shared, name: "Renamed" }, one);
    expect(fresh).toMatchObject({ holderId: expect.any(String) as string });
    expect((await provider().holders.holdersOf(id)).map(({ stack }) => stack).sort()).toEqual(["web/one", "web/two"]);
  });

  test("that its own stack has twice stays with the one that does not go, which a preview says", async () => {
    const twin = of("one", "twin");
    const old = states["one"] ?? {};
    const refusing = provider().segments;
    await refusing.diff(id, old, shared, one);
    await expect(refusing.diff(id, { ...old, holderId: "twin" }, shared, twin)).rejects.toThrow(/both have it/);
    const preview = provider();
    await preview.segments.diff(id, old, shared, one);
    expect(preview.lines).toContain(
      `Segment ${id} stays with cja.Segment "a": cja.Segment "twin" of this stack has it, too, and can be removed.`,
    );
    // As with --target, where nothing else is looked at.
    states["twin"] = { ...old, holderId: "twin" };
    await remove("twin");
    expect(exists()).toBe(true);
    await remove("one");
    expect(exists()).toBe(false);
  });

  test("that its own stack has twice goes when both go side by side", async () => {
    const old = states["one"] ?? {};
    states["twin"] = { ...old, holderId: "twin" };
    const { segments } = provider();
    await segments.diff(id, old, shared, one);
    await segments.diff(id, states["twin"], shared, of("one", "twin")).catch(() => undefined);
    const destroying = provider();
    await Promise.all([remove("one", destroying), remove("twin", destroying)]);
    expect(exists()).toBe(false);
  });

  test("that an interrupted run has made is not held by it any more once another stack has taken it over", async () => {
    const lost = { ...shared, name: "Lost" };
    const dying = provider();
    // Of two alike it is not known whose answer is lost, so that the record is open to any stack.
    for (const name of ["x", "y"]) await dying.segments.check({}, lost, of("one", name));
    dying.die(1);
    ({ id } = await dying.segments.create(lost, of("one", "x")));
    const taken = await provider().segments.create(lost, two);
    expect(taken.id).toBe(id);
    states["two"] = { ...taken.state };
    await remove("two");
    expect(exists()).toBe(false);
  });

  test("costs no request that it did not cost before, but where a deletion is refused", async () => {
    const { control } = world.emulator;
    await adopt();
    control.clearRequests();
    await provider().segments.diff(id, states["one"] ?? {}, shared, one);
    await provider().segments.diff(id, states["two"] ?? {}, adopting(), two);
    expect(control.requests()).toEqual([]);
    await refused("one");
    expect(control.requests().filter(({ method }) => method === "DELETE")).toEqual([]);
  });
});
