import { AudiencesClient } from "../../../../provider/audience/client";
import type { AudienceForm } from "../../../../provider/audience/forms";
import { MergePoliciesClient } from "../../../../provider/audience/merge-policies";
import { OutcomeUnknownError, UnexpectedAnswerError } from "../../../../provider/http/errors";
import { IncompleteListingError } from "../../../../provider/http/pager";
import { answer, type Step } from "../http/scripted-server";
import { stopServers, world } from "../http/transport-world";
import { created, definition, mergePolicies, noRoute, notFound } from "./samples";

afterEach(stopServers);

/** @param remembered the form that an earlier process has found. */
async function connected(script: readonly Step[], remembered?: AudienceForm) {
  const saved: AudienceForm[] = [];
  const warnings: string[] = [];
  const { server, transport, clock } = await world(script);
  const memory = { load: async () => remembered, save: async (form: AudienceForm) => void saved.push(form) };
  const warn = (text: string) => void warnings.push(text);
  const client = new AudiencesClient({ transport, memory, clock, warn });
  const asked = () => server.received.map(({ method, url }) => `${method} ${url}`);
  const bodies = () => server.received.flatMap(({ body }) => (body === "" ? [] : [JSON.parse(body) as unknown]));
  const sandboxes = () => new Set(server.received.map(({ headers }) => headers["x-sandbox-name"]));
  return {
    client,
    policies: new MergePoliciesClient(transport, warn),
    asked,
    bodies,
    sandboxes,
    saved,
    warnings,
    clock,
  };
}

const audience = (id: string) => ({ ...created, id, audienceId: id });
const audiencesPage = (ids: readonly string[], totalCount: number, next?: string) =>
  answer(200, {
    children: ids.map(audience),
    _page: { totalCount, pageSize: ids.length, ...(next !== undefined && { next }) },
    _links: { next: next === undefined ? {} : { href: `@/audiences?start=${next}&limit=60` } },
  });
const definitionsPage = (ids: readonly string[], totalCount: number, totalPages = 1) =>
  answer(200, {
    segments: ids.map((id) => ({ ...definition, id })),
    page: { totalCount, totalPages, pageSize: ids.length, limit: 100 },
    link: {},
  });

const content = { name: "Buyers", description: "", expression: "a = 1", evaluation: "edge" } as const;

async function idsOf(client: AudiencesClient): Promise<string[]> {
  const ids: string[] = [];
  for await (const { items } of client.pages("dev")) ids.push(...items.map(({ id }) => id));
  return ids;
}

