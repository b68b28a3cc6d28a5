import { AudienceWorld, named } from "./scene";

const livesIn = (country: string) => `homeAddress.countryISO = "${country}"`;

/** The engine reads and makes so many at a time. */
const AT_ONCE = 8;

async function inTurns<T>(all: readonly T[], work: (one: T, index: number) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < all.length; start += AT_ONCE)
    await Promise.all(all.slice(start, start + AT_ONCE).map((one, i) => work(one, start + i)));
}

describe.each([
  ["both", 60],
  ["definitions", 100],
] as const)("many audiences, where the service has %s", (form, pageSize) => {
  let stage: AudienceWorld;
  beforeEach(async () => {
    stage = await AudienceWorld.start({ audiences: form });
  });
  afterEach(() => stage.world.stop());

  const add = (count: number) =>
    stage.control.addAudience(
      Array.from({ length: count }, (_, i) => ({ name: `A ${i}`, expression: livesIn(`${i}`) })),
    );

  test("a refresh of 500 costs the listing, and one request more", async () => {
    const all = add(500);
    const provider = stage.world.provider();
    const stateOf = ({ name, expression }: (typeof all)[number]) => ({ name, expression, sandboxName: "prod" });
    // What a process has learned of the service, the next one knows.
    await stage.world.provider().audiences.read(all[0]?.id ?? "", stateOf(all[0] as (typeof all)[number]));
    stage.control.clearRequests();
    await inTurns(all, async (one) => {
      expect((await provider.audiences.read(one.id, stateOf(one)))?.inputs).toEqual({
        name: one.name,
        expression: one.expression,
      });
    });
    expect(stage.requests().length).toBeLessThanOrEqual(Math.ceil(500 / pageSize) + 1);
  });

  test("100 that are taken over as they are cost the listing, and no write", async () => {
    const all = add(100);
    const args = (i: number) => ({ name: `A ${i}`, expression: livesIn(`${i}`), adoptId: all[i]?.id ?? "" });
    const provider = stage.world.provider();
    await stage.up(args(0), undefined, stage.world.provider(), named("first"));
    stage.control.clearRequests();
    for (const [i] of all.entries())
      expect((await provider.audiences.check({}, args(i), named(`a${i}`))).mistakes).toEqual([]);
    await inTurns(all, (_, i) => provider.audiences.create(args(i), named(`a${i}`)));
    expect(stage.writes()).toEqual([]);
    expect(stage.requests().length).toBeLessThanOrEqual(Math.ceil(100 / pageSize) + 1);
  });

  test("20 of a large sandbox are not looked for in all of its listing", async () => {
    const all = add(2_000);
    const provider = stage.world.provider();
    const wanted = all.filter((_, i) => i % 100 === 99);
    await inTurns(wanted, ({ id, name, expression }) =>
      provider.audiences.read(id, { name, expression, sandboxName: "prod" }),
    );
    expect(stage.requests().length).toBeLessThanOrEqual(16);
  });
});
