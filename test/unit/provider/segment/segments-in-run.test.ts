import { parseProgramResource, type ProgramResource } from "../../../../provider/program-resource";
import { deviceIs } from "../../../engine/programs";
import { World, type Provider } from "../segment-job/world";

const mobile = { name: "Mobile", dataViewId: "dv_dev", definition: deviceIs("Phone") };
const named = (name: string) =>
  parseProgramResource({ urn: `urn:pulumi:dev::web::pulumi-nodejs:dynamic/cja:Segment::${name}` }) as ProgramResource;
const [a, b] = [named("a"), named("b")];

describe("a segment that a resource of the run has", () => {
  let world: World;
  let provider: Provider;
  let id: string;
  let state: Record<string, unknown>;

  beforeEach(async () => {
    world = await World.start();
    const made = await world.provider({ CJA_VALIDATE: "never" }).segments.create(mobile, a);
    [id, state] = [made.id, { ...made.state }];
    provider = world.provider({ CJA_VALIDATE: "never" });
  });
  afterEach(() => world.stop());

  const run = () => provider.segments;
  const exists = () => world.emulator.control.segments().some((one) => one.id === id && !one.deleted);
  const adopting = () => ({ ...mobile, adoptId: id });

  test("is not taken over by a second one, which is told whose it is", async () => {
    await run().check(mobile, mobile, a);
    await run().diff(id, state, mobile, a);
    expect(await run().check({}, adopting(), b)).toMatchObject({
      mistakes: [{ path: "adoptId", message: expect.stringContaining('which cja.Segment "a" already has') as string }],
    });
  });

  test("is not had by a second one that comes first, by adoptId or from an old state", async () => {
    await run().check({}, adopting(), b);
    await expect(run().diff(id, state, mobile, a)).rejects.toThrow(/cja\.Segment "b" and cja\.Segment "a"/);
    provider = world.provider({ CJA_VALIDATE: "never" });
    await run().diff(id, state, mobile, a);
    await expect(run().diff(id, state, mobile, b)).rejects.toThrow(/cja\.Segment "a" and cja\.Segment "b"/);
  });

  test("is named by two resources only where they are one", async () => {
    await run().check({}, adopting(), a);
    expect((await run().check({}, adopting(), b)).mistakes).toHaveLength(1);
    expect((await run().check(mobile, adopting(), a)).mistakes).toEqual([]);
    expect(await run().diff(id, state, adopting(), a)).toEqual({ kind: "same" });
  });

  test("is not deleted when another one goes, and that is said", async () => {
    await run().diff(id, state, mobile, a);
    await run().delete(id, state);
    expect(exists()).toBe(true);
    expect(provider.lines).toContain(`warning: Segment ${id} is not deleted: cja.Segment "a" has it.`);
  });

  test.each([
    ["by the engine, which checks it once more", { ...mobile, name: "Renamed" }, true],
    ["by its data view", { ...mobile, dataViewId: "dv_stage" }, false],
  ])("goes when its resource is replaced %s", async (_, news, checkedAgain) => {
    await run().check(mobile, news, a);
    await run().diff(id, state, news, a);
    if (checkedAgain) await run().check({}, news, a);
    await run().create(news, a);
    await run().delete(id, state);
    expect(exists()).toBe(false);
  });

  test("goes when the engine asked about it before it knew of which resource", async () => {
    await run().diff(id, state, mobile);
    await run().delete(id, state);
    expect(exists()).toBe(false);
  });

  test("is taken over from a resource that leaves it in the same run", async () => {
    const moved = { ...mobile, dataViewId: "dv_stage" };
    await run().check({}, adopting(), b);
    expect(await run().diff(id, state, moved, a)).toMatchObject({ kind: "replace" });
    await run().create(adopting(), b);
    await run().create(moved, a);
    await run().delete(id, state);
    expect(exists()).toBe(true);
  });
});