describe("the form of the service", () => {
  it("is learned from a listing, which is asked for once", async () => {
    const { client, asked, saved, sandboxes } = await connected([audiencesPage(["a"], 1)]);
    expect(await idsOf(client)).toEqual(["a"]);
    expect(asked()).toEqual(["GET /audiences?limit=60"]);
    expect(saved).toEqual(["audiences"]);
    expect(sandboxes()).toEqual(new Set(["dev"]));
  });

  it("is the older one where only that answers", async () => {
    const script = [answer(404, noRoute), answer(404, noRoute), definitionsPage(["a"], 1), definitionsPage(["a"], 1)];
    const { client, asked, saved } = await connected(script);
    expect(await idsOf(client)).toEqual(["a"]);
    expect(asked()).toEqual([
      "GET /audiences?limit=60",
      "GET /audiences?limit=1",
      "GET /segment/definitions?limit=1",
      "GET /segment/definitions?limit=100",
    ]);
    expect(saved).toEqual(["definitions"]);
  });

  it("is found out by a list of one before a write comes first", async () => {
    const { client, asked } = await connected([audiencesPage(["x"], 1), answer(200, created)]);
    await client.create("dev", content);
    expect(asked()).toEqual(["GET /audiences?limit=1", "POST /audiences"]);
  });

  it("is corrected when a remembered one is refused: nothing was carried out", async () => {
    const script = [answer(404, noRoute), answer(404, noRoute), definitionsPage([], 0), answer(200, definition)];
    const { client, asked, saved } = await connected(script, "audiences");
    expect(await client.create("dev", content)).toMatchObject({ id: definition.id });
    expect(asked().filter((request) => request.startsWith("POST"))).toEqual([
      "POST /audiences",
      "POST /segment/definitions",
    ]);
    expect(saved).toEqual(["definitions"]);
  });

  it("is found out anew where a remembered one knows no audience of the ID", async () => {
    const script = [answer(404, notFound), answer(404, noRoute), definitionsPage([], 0), answer(200, definition)];
    const { client } = await connected(script, "audiences");
    expect(await client.get("dev", definition.id)).toMatchObject({ id: definition.id });
  });

  it("is asked for anew where the older one is remembered, since it may have come to more", async () => {
    const { client, asked } = await connected([answer(200, definition), audiencesPage(["x"], 1)], "definitions");
    await client.get("dev", definition.id);
    expect([await client.form("dev"), await client.form("dev")]).toEqual(["audiences", "audiences"]);
    expect(asked()).toEqual([`GET /segment/definitions/${definition.id}`, "GET /audiences?limit=1"]);
  });

  it("is not taken for the older one by a failure that says nothing of it", async () => {
    const { client, saved } = await connected([answer(403, { message: "no" })]);
    await expect(client.form("dev")).rejects.toThrow("403");
    expect(saved).toEqual([]);
  });

  it("is the older one for an organisation whose audiences are not enabled", async () => {
    const notEnabled = { errors: { "403": [{ code: "UPAPI-113740-403", message: "not enabled" }] }, status: 403 };
    const { client } = await connected([answer(403, notEnabled), definitionsPage([], 0)]);
    expect(await client.form("dev")).toBe("definitions");
  });

  describe("where something else than the service answers with a page", () => {
    const page = answer(404, "<!DOCTYPE html><title>Not Found</title>");

    it("is not decided by one that comes once", async () => {
      const { client, asked, saved } = await connected([page, definitionsPage([], 0), audiencesPage(["x"], 1)]);
      expect(await client.form("dev")).toBe("audiences");
      expect(asked()).toEqual(["GET /audiences?limit=1", "GET /segment/definitions?limit=1", "GET /audiences?limit=1"]);
      expect(saved).toEqual(["audiences"]);
    });

    it("is the older one where nothing else ever comes", async () => {
      const { client } = await connected([page, definitionsPage([], 0), page]);
      expect(await client.form("dev")).toBe("definitions");
    });

    it("is not known where the second look fails of something else", async () => {
      const { client, saved } = await connected([page, definitionsPage([], 0), answer(403, { message: "no" })]);
      await expect(client.form("dev")).rejects.toThrow("403");
      expect(saved).toEqual([]);
    });

    it("is not known where that hides the older one, and the page is told", async () => {
      const { client } = await connected([answer(404, notFound), page]);
      await expect(client.form("dev")).rejects.toThrow(/GET \/segment\/definitions.*an HTML page: Not Found/);
    });
  });

  it("is none where neither answers: the first failure is told", async () => {
    const { client } = await connected([answer(404, noRoute), answer(404, noRoute)]);
    await expect(client.form("dev")).rejects.toThrow("/audiences");
  });
});

