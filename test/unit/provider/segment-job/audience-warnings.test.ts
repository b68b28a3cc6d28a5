import { UNKNOWN } from "../../../../model/is-unknown";
import { World } from "./world";

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

    test("that cannot be read are no reason to fail", async () => {
      const [id = ""] = ids(1);
      world.emulator.control.addFault({ method: "POST", path: "bulk-get$", times: 99, status: 403 });
      expect(await checked([id])).toEqual([]);
    });
  },
);
