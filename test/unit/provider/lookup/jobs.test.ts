import { AUDIENCES } from "../../../engine/programs";
import { hasProperty } from "../../../../provider/segment-job/search";
import { lookupWorld, numbers, type World } from "./world";

describe("looking segment jobs up", () => {
  let world: World;
  const control = () => world.emulator.control;
  const LIST = "/data/core/ups/segment/jobs";
  const pages = () => world.asked(LIST, "start", "limit", "status", "sort", "property");
  const add = (id: string, more: object = {}) =>
    control().addJob({ id, segmentIds: [AUDIENCES[0]], status: "SUCCEEDED", ...more });

  beforeEach(async () => {
    world = await lookupWorld({ clock: "manual" });
  });
  afterEach(() => world.stop());

  test("tells one by its ID, as the resource's outputs are named, with others by one request", async () => {
    add("one");
    add("all", { segmentIds: ["*"], source: "scheduler" });
    const [one, all] = await Promise.all(["one", "all"].map((id) => world.lookups.getSegmentJob({ id })));
    expect(one).toMatchObject({
      id: "one",
      status: "SUCCEEDED",
      segmentIds: [AUDIENCES[0]],
      orgId: "EMULATOR@AdobeOrg",
      sandboxName: "prod",
      source: "api",
    });
    expect(one).not.toHaveProperty("allSegments");
    expect(all).toMatchObject({ allSegments: true, source: "scheduler" });
    expect(all).not.toHaveProperty("segmentIds");
    expect(
      control()
        .requests()
        .filter(({ path }) => path.startsWith(LIST)),
    ).toHaveLength(1);
  });

  test("looks in the sandbox that is asked for, and says where there is none", async () => {
    add("one", { sandbox: "dev" });
    expect(await world.lookups.getSegmentJob({ id: "one", sandbox: "dev" })).toMatchObject({ sandboxName: "dev" });
    await expect(world.lookups.getSegmentJob({ id: "one" })).rejects.toThrow(
      'there is no segment job one in the sandbox "prod"; each sandbox has jobs of its own',
    );
  });

  test("lists past the first page, the newest first, where the service's next link leads", async () => {
    for (const number of numbers(250)) {
      control().advance(1_000);
      add(`job-${number}`);
    }
    const { jobs } = await world.lookups.findSegmentJobs({});
    expect(jobs.map(({ id }) => id)).toEqual(numbers(250).map((number) => `job-${249 - number}`));
    expect(pages()).toEqual(
      [undefined, "100", "200"].map((start) => [start, "100", undefined, "creationTime:desc", undefined]),
    );
    control().clearRequests();
    const oldest = await world.lookups.findSegmentJobs({ sort: "creationTime:asc", limit: 130 });
    expect(oldest.jobs.map(({ id }) => id)).toEqual(numbers(130).map((number) => `job-${number}`));
    expect(pages()).toHaveLength(2);
    control().clearRequests();
    expect((await world.lookups.findSegmentJobs({ limit: 5 })).jobs).toHaveLength(5);
    expect(pages()).toEqual([[undefined, "5", undefined, "creationTime:desc", undefined]]);
  });

  test("follows the next link wherever it leads, and goes by the offset where there is none", async () => {
    const page = (ids: readonly string[], next: object, totalCount?: number) => ({
      status: 200,
      path: `^${LIST}$`,
      body: {
        ...(totalCount !== undefined && { _page: { totalCount, pageSize: ids.length } }),
        children: ids.map((id) => ({ id, status: "NEW", segments: [{ segmentId: "*" }] })),
        _links: { next },
      },
    });
    control().addFault(page(["a", "b"], { href: "/segment/jobs?limit=100&start=2" }));
    control().addFault(page(["b", "c"], {}, 5));
    control().addFault(page(["d", "e"], {}, 5));
    const { jobs } = await world.lookups.findSegmentJobs({});
    expect(jobs.map(({ id }) => id)).toEqual(["a", "b", "c", "d", "e"]);
    expect(pages().map(([start]) => String(start))).toEqual(["undefined", "2", "4"]);
  });

  test("ends where the next link leads in a circle, and does not take what came for all there are", async () => {
    const children = [{ id: "a", status: "NEW", segments: [{ segmentId: "*" }] }];
    const _links = { next: { href: "/segment/jobs?start=1" } };
    control().addFault({ path: `^${LIST}$`, times: 100, status: 200, body: { children, _links } });
    await expect(world.lookups.findSegmentJobs({})).rejects.toThrow(
      "the listing is incomplete: the service repeats entries",
    );
    expect(pages()).toHaveLength(4);
  });

  test("filters by status and by properties, all of which have to hold", async () => {
    add("failed", { status: "FAILED" });
    add("nightly", { source: "scheduler", segmentIds: ["*"] });
    add("both", { segmentIds: [...AUDIENCES] });
    add("elsewhere", { sandbox: "dev" });
    const find = async (query: object) => (await world.lookups.findSegmentJobs(query)).jobs.map(({ id }) => id).sort();
    expect(await find({ status: "FAILED" })).toEqual(["failed"]);
    expect(await find({ status: "CANCELLED" })).toEqual([]);
    expect(await find({ properties: ["source==scheduler"] })).toEqual(["nightly"]);
    expect(await find({ properties: [`segments~segmentId==${AUDIENCES[0]}`] })).toEqual(["both", "failed"]);
    expect(await find({ properties: AUDIENCES.map((id) => `segments~segmentId==${id}`) })).toEqual(["both"]);
    expect(await find({ properties: ["source==api", "status==FAILED"], limit: 1 })).toEqual(["failed"]);
    expect(await find({ sandbox: "dev" })).toEqual(["elsewhere"]);
    expect(pages().slice(0, 3)).toEqual([
      [undefined, "100", "FAILED", "creationTime:desc", undefined],
      [undefined, "100", "CANCELLED", "creationTime:desc", undefined],
      [undefined, "100", undefined, "creationTime:desc", "source==scheduler"],
    ]);
  });
});

test.each([
  ["status==NEW", true],
  ["status==new", false],
  ["properties.runId==a==b", true],
  ["computeJobId==8811", true],
  ["segments~segmentId==x", true],
  ["segments~segmentId==z", false],
  ["segments==x", false],
  ["nothing.at.all==x", false],
])("a job has the property %s: %s", (property, has) => {
  const job = {
    status: "NEW",
    computeJobId: 8811,
    properties: { runId: "a==b" },
    segments: [{ segmentId: "x" }, { segmentId: "y" }],
  };
  expect(hasProperty(job, property)).toBe(has);
});