describe("a listing", () => {
  it("goes on where the service says, in its own words, with pages as large as the first one was cut", async () => {
    const script = [audiencesPage(["a", "b"], 3, "1"), audiencesPage(["c"], 3)];
    const { client, asked } = await connected(script);
    expect(await idsOf(client)).toEqual(["a", "b", "c"]);
    expect(asked()).toEqual(["GET /audiences?limit=60", "GET /audiences?start=1&limit=2"]);
  });

  it.each([
    ["a word alone", { _page: { totalCount: 2, next: "w1" } }],
    ["a number alone", { _page: { totalCount: 2, next: 1 } }],
    ["a link alone", { _page: { totalCount: 2 }, _links: { next: { href: "@/audiences?start=w1" } } }],
  ])("goes on by %s, and ends where the next word is empty", async (_, said) => {
    const end = { _page: { totalCount: 2, next: "" }, _links: { next: { href: "" } } };
    const script = [
      answer(200, { children: [audience("a")], ...said }),
      answer(200, { children: [audience("b")], ...end }),
    ];
    const { client, asked } = await connected(script, "audiences");
    expect(await idsOf(client)).toEqual(["a", "b"]);
    expect(asked()).toHaveLength(2);
  });

  it.each(["audiences", "definitions"] as const)("of nothing is asked for once more: %s", async (form) => {
    const page = form === "audiences" ? audiencesPage : definitionsPage;
    const { client, asked, clock } = await connected([page([], 0), page(["a"], 1), page([], 0), page([], 0)], form);
    expect([await idsOf(client), await idsOf(client)]).toEqual([["a"], []]);
    expect(asked()).toHaveLength(4);
    expect(clock.slept.filter((ms) => ms > 0)).toEqual([2_000, 2_000]);
  });

  it("of nothing that has a name is asked for once", async () => {
    const { client, asked } = await connected([audiencesPage([], 0)], "audiences");
    await client.pages("dev", { name: "a" }).next();
    expect(asked()).toHaveLength(1);
  });

  it("is not empty because a page is", async () => {
    const { client } = await connected([audiencesPage([], 3), audiencesPage([], 3), audiencesPage([], 3)], "audiences");
    await expect(idsOf(client)).rejects.toThrow(IncompleteListingError);
  });

  it("has all after one page that was empty by mistake", async () => {
    const { client } = await connected([audiencesPage([], 1), audiencesPage(["a"], 1)], "audiences");
    expect(await idsOf(client)).toEqual(["a"]);
  });

  it.each<[string, object, boolean]>([
    ["which says nothing more", {}, false],
    ["which says how many there are", { _page: { totalCount: 60 } }, true],
  ])("is complete after one full page %s, or refused", async (_, said, isComplete) => {
    const children = Array.from({ length: 60 }, (_, i) => audience(`a${i}`));
    const { client } = await connected([answer(200, { children, ...said })], "audiences");
    const listed = idsOf(client);
    await (isComplete
      ? expect(listed).resolves.toHaveLength(60)
      : expect(listed).rejects.toThrow(UnexpectedAnswerError));
  });

  it("is none where the answer has no list", async () => {
    const { client } = await connected([answer(200, {})], "audiences");
    await expect(idsOf(client)).rejects.toThrow(UnexpectedAnswerError);
  });

  it("is asked for by a part of a name, and by a class", async () => {
    const { client, asked } = await connected([audiencesPage([], 0)], "audiences");
    await client.pages("dev", { name: "Buy & go", entityType: "_xdm.context.account" }).next();
    expect(asked()).toEqual(["GET /audiences?limit=60&name=Buy%20%26%20go&entityType=_xdm.context.account"]);
  });

  it.each([
    ["from 0", ["a b", "c d", "e"], ["", "page=1", "page=2"]],
    ["from 1", ["a b", "a b", "c d", "e"], ["", "page=1", "page=2", "page=3"]],
  ])("of definitions is complete whether pages are counted %s", async (_, pages, queries) => {
    const script = pages.map((ids) => definitionsPage(ids.split(" "), 5, 3));
    const { client, asked } = await connected(script, "definitions");
    expect(await idsOf(client)).toEqual(["a", "b", "c", "d", "e"]);
    expect(asked()).toEqual(
      queries.map((query) => `GET /segment/definitions?${query === "" ? "limit=100" : `${query}&limit=2`}`),
    );
  });

  it("of definitions is not complete where pages are missing", async () => {
    const script = [
      definitionsPage(["a"], 2, 1),
      definitionsPage([], 2, 1),
      definitionsPage(["a"], 2, 1),
      definitionsPage([], 2, 1),
    ];
    const { client } = await connected(script, "definitions");
    await expect(idsOf(client)).rejects.toThrow(IncompleteListingError);
  });

  it("of the newest is one request", async () => {
    const { client, asked } = await connected([audiencesPage(["a"], 9, "1")], "audiences");
    expect((await client.listNewest("dev")).map(({ id }) => id)).toEqual(["a"]);
    expect(asked()).toEqual(["GET /audiences?limit=60&sort=updateTime:desc"]);
  });

  it("of the newest is asked for once more where it is empty: what was just made must not be missed", async () => {
    const { client } = await connected([audiencesPage([], 0), audiencesPage(["a"], 1)], "audiences");
    expect((await client.listNewest("dev")).map(({ id }) => id)).toEqual(["a"]);
  });
});

