import { formatMarker, parseMarker } from "../../../../cli/post/marker";
import { fc, samples } from "../../../properties";
import { PERSON, US, type Author, type CommentServer } from "./comment-server";
import { startPosting, type Posting } from "./posting";
import { recorded } from "./previews";
import { github, services } from "./services";

/** As an installation has one, a workflow's among them: another one for each run. */
const INSTALLATION = "ghs_0123456789abcdefSECRET";
const asInstallation = { environment: { GITHUB_TOKEN: INSTALLATION } };
const WORKFLOW: Author = { id: 41_898_282, login: "github-actions[bot]", type: "Bot" };
const APP: Author = { id: 98, login: "acme-reviews[bot]", type: "Bot" };
const STRANGER: Author = { id: 97, login: "stranger[bot]", type: "Bot" };
const MARKER = "<!-- pulumi-cja review web/prod from create.json in 0123456789ab -->";
const create = [recorded("create")];

let posting: Posting;
afterEach(() => posting.server.close());

describe("a token that may not ask who it is", () => {
  beforeEach(async () => {
    posting = await startPosting(github, INSTALLATION);
    posting.server.me = undefined;
  });

  /** A stranger's comment with our marker, older than our own. */
  function both(own: Author, stranger = STRANGER) {
    const { server } = posting;
    server.writer = own;
    return { foreign: server.add(`${MARKER}\nforeign`, stranger), ours: server.add(`${MARKER}\nold`, own) };
  }

  test.each([
    ["a workflow's", WORKFLOW, STRANGER],
    ["an app's", APP, STRANGER],
    ["an app's, beside a workflow's comment", APP, WORKFLOW],
  ])("is told by GraphQL: %s touches what it has written alone", async (_, own, stranger) => {
    const { foreign, ours } = both(own, stranger);
    posting.server.viewer = own;
    await posting.run(create, asInstallation);
    expect(posting.server.writes()).toEqual(["PATCH"]);
    expect([foreign.body, ours.body]).toEqual([`${MARKER}\nforeign`, expect.stringContaining("Returning")]);
    expect(posting.server.comments).toEqual([foreign, ours]);
  });

  test.each<readonly [string, () => void]>([
    ["is not there", () => undefined],
    ["refuses", () => posting.server.fail("POST", "/graphql", { status: 200, body: { errors: [{ message: "no" }] } })],
    [
      "answers something else",
      () => posting.server.fail("POST", "/graphql", { status: 200, body: { data: { viewer: null } } }),
    ],
  ])("is the workflow's where GraphQL %s, and the workflow has written a comment", async (_, fault) => {
    const { foreign, ours } = both(WORKFLOW);
    fault();
    await posting.run(create, asInstallation);
    expect(posting.server.writes()).toEqual(["PATCH"]);
    expect([foreign.body, ours.body]).toEqual([`${MARKER}\nforeign`, expect.stringContaining("Returning")]);
  });

  test("is told by what it writes where nobody says it", async () => {
    const { foreign, ours } = both(APP);
    await posting.run(create, asInstallation);
    expect(posting.server.writes()).toEqual(["POST", "DELETE", "PATCH"]);
    expect(foreign.body).toBe(`${MARKER}\nforeign`);
    expect(posting.server.comments).toEqual([foreign, ours]);
    expect(ours.body).toContain("Returning");
  });

  test("is told by the GraphQL of an Enterprise server, which is not below version 3", async () => {
    const { server, failure } = posting;
    server.fail("GET", "/api/v3/user", { status: 403, body: { message: "Resource not accessible by integration" } });
    server.viewer = APP;
    const environment = { ...asInstallation.environment, GITHUB_API_URL: `${server.url}/api/v3` };
    await failure(create, { environment });
    expect(server.asked.map(({ method, path }) => `${method} ${path}`).slice(0, 2)).toEqual([
      "GET /api/v3/user",
      "POST /api/graphql",
    ]);
  });

  test("writes one comment where there is none, run after run", async () => {
    const { server, run } = posting;
    server.writer = APP;
    server.add(`${MARKER}\npasted`, PERSON);
    server.fail("POST", github.dialect.comments, "reset when done");
    for (const number of [1, 2, 3]) await run(create, asInstallation, number);
    const ours = server.comments.filter(({ author }) => author === APP);
    expect(ours.map(({ body }) => parseMarker(body)?.stack)).toEqual(["web/prod"]);
    expect(server.comments).toHaveLength(2);
  });
});

describe.each(services)("on $service", (tested) => {
  const installation = tested.service === "github";
  beforeEach(async () => (posting = await startPosting(tested, ...(installation ? [INSTALLATION] : []))));

  const author = fc.constantFrom(US, WORKFLOW, APP, STRANGER, PERSON);
  const body = fc.oneof(
    fc.constantFrom(MARKER, "<!-- pulumi-cja review web/prod -->", formatMarker({ source: "create.json" }), "LGTM", ""),
    fc.string(),
  );
  const comments = fc.array(fc.tuple(author, body), { maxLength: 6 });
  const told = fc.constantFrom("GET /user", "GraphQL", "nobody");

  /** Afterwards the comments of others are what they were, and there is one of ours for the stack. */
  async function post(server: CommentServer, me: Author, by: string, before: readonly (readonly [Author, string])[]) {
    server.comments.splice(0);
    for (const [who, text] of before) server.add(`${text}\nbefore`, who);
    server.me = by === "GET /user" || !installation ? me : undefined;
    server.viewer = by === "GraphQL" ? me : undefined;
    server.writer = me;
    const shown = () => server.comments.filter((comment) => comment.author !== me).map((comment) => ({ ...comment }));
    const foreign = shown();
    await posting.run(create, installation ? asInstallation : {});
    expect(shown()).toEqual(foreign);
    const ours = server.comments.filter(
      (comment) => comment.author === me && parseMarker(comment.body)?.stack === "web/prod",
    );
    expect(ours.map((comment) => comment.body)).toEqual([expect.stringContaining("Returning")]);
  }

  test("no comment of somebody else is ever touched", async () => {
    await fc.assert(
      fc.asyncProperty(author, told, comments, (me, by, before) => {
        // Nobody but a workflow's token is taken for the workflow's, where GitHub does not say whose it is.
        const others = by === "nobody" && me !== WORKFLOW ? before.filter(([who]) => who !== WORKFLOW) : before;
        return post(posting.server, me === PERSON && by !== "GET /user" ? APP : me, by, others);
      }),
      { numRuns: samples(1000) },
    );
  });
});
