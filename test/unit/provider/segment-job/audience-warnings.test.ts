import { UNKNOWN } from "../../../../model/is-unknown";
import type { Values } from "../../../../provider/lifecycle";
import { World, type Provider } from "./world";

/** What lines about a job have in them. */
const JOB = "A segment job: ";

const ids = (count: number) =>
  Array.from({ length: count }, (_, index) => `7863c010-e092-41c8-ae5e-${String(index).padStart(12, "0")}`);

describe.each(["both", "definitions"] as const)(
  "audiences that a job does not evaluate, where the service has %s",
  (form) => {
    let world: World;
    beforeEach(async () => {
      world = await World.start({ audiences: form });
    });
    afterEach(() => world.stop());

    const bulkGets = () =>
      world.emulator.control.requests().filter(({ path, status }) => status === 207 && path.endsWith("/bulk-get"));

    async function checked(segmentIds: readonly string[], olds: object = {}, settings: Record<string, string> = {}) {
      const provider = world.provider(settings);
      const { mistakes } = await provider.jobs.check({ ...olds }, { segmentIds });
      expect(mistakes).toEqual([]);
      return provider.lines;
    }

    test.each<[string, object, string]>([
      [
        "a streaming one",
        { evaluation: "streaming" },
        'its evaluation is "streaming", and a job evaluates only batch audiences: set evaluation: "batch"',
      ],
      [
        "one of accounts",
        { schemaName: "_xdm.context.account" },
        "it is made of _xdm.context.account and not of people",
      ],
      ...(form === "definitions"
        ? []
        : ([
            [
              "a draft",
              { lifecycle: "draft" },
              'it is a draft, which destinations do not see: set lifecycle: "published"',
            ],
            [
              "an inactive one",
              { lifecycle: "inactive" },
              'it is inactive, and so not evaluated: set lifecycle: "published"',
            ],
            ["an upload", { originName: "CUSTOM_UPLOAD" }, "CUSTOM_UPLOAD has made it"],
          ] as [string, object, string][])),
    ])("%s is warned of, with what to do", async (_, change, text) => {
      const [good = "", odd = ""] = ids(2);
      world.emulator.control.addAudience([
        { id: good, name: "Good" },
        { id: odd, name: "Odd", ...change },
      ]);
      const lines = await checked([good, odd]);
      expect(lines).toEqual([
        expect.stringContaining(`segmentIds: the audience "Odd" (${odd}) may not run as you expect: ${text}`) as string,
      ]);
      expect(bulkGets()).toHaveLength(1);
    });

    test("a job over 100 of them asks once, and says nothing where all is well", async () => {
      const all = ids(100);
      world.emulator.control.addAudience(all.map((id) => ({ id, name: id })));
      expect(await checked(all, {}, { CJA_MAX_SEGMENTS_PER_JOB: "100" })).toEqual([]);
      expect(bulkGets()).toHaveLength(1);
    });

    test("a job that does not run anew asks nothing, nor one that may not, nor one of what is not known yet", async () => {
      const [id = ""] = ids(1);
      world.emulator.control.addAudience({ id, name: "Odd", evaluation: "edge" });
      expect(await checked([id], { segmentIds: [id] })).toEqual([]);
      expect(await checked([id], {}, { CJA_VALIDATE: "apply" })).toEqual([]);
      expect(await checked([UNKNOWN])).toEqual([]);
      expect(world.emulator.control.requests()).toEqual([]);
    });

    /** An audience of a program, and what is to become of it: `check` and `diff` come before the job's `check`. */
    const BUYERS = { name: "Buyers", expression: 'workAddress.country = "US"' };
    const JOB_EVALUATES = "and a job evaluates only batch audiences";

    async function planned(provider: Provider, id: string, state: Values, wish: object) {
      const { inputs } = await provider.audiences.check(BUYERS, { ...BUYERS, ...wish });
      await provider.audiences.diff(id, state, inputs);
      return inputs;
    }

    async function ofEarlierRun(wish: object) {
      const provider = world.provider();
      const { inputs } = await provider.audiences.check({}, { ...BUYERS, ...wish });
      return provider.audiences.create(inputs);
    }

    test.each<[string, object, object, string | undefined]>([
      ["what becomes batch is fine", { evaluation: "streaming" }, {}, undefined],
      ["what becomes streaming is warned of", {}, { evaluation: "streaming" }, 'its evaluation becomes "streaming"'],
      [
        "what stays streaming is warned of, though something else changes",
        { evaluation: "streaming" },
        { evaluation: "streaming", description: "US" },
        'its evaluation is "streaming"',
      ],
      ["what becomes as it is not known yet is not judged", {}, { evaluation: UNKNOWN }, undefined],
      ...(form === "definitions"
        ? []
        : ([
            ["what is published by the update is fine", { lifecycle: "draft" }, { lifecycle: "published" }, undefined],
            [
              "what is deactivated by it is warned of",
              { lifecycle: "published" },
              { lifecycle: "inactive" },
              "it becomes inactive",
            ],
            ["what is no longer managed stays a draft", { lifecycle: "draft" }, { description: "US" }, "it is a draft"],
          ] as [string, object, object, string | undefined][])),
    ])("%s", async (_, before, wish, text) => {
      const { id, state } = await ofEarlierRun(before);
      const provider = world.provider();
      await planned(provider, id, state, wish);
      await provider.jobs.check({}, { segmentIds: [id] });
      expect(provider.lines.filter((line) => line.includes(JOB))).toEqual(
        text === undefined ? [] : [expect.stringContaining(text) as string],
      );
      expect(bulkGets()).toHaveLength(1);
    });

    test("what somebody has changed since is overwritten by an update only in the older form, which is sent all", async () => {
      const { id, state } = await ofEarlierRun({});
      world.emulator.control.editAudience(id, { evaluation: "edge" });
      const provider = world.provider();
      await planned(provider, id, state, { description: "US" });
      await provider.jobs.check({}, { segmentIds: [id] });
      expect(provider.lines).toEqual(
        form === "definitions" ? [] : [expect.stringContaining(`"edge", ${JOB_EVALUATES}`) as string],
      );
    });

    test.each(["streaming", "batch"] as const)("a %s one that is taken over is judged by the program", async (was) => {
      const [id = ""] = ids(1);
      world.emulator.control.addAudience({ ...BUYERS, id, evaluation: was });
      const provider = world.provider();
      const { inputs } = await provider.audiences.check({}, { ...BUYERS, adoptId: id });
      await provider.jobs.check({}, { segmentIds: [id] });
      expect(provider.lines.filter((line) => line.includes(JOB))).toEqual([]);

      world.emulator.control.clearRequests();
      await provider.audiences.create(inputs);
      await provider.jobs.check({}, { segmentIds: [id] });
      expect([provider.lines.filter((line) => line.includes(JOB)), bulkGets()]).toEqual([[], []]);
    });

    test("up judges what it has made or changed by the service's answers, and asks nothing", async () => {
      const streaming = await ofEarlierRun({ evaluation: "streaming" });
      const provider = world.provider();
      const inputs = await planned(provider, streaming.id, streaming.state, {});
      await provider.audiences.update(streaming.id, streaming.state, inputs);
      const { id } = await provider.audiences.create({ ...BUYERS, name: "On edge", evaluation: "edge" });
      await provider.jobs.check({}, { segmentIds: [streaming.id, id] });
      expect(provider.lines.filter((line) => line.includes(JOB))).toEqual([
        expect.stringContaining(`the audience "On edge" (${id}) may not run as you expect: its evaluation is "edge"`),
      ]);
      expect(bulkGets()).toEqual([]);
    });

    test("up asks nothing that its preview has asked, unless it is long ago, or one was not as the job needs it", async () => {
      const [good = "", odd = ""] = ids(2);
      world.emulator.control.addAudience([
        { id: good, name: "Good" },
        { id: odd, name: "Odd", evaluation: "edge" },
      ]);
      const counts = async (...segmentIds: string[]) => {
        world.emulator.control.clearRequests();
        const lines = await checked(segmentIds);
        return [lines.length, bulkGets().length];
      };
      expect(await counts(good)).toEqual([0, 1]);
      expect(await counts(good)).toEqual([0, 0]);
      expect(await counts(good, odd)).toEqual([1, 1]);
      expect(await counts(good, odd)).toEqual([1, 1]);
      await world.clock.sleep(10 * 60_000 + 1);
      expect(await counts(good)).toEqual([0, 1]);
      // One that is not there is not taken for fine.
      world.emulator.control.deleteAudience(odd);
      expect(await counts(odd)).toEqual([0, 1]);
      expect(await counts(odd)).toEqual([0, 1]);
    });

    test("one that is gone does not hide what is wrong with another", async () => {
      const [gone = "", odd = ""] = ids(2);
      world.emulator.control.addAudience({ id: odd, name: "Odd", evaluation: "streaming" });
      world.emulator.control.addFault({ method: "POST", path: "/bulk-get$", status: 404 });
      expect((await checked([gone, odd])).join()).toContain('its evaluation is "streaming"');
    });

    test("that cannot be read are no reason to fail", async () => {
      const [id = ""] = ids(1);
      world.emulator.control.addFault({ method: "POST", path: "bulk-get$", times: 99, status: 403 });
      expect(await checked([id])).toEqual([]);
    });
  },
);
