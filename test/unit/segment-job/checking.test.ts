import { isUnknown } from "../../../provider/unknown-values";
import { World } from "./world";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

let world: World;
beforeEach(async () => {
  world = await World.start();
});
afterEach(() => world.stop());

describe("the check of a segment job", () => {
  it("keeps what the program says, and takes null for absent", async () => {
    const news = { segmentIds: ["b", "a"], sandbox: null, triggers: { release: null }, timeout: undefined };
    const inputs = { segmentIds: ["b", "a"], triggers: { release: null } };
    expect(await world.provider().jobs.check({}, news)).toEqual({ inputs, mistakes: [] });
  });

  it("leaves alone what is not known yet", async () => {
    const news = { segmentIds: [UNKNOWN], timeout: UNKNOWN };
    expect(isUnknown(UNKNOWN)).toBe(true);
    expect(await world.provider().jobs.check({}, news)).toEqual({ inputs: news, mistakes: [] });
  });

  it("tells every mistake, by the limit of the settings", async () => {
    const news = { segmentIds: ["a", "b", "c"], timeout: "soon" };
    const { mistakes } = await world.provider({ CJA_MAX_SEGMENTS_PER_JOB: "2" }).jobs.check({}, news);
    expect(mistakes.map(({ path }) => path).sort()).toEqual(["segmentIds", "timeout"]);
    expect(world.requests()).toEqual([]);
  });
});

describe("the state of a segment job", () => {
  it("has the arguments, what the service says, and whose it is", async () => {
    const { id, state } = await world.provider().jobs.create({ segmentIds: ["a"], triggers: { release: 1 } });
    const said = { status: "NEW", source: "api", sandboxName: "prod", orgId: "EMULATOR@AdobeOrg" };
    expect(state).toMatchObject({
      segmentIds: ["a"],
      triggers: { release: 1 },
      ...said,
      creationTime: world.clock.now(),
    });
    expect(world.emulator.control.jobs().map((job) => job.id)).toEqual([id]);
  });
});
