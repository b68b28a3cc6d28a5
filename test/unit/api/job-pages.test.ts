import { UnexpectedAnswerError } from "../../../provider/http/errors";
import { World } from "../segment-job/world";

let world: World;
beforeEach(async () => {
  world = await World.start();
});
afterEach(() => world.stop());

const jobs = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `j${i}`, status: "NEW", segments: [] }));
const answering = (body: object) =>
  world.emulator.control.addFault({ method: "GET", path: "/segment/jobs$", status: 200, body: body });
const asked = () =>
  world.emulator.control
    .requests()
    .filter(({ path }) => path.endsWith("/segment/jobs"))
    .map(({ query, headers }) => [headers["x-sandbox-name"], query]);

describe("the pages of the listing of jobs", () => {
  it("have all jobs of the sandbox, the newest first", async () => {
    const made: string[] = [];
    for (let i = 0; i < 250; i += 1) {
      made.unshift(world.emulator.control.addJob({ segmentIds: ["a"], sandbox: "dev" }).id);
      world.emulator.control.addJob({ segmentIds: ["a"], sandbox: "prod" });
      world.emulator.control.advance(1);
    }
    const { client } = world.provider();
    const found: string[] = [];
    let next: string | undefined;
    do {
      const page = await client.page("dev", next);
      found.push(...page.jobs.map(({ id }) => id));
      next = page.next;
    } while (next !== undefined);
    expect(found).toEqual(made);
    const query = { limit: "100", sort: "creationTime:desc" };
    expect(asked()).toEqual([
      ["dev", query],
      ["dev", { ...query, start: "100" }],
      ["dev", { ...query, start: "200" }],
    ]);
  });

  it.each<[string, string | undefined, object, string | undefined]>([
    [
      "a link says where",
      undefined,
      { _links: { next: { href: "/segment/jobs?limit=9&start=109103839" } } },
      "109103839",
    ],
    [
      "a link that says nothing, and more are counted",
      undefined,
      { _links: { next: {} }, _page: { totalCount: 12 } },
      "2",
    ],
    [
      "a link without a start, and more are counted",
      "2",
      { _links: { next: { href: "/x" } }, _page: { totalCount: 9 } },
      "4",
    ],
    ["no link, and no more are counted", "10", { _page: { totalCount: 12 } }, undefined],
    [
      "the guide's sample: an empty link, and all are listed",
      undefined,
      { _links: { next: {} }, _page: { totalCount: 2 } },
      undefined,
    ],
    ["nothing, and the page is not full", undefined, {}, undefined],
    ["nothing, and the page is full", "100", { children: jobs(100) }, "200"],
    ["nothing, and the start was the service's own word", "a1", { children: jobs(100) }, undefined],
  ])("go on where the service says; %s", async (_, start, body, next) => {
    answering({ children: jobs(2), ...body });
    const page = await world.provider().client.page("prod", start);
    expect(page.next).toBe(next);
    expect(asked()).toMatchObject([["prod", start === undefined ? {} : { start }]]);
  });

  it("leave out what is no job, and say nothing of it", async () => {
    answering({ children: [...jobs(1), { id: "x" }, null, { id: "y", status: "NEW", segments: "odd" }] });
    const provider = world.provider();
    expect((await provider.client.page("prod")).jobs.map(({ id }) => id)).toEqual(["j0", "y"]);
    expect(provider.lines).toEqual([]);
  });

  it("must be a list", async () => {
    answering({ jobs: [] });
    await expect(world.provider().client.page("prod")).rejects.toThrow(UnexpectedAnswerError);
  });
});
