import { all, dimension, metric, segment, visits } from "../../../../definition";
import { World } from "../segment-job/world";

const uses = (page: string, orders = "orders") =>
  segment(visits(all(dimension(page).exists(), metric(orders).isAtLeast(1))));
const good = { name: "A", dataViewId: "dv_dev", definition: uses("page") };
const bad = { ...good, definition: uses("pgae", "oders") };

const PAGE =
  'warning: Segment "A": definition.container.pred.preds[0].val.name: found "variables/pgae", which the data view "dv_dev" does not have; did you mean "variables/page"?';
const ORDERS =
  'warning: Segment "A": definition.container.pred.preds[1].val.evt.name: found "metrics/oders", which the data view "dv_dev" does not have; did you mean "metrics/orders"?';

/** By itself: the default. */
const DEFAULT = { CJA_CHECK_TARGET: "" };

describe.each(["guide", "reference"] as const)(
  "a name that its data view does not have, in the %s dialect",
  (dialect) => {
    let world: World;
    beforeEach(async () => (world = await World.start({ dialect })));
    afterEach(() => world.stop());

    const process = (more: Record<string, string> = {}) => world.provider({ ...DEFAULT, ...more });
    const asked = () =>
      world.emulator.control
        .requests()
        .map(({ path }) => path)
        .filter((path) => path.startsWith("/data/dataviews"));
    const check = async ({ segments }: ReturnType<World["provider"]>, news: object, olds: object = {}) =>
      (await segments.check({ ...olds }, { ...news })).mistakes.map(({ path, message }) => `${path}: ${message}`);

    test("is a warning of the preview with the nearest name, for all of a program, and costs two requests a data view", async () => {
      const provider = process();
      expect(await check(provider, bad)).toEqual([]);
      expect(await check(provider, { ...good, name: "B" })).toEqual([]);
      expect(await check(provider, { ...good, name: "C", definition: uses("nowhere") })).toEqual([]);
      expect(provider.lines).toEqual([
        PAGE,
        ORDERS,
        'warning: Segment "C": definition.container.pred.preds[0].val.name: found "variables/nowhere", which the data view "dv_dev" does not have',
      ]);
      expect(asked().sort()).toEqual(["/data/dataviews/dv_dev/dimensions", "/data/dataviews/dv_dev/metrics"]);
    });

    test("is looked for once for an hour where all is there, and the run writes it all the same where not", async () => {
      await check(process(), good);
      const run = process();
      await check(run, good);
      await run.segments.create(good);
      expect(asked()).toHaveLength(2);
      await run.segments.create(bad);
      expect([asked().length, world.emulator.control.segments().length]).toEqual([2, 2]);
    });

    test("is looked for in a definition that is new or changed, by the label where it is known, and once in a process", async () => {
      const provider = process();
      await check(provider, { ...bad, name: "Other" }, bad);
      expect(asked()).toEqual([]);
      const resource = { urn: "urn", stack: "p/s", label: 'cja.Segment "a"' };
      // What the engine replaces it checks twice.
      await provider.segments.check(good, bad, resource);
      await provider.segments.check({}, bad, resource);
      expect(provider.lines).toEqual([PAGE, ORDERS].map((line) => line.replace('Segment "A"', 'cja.Segment "a"')));
    });

    test("is not looked for where the preview may ask nothing, where nobody wants it, and where Adobe refuses the definition", async () => {
      await check(process({ CJA_VALIDATE: "apply" }), bad);
      await check(process({ CJA_CHECK_TARGET: "never" }), bad);
      world.emulator.control.addFault({ path: "/validate$", status: 200, body: { valid: false, message: "no" } });
      expect(await check(process(), { ...good, definition: uses("gone") })).toEqual([
        expect.stringContaining("the service refuses the definition"),
      ]);
      expect(asked()).toEqual([]);
    });

    test("stays an error with cja:checkTarget always, with the nearest name, too", async () => {
      const provider = process({ CJA_CHECK_TARGET: "always" });
      const lines = [PAGE, ORDERS].map((line) => line.replace('warning: Segment "A": ', ""));
      expect([await check(provider, bad), provider.lines]).toEqual([lines, []]);
    });

    test("is sought among its own kind: a metric is no dimension", async () => {
      const provider = process();
      await check(provider, { ...good, definition: uses("order", "page") });
      expect(provider.lines.map((line) => line.includes("did you mean"))).toEqual([false, false]);
    });

    describe("where the look fails", () => {
      const LOOK = "^/data/dataviews/dv_dev/";
      test.each<[string, object, RegExp]>([
        ["by 403", { status: 403 }, /403 Forbidden/],
        ["by 500", { status: 503 }, /503 Service Unavailable/],
        ["without an answer", { reset: "before" }, /ECONNRESET/],
        ["by what is no list", { status: 200, body: { content: 1 } }, /a list of (dimensions|metrics)/],
      ])("%s, one warning says so, nothing is repeated, and nothing fails", async (_, fault, why) => {
        world.emulator.control.addFault({ path: LOOK, times: 1_000, ...fault });
        const provider = process();
        const began = world.clock.now();
        expect(await Promise.all([check(provider, bad), check(provider, { ...bad, name: "B" })])).toEqual([[], []]);
        expect(await check(provider, { ...bad, name: "C" })).toEqual([]);
        expect(provider.lines).toEqual([
          expect.stringMatching(
            /^warning: The provider could not look up the dimensions and metrics of data view dv_dev, .*cja:checkTarget to never.*Could not list the (dimensions|metrics) of data view dv_dev/,
          ),
        ]);
        expect(provider.lines[0]).toMatch(why);
        expect([asked().length, world.clock.now() - began < 5_000]).toEqual([2, true]);
      });

      test("because the service is down, no other data view is looked at", async () => {
        world.emulator.control.addFault({ path: "^/data/dataviews", times: 1_000, status: 500 });
        const provider = process();
        await check(provider, bad);
        await check(provider, { ...bad, dataViewId: "dv_prod" });
        expect([asked().length, provider.lines.length]).toEqual([2, 1]);
      });

      test("because there are no credentials, one warning is enough", async () => {
        const provider = process({ CJA_VALIDATE: "never", CJA_CLIENT_ID: "" });
        for (const dataViewId of ["dv_dev", "dv_prod"])
          expect(await check(provider, { ...bad, dataViewId })).toEqual([]);
        expect(provider.lines).toEqual([expect.stringContaining("cja:clientId is not set")]);
      });

      test("for one data view, the others are looked at", async () => {
        world.emulator.control.addFault({ path: LOOK, times: 1_000, status: 403 });
        const provider = process();
        await check(provider, bad);
        await check(provider, { ...bad, dataViewId: "dv_prod" });
        expect([asked().length, provider.lines.length]).toEqual([4, 3]);
      });
    });

    describe("as an unknown data view", () => {
      const lost = { ...good, dataViewId: "dv_prdo" };
      const MEANT = "; did you mean dv_prod (Production)?";

      test("is an error of Adobe's validation, with the nearest one by its ID or its name; all are listed once", async () => {
        const provider = process();
        expect(await check(provider, lost)).toEqual([
          expect.stringMatching(
            /^dataViewId: found "dv_prdo"; did you mean dv_prod \(Production\)\? Could not validate .* was not found" \[request id \S+\]\.$/,
          ),
        ]);
        expect(await check(provider, { ...good, dataViewId: "Stagign" })).toEqual([
          expect.stringContaining('found "Stagign"; did you mean dv_stage (Staging)?'),
        ]);
        expect(await check(provider, { ...good, dataViewId: "nowhere-at-all" })).toEqual([
          expect.stringMatching(
            /^dataViewId: found "nowhere-at-all"\. Could not validate .* was not found" \[request id \S+\]\. Give the ID of a data view/,
          ),
        ]);
        expect(asked()).toEqual(["/data/dataviews"]);
      });

      test("is one of the run, too", async () => {
        await expect(process({ CJA_VALIDATE: "apply" }).segments.create(lost)).rejects.toThrow(`"dv_prdo"${MEANT}`);
      });

      test("is a warning where Adobe is not asked, and an error where that is wanted", async () => {
        const provider = process({ CJA_VALIDATE: "never" });
        expect(await check(provider, lost)).toEqual([]);
        expect(provider.lines).toEqual([
          `warning: Segment "A": dataViewId: found "dv_prdo", but there is no such data view${MEANT}`,
        ]);
        const strict = process({ CJA_VALIDATE: "never", CJA_CHECK_TARGET: "always" });
        expect(await check(strict, lost)).toEqual([
          `dataViewId: found "dv_prdo", but there is no such data view${MEANT}`,
        ]);
      });

      test("is named without the nearest one where they cannot be listed, or nobody wants them listed", async () => {
        world.emulator.control.addFault({ path: "^/data/dataviews$", times: 1_000, status: 500 });
        const alone = [expect.stringMatching(/^dataViewId: found "dv_prdo"\. Could not validate/)];
        expect(await check(process(), lost)).toEqual(alone);
        expect(asked()).toHaveLength(1);
        expect(await check(process({ CJA_CHECK_TARGET: "never" }), lost)).toEqual(alone);
        expect(asked()).toHaveLength(1);
      });
    });
  },
);

