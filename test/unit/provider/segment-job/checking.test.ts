import { isUnknown } from "../../../../provider/unknown-values";
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

describe("more audiences in a job than each version of the guide allows", () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `7863c010-${index}`);
  const checked = async (count: number, settings: Record<string, string> = {}, olds: object = {}) => {
    const provider = world.provider(settings);
    const resource = { urn: "urn", stack: "p/s", label: 'cja.SegmentJob "run"' };
    // The engine checks what it replaces twice.
    for (const old of [olds, olds])
      expect((await provider.jobs.check({ ...old }, { segmentIds: ids(count) }, resource)).mistakes).toEqual([]);
    return provider.lines;
  };

  it("are a warning that names the setting", async () => {
    expect(await checked(20)).toEqual([]);
    expect(await checked(21)).toEqual([
      expect.stringMatching(
        /^warning: cja\.SegmentJob "run": segmentIds: found 21 audiences\. .* allow 20 in a job, older ones 1500\. Set cja:maxSegmentsPerJob/,
      ),
    ]);
  });

  it("are none where somebody has set how many there may be, or where the run has been made", async () => {
    expect(await checked(21, { CJA_MAX_SEGMENTS_PER_JOB: "1500" })).toEqual([]);
    expect(await checked(21, {}, { segmentIds: ids(21) })).toEqual([]);
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
