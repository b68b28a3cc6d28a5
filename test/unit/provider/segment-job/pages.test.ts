import { nextPageOf } from "../../../../provider/segment-job/paging";
import { UnexpectedAnswerError } from "../../../../provider/http/errors";
import { World } from "./world";

let world: World;
beforeEach(async () => {
  world = await World.start();
});
afterEach(() => world.stop());

const jobs = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `j${i}`, status: "NEW", segments: [] }));
const answering = (body: object) =>
  world.emulator.control.addFault({ method: "GET", path: "/segment/jobs$", status: 200, body });
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
    for await (const { items } of client.pages("dev")) found.push(...items.map(({ id }) => id));
    expect(found).toEqual(made);
    const query = { limit: "100", sort: "creationTime:desc" };
    expect(asked()).toEqual([
      ["dev", query],
      ["dev", { ...query, start: "100" }],
      ["dev", { ...query, start: "200" }],
    ]);
  });

  it.each<[string, string, number, Record<string, unknown>, object]>([
    [
      "a link says where",
      "0",
      2,
      { _links: { next: { href: "/segment/jobs?limit=9&start=109103839" } } },
      { next: "109103839" },
    ],
    [
      "a link that says nothing, and more are counted",
      "0",
      2,
      { _links: { next: {} }, _page: { totalCount: 12 } },
      { next: "2", total: 12 },
    ],
    [
      "a link without a start, and more are counted",
      "2",
      2,
      { _links: { next: { href: "/x" } }, _page: { totalCount: 9 } },
      { next: "4", total: 9 },
    ],
    ["no link, and no more are counted", "10", 2, { _page: { totalCount: 12 } }, { total: 12 }],
    [
      "the guide's sample: an empty link, and all are listed",
      "0",
      2,
      { _links: { next: {} }, _page: { totalCount: 2 } },
      { total: 2 },
    ],
    ["nothing, and the page is not full", "0", 2, {}, {}],
    ["nothing, and the page is full", "100", 100, {}, { next: "200" }],
    ["nothing, and the page is as large as services cut them", "100", 50, {}, { next: "150" }],
    ["nothing, and there are more than were asked for", "0", 120, {}, { next: "120", mayRepeat: true }],
    ["nothing, and the start was the service's own word", "a1", 100, {}, {}],
  ])("go on where the service says; %s", (_, start, listed, body, rest) => {
    expect(nextPageOf(body, start, listed, 100)).toEqual(rest);
  });

  it("leave out what is no job, and say nothing of it", async () => {
    answering({ children: [...jobs(1), { id: "x" }, null, { id: "y", status: "NEW", segments: "odd" }] });
    const provider = world.provider();
    const { value } = await provider.client.pages("prod").next();
    expect(value?.items.map(({ id }) => id)).toEqual(["j0", "y"]);
    expect(provider.lines).toEqual([]);
  });

  it("must be a list", async () => {
    answering({ jobs: [] });
    await expect(world.provider().client.pages("prod").next()).rejects.toThrow(UnexpectedAnswerError);
  });
});