describe("what is odd in a definition", () => {
  let world: World;
  beforeEach(async () => (world = await World.start()));
  afterEach(() => world.stop());
  const exists = { func: "exists", val: { func: "attr", name: "variables/page" } };
  const around = (pred: unknown, context = "visits") => ({
    func: "segment",
    version: [1, 0, 0],
    container: { func: "container", context, pred },
  });
  const linesOf = async (definition: unknown, olds: object = {}) => {
    const provider = world.provider({ CJA_VALIDATE: "apply" });
    const { mistakes } = await provider.segments.check({ ...olds }, { ...good, definition });
    return { mistakes, lines: provider.lines };
  };

  test.each<[string, unknown, RegExp]>([
    [
      "an unknown level",
      around(exists, "accounts"),
      /definition\.container\.context: found a string, a context that pulumi-cja does not know/,
    ],
    [
      "a slip of the pen",
      around(exists, "vistors"),
      /definition\.container\.context: found a string, did you mean "visitors"\?/,
    ],
    [
      "an unknown function",
      around({ func: "quantum" }),
      /definition\.container\.pred\.func: found a string, a function that pulumi-cja does not know/,
    ],
    [
      "a number of time",
      around({ func: "eq", num: 1220114, val: { func: "attr", name: "variables/daterangeday" } }),
      /2022-02-14/,
    ],
    [
      "too many rules",
      around({ func: "or", preds: Array.from({ length: 101 }, (_, num) => ({ func: "gt", num, val: exists.val })) }),
      /definition: 101 conditions: Adobe's limit for a segment is 100/,
    ],
  ])(
    "%s: is a warning of the preview, without what may be secret, for a definition that is new or changed",
    async (_, definition, told) => {
      const { mistakes, lines } = await linesOf(definition);
      expect(mistakes).toEqual([]);
      expect(lines).toEqual([expect.stringMatching(new RegExp(`^warning: Segment "A": .*${told.source}`))]);
      expect((await linesOf(definition, { ...good, definition })).lines).toEqual([]);
    },
  );
});

test("an organisation that is full is said once, where the service counts its segments", async () => {
  const world = await World.start({ dialect: "reference" });
  try {
    const { id, state } = await world.provider().segments.create(good);
    const full = (total: number) =>
      world.emulator.control.addFault({
        method: "GET",
        path: "^/segments$",
        status: 200,
        body: { content: [{ id, dataId: "dv_dev", name: "A" }], totalElements: total, totalPages: 50, number: 0 },
      });
    const { segments, lines } = world.provider();
    for (const total of [49_999, 50_000, 50_001]) {
      full(total);
      await segments.read(id, state);
      // What is known of a segment holds for five minutes.
      world.clock.time += 600_000;
    }
    expect(lines).toEqual([
      "warning: The organisation has 50000 segments, and Adobe's limit is 50000: it takes no more. Delete segments that nobody uses.",
    ]);
  } finally {
    await world.stop();
  }
});