describe("an audience", () => {
  it("is made with all that its program says, and batch where it says nothing", async () => {
    const { client, bodies } = await connected([answer(201, created)], "audiences");
    const { evaluation: _, ...silent } = content;
    await client.create("dev", { ...silent, expression: { nodeType: "x" }, labels: ["C1"], lifecycle: "draft" });
    expect(bodies()).toEqual([
      {
        type: "SegmentDefinition",
        profileInstanceId: "ups",
        evaluationInfo: { batch: { enabled: true }, continuous: { enabled: false }, synchronous: { enabled: false } },
        name: "Buyers",
        description: "",
        expression: { type: "PQL", format: "pql/json", value: '{"nodeType":"x"}' },
        labels: ["C1"],
        lifecycleState: "draft",
      },
    ]);
  });

  it("may have been made where the answer has none", async () => {
    const { client } = await connected([answer(201, "")], "audiences");
    await expect(client.create("dev", content)).rejects.toThrow(OutcomeUnknownError);
  });

  it("is changed in what is different, whole values each", async () => {
    const { client, asked, bodies } = await connected([answer(200, created)], "audiences");
    await client.update("dev", created.id, { evaluation: "edge", description: "" }, content);
    expect(asked()).toEqual([`PATCH /audiences/${created.id}`]);
    expect(bodies()).toEqual([
      [
        {
          op: "add",
          path: "/evaluationInfo",
          value: { batch: { enabled: false }, continuous: { enabled: false }, synchronous: { enabled: true } },
        },
        { op: "add", path: "/description", value: "" },
      ],
    ]);
  });

  it("is read again where the answer to a change is empty", async () => {
    const { client, asked } = await connected([answer(204, ""), answer(200, created)], "audiences");
    expect(await client.update("dev", created.id, { name: "x" }, content)).toMatchObject({ id: created.id });
    expect(asked()).toEqual([`PATCH /audiences/${created.id}`, `GET /audiences/${created.id}`]);
  });

  it("is overwritten in the older form with all that it has, and its evaluation always", async () => {
    const current = { ...definition, ttlInDays: 30, payloadSchema: "string", mergePolicyId: "mp", tags: ["t"] };
    const { client, asked, bodies } = await connected([answer(200, current), answer(200, definition)], "definitions");
    await client.update("dev", definition.id, { name: "Buyers" }, { name: "Buyers", expression: "a = 1" });
    expect(asked()).toEqual([
      `GET /segment/definitions/${definition.id}`,
      `PATCH /segment/definitions/${definition.id}`,
    ]);
    expect(bodies()).toEqual([
      {
        id: definition.id,
        schema: { name: "_xdm.context.profile" },
        profileInstanceId: "ups",
        name: "Buyers",
        description: "Last 30 days",
        expression: { type: "PQL", format: "pql/text", value: "a = 1" },
        evaluationInfo: { batch: { enabled: true }, continuous: { enabled: false }, synchronous: { enabled: false } },
        dataGovernancePolicy: { excludeOptOut: true },
        ttlInDays: 30,
        payloadSchema: "string",
        mergePolicyId: "mp",
        tags: ["t"],
      },
    ]);
  });

  it.each(["create", "update"] as const)(
    "is not written where the older form would lose a field: %s",
    async (method) => {
      const { client, asked } = await connected([], "definitions");
      const whole = { ...content, labels: ["C1"] };
      const written =
        method === "create" ? client.create("dev", whole) : client.update("dev", "a", { labels: ["C1"] }, whole);
      await expect(written).rejects.toThrow(/\/segment\/definitions, which has no labels.*Nothing was sent/);
      expect(asked()).toEqual([]);
    },
  );

  it("is not there where the service says so", async () => {
    const { client } = await connected([audiencesPage([], 0), answer(404, notFound)]);
    await client.form("dev");
    expect(await client.get("dev", "a")).toBeUndefined();
  });

  it("is no other one", async () => {
    const { client } = await connected([answer(200, created)], "audiences");
    await expect(client.get("dev", "test-external-audience-id")).rejects.toThrow(UnexpectedAnswerError);
  });

  it("is read with a hundred others, and absent where it is told as an error", async () => {
    const results = { a: audience("a"), b: { code: 404, message: "no" } };
    const { client, asked, bodies } = await connected([answer(207, { results })], "audiences");
    expect([...((await client.getMany("dev", ["a", "b", "c"])) ?? [])].map(([id]) => id)).toEqual(["a"]);
    expect(asked()).toEqual(["POST /audiences/bulk-get"]);
    expect(bodies()).toEqual([{ ids: [{ id: "a" }, { id: "b" }, { id: "c" }] }]);
  });

  it.each<[string, Step, string]>([
    ["204", answer(204, ""), "deleted"],
    ["200 without a body", answer(200, ""), "deleted"],
    ["200 with a message", answer(200, { status: true, message: "deleted" }), "deleted"],
    ["404", answer(404, notFound), "absent"],
    ["200 with nothing", answer(200, {}), "unconfirmed"],
    ["200 with the audience", answer(200, audience("a")), "unconfirmed"],
    ["200 with an error", answer(200, { status: 400, title: "It is in use" }), "unconfirmed"],
    ["200 with a list", answer(200, []), "unconfirmed"],
    ["202 with a job", answer(202, { status: "QUEUED" }), "unconfirmed"],
  ])("is deleted, was not there, or nothing is said of it: %s", async (_, step, expected) => {
    const { client } = await connected([audiencesPage([], 0), step]);
    await client.form("dev");
    expect(await client.remove("dev", "a")).toBe(expected);
  });

  it("is not deleted where the service says so with a 200", async () => {
    const { client } = await connected([answer(200, { status: false, message: "in use" })], "definitions");
    await expect(client.remove("dev", "a")).rejects.toThrow(/the service did not delete it.*in use/);
  });
});

describe("merge policies", () => {
  it("are one request, although the page's sample has a link to more", async () => {
    const { policies, asked } = await connected([answer(200, mergePolicies)]);
    expect((await policies.list("dev")).map(({ name }) => name)).toEqual([
      "Profile Default Merge Policy",
      "Dataset Precedence Merge Policy",
    ]);
    expect(asked()).toEqual(["GET /config/mergePolicies?limit=100"]);
  });

  it("are read to the end where there are more", async () => {
    const [first, second] = mergePolicies.children;
    const next = { next: { href: "@/mergePolicies?start=K1&limit=1" } };
    const pages = [
      { ...mergePolicies, children: [first], _links: next },
      { ...mergePolicies, children: [second], _links: { next: { href: "" } } },
    ];
    const { policies, asked } = await connected(pages.map((page) => answer(200, page)));
    expect(await policies.list("dev")).toHaveLength(2);
    expect(asked()[1]).toBe("GET /config/mergePolicies?start=K1&limit=100");
  });

  it("are not none because the answer is not understood", async () => {
    const { policies } = await connected([answer(200, { results: [] })]);
    await expect(policies.list("dev")).rejects.toThrow(UnexpectedAnswerError);
  });
});
