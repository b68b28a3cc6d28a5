import { PERSON, US } from "./comment-server";
import { startPosting, type Posting } from "./posting";
import { recorded } from "./previews";
import { github, gitlab, services, TOKEN } from "./services";

const MARKER = "<!-- pulumi-cja review web/prod -->";
const BAD_GATEWAY = { status: 502, body: "<html>Bad gateway</html>" };
const create = [recorded("create")];

let posting: Posting;
afterEach(async () => {
  expect([...posting.said, posting.server.url].join("\n")).not.toContain("SECRET");
  await posting.server.close();
});

describe.each(services)("on $service", (tested) => {
  const { comments: place, edit } = tested.dialect;
  beforeEach(async () => (posting = await startPosting(tested)));

  test.each(["reset when done", { whenDone: BAD_GATEWAY }, { whenDone: { status: 201 } }] as const)(
    "a comment whose answer was lost (%j) is not made twice",
    async (fault) => {
      const { server, run, waits, bodies } = posting;
      server.fail("POST", place, fault);
      await run(create);
      expect(server.writes()).toEqual(["POST"]);
      expect(bodies()).toHaveLength(1);
      expect(waits).toEqual([1000]);
    },
  );

  test.each(["reset", BAD_GATEWAY] as const)("a comment that was not made (%j) is made", async (fault) => {
    const { server, run, waits, bodies } = posting;
    server.fail("POST", place, fault, fault);
    await run(create);
    expect(bodies()).toHaveLength(1);
    expect(waits).toEqual([1000, 2000]);
    const [, ...order] = server.asked.map(({ method }) => method);
    expect(order).toEqual(["GET", "POST", "GET", "POST", "GET", "POST"]);
  });

  test("it is given up after a few times", async () => {
    const { server, failure, waits } = posting;
    server.fail("POST", place, ...Array.from({ length: 9 }, () => BAD_GATEWAY));
    expect(await failure(create)).toMatch(
      /^the review was not posted: .* refused to .* 502 .*; the fault is on its side/,
    );
    expect(waits).toEqual([1000, 2000, 4000]);
    expect(server.writes()).toHaveLength(4);
  });

  test.each(["GET", edit, "DELETE"])("faults of %s are outlasted", async (method) => {
    const { server, run, waits, bodies } = posting;
    for (const body of ["old", "double"]) server.add(`${MARKER}\n${body}`);
    server.fail(method, place.slice(0, 20), "reset", BAD_GATEWAY, { status: 503, headers: { "retry-after": "3" } });
    await run(create);
    expect(bodies()).toEqual([expect.stringContaining("Returning")]);
    expect(waits).toEqual([1000, 2000, 3000]);
  });

  test("a change whose answer was lost, and a removal that was done already, are fine", async () => {
    const { server, run, bodies } = posting;
    for (const body of ["old", "double"]) server.add(`${MARKER}\n${body}`);
    server.fail(edit, "", "reset when done");
    server.fail("DELETE", "", "reset when done");
    await run(create);
    expect(bodies()).toEqual([expect.stringContaining("Returning")]);
  });

  test("a list that breaks off, or is empty without a word, is not taken for a list without ours", async () => {
    const { server, run, waits } = posting;
    server.add(`${MARKER}\nold`);
    server.fail("GET", place, "break off", { status: 200, headers: { "content-type": "application/json" } });
    await run(create);
    expect(server.writes()).toEqual([edit]);
    expect(waits).toEqual([1000, 2000]);
  });

  test.each(["GET", "POST", edit])("429 of %s is outlasted as long as it says", async (method) => {
    const { server, run, waits, bodies, said } = posting;
    if (method === edit) server.add(`${MARKER}\nold`);
    server.fail(method, place.slice(0, 20), {
      status: 429,
      headers: { "retry-after": "7" },
      body: { message: "Slow" },
    });
    await run(create);
    expect(bodies()).toHaveLength(1);
    expect(waits).toEqual([7000]);
    expect(said[0]).toBe("pulumi-cja: waiting 7 s: the rate limit of the service");
  });

  test("a wait that is too long is not begun", async () => {
    const { server, failure, waits } = posting;
    server.fail("POST", place, { status: 429, headers: { "retry-after": "3600" } });
    expect(await failure(create)).toMatch(/429.*its rate limit asks for a longer wait: run the job again later/);
    expect(waits).toEqual([]);
  });

  test("waits end all in all after two minutes", async () => {
    const { server, failure, waits } = posting;
    const slow = { status: 429, headers: { "retry-after": "50" } };
    server.fail("GET", tested.dialect.user, slow, slow);
    server.fail("GET", place, slow);
    expect(await failure(create)).toContain("429");
    expect(waits).toEqual([50_000, 50_000]);
  });

  test("a wrong token is said, and shown nowhere", async () => {
    const { server, failure } = posting;
    server.fail("GET", tested.dialect.user, { status: 401, body: { message: `Bad credentials ${TOKEN}` } });
    expect(await failure(create)).toMatch(
      /401 Bad credentials \[redacted\]; the token in \w+_TOKEN.* is wrong or has expired/,
    );
    expect(server.asked).toHaveLength(1);
  });

  test("a short word that stands for a token in trials is not masked in the middle of others", async () => {
    const { server, failure } = posting;
    const environment = { GITHUB_TOKEN: "e", GITLAB_TOKEN: "e" };
    server.fail("GET", tested.dialect.user, { status: 401, body: { message: "Bad credentials" } });
    expect(await failure(create, { environment })).toMatch(/401 Bad credentials; the token in/);
  });

  test("what is not found may be hidden", async () => {
    const { server, failure } = posting;
    server.fail("GET", place, { status: 404, body: { message: "Not Found" } });
    expect(await failure(create)).toMatch(/acme\/web[#!]7: 404 Not Found; there is no such .* request, or the token/);
  });

  test("the next page is asked of the same server, wherever the answer says it is", async () => {
    const { server, run } = posting;
    server.add(`${MARKER}\nold`);
    const link = '<https://elsewhere.example/comments?after=5&per_page=100>; rel="next"';
    server.fail("GET", place, { status: 200, body: [], headers: { link } });
    await run(create);
    expect(server.asked.map(({ path }) => path)).toContain(`${place}?after=5&per_page=100`);
    expect(server.writes()).toEqual([edit]);
  });

  test("a page for logging in is no API", async () => {
    const { server, failure } = posting;
    server.fail("GET", place, ...Array.from({ length: 4 }, () => ({ status: 200, body: "<html>Log in</html>" })));
    expect(await failure(create)).toMatch(/to list .*: the answer is not JSON\. Check \w+\.$/);
    server.fail("GET", place, { status: 200, body: { login: "first" } });
    expect(await failure(create)).toMatch(
      /something other than the API of \w+ answered\. Check (GITHUB_API_URL|CI_API_V4_URL)\./,
    );
    expect(server.writes()).toEqual([]);
  });

  test("a service that is not there is said", async () => {
    const { server, failure, waits } = posting;
    await server.close();
    expect(await failure(create)).toMatch(/to .*ECONNREFUSED.* Check \w+\.$/);
    expect(waits).toEqual([1000, 2000, 4000]);
  });
});

describe("on GitHub", () => {
  const { user, comments: place } = github.dialect;
  beforeEach(async () => (posting = await startPosting(github)));

  test("a workflow's token belongs to no user: comments of bots are ours, a person's are not", async () => {
    const { server, run } = posting;
    server.me = undefined;
    server.add(`${MARKER}\npasted`, PERSON);
    const ours = server.add(`${MARKER}\nold`, { ...US, id: 99, login: "github-actions[bot]" });
    await run(create);
    expect(server.writes()).toEqual(["PATCH"]);
    expect(ours.body).toContain("Returning");
  });

  test("with a person's token another bot's comments are not ours", async () => {
    const { server, run } = posting;
    server.me = PERSON;
    server.add(`${MARKER}\nold`, US);
    const ours = server.add(`${MARKER}\nold`, PERSON);
    await run(create);
    expect(server.writes()).toEqual(["PATCH"]);
    expect(ours.body).toContain("Returning");
  });

  test.each([
    ["with a time", { "retry-after": "9" }, 9000],
    ["without", {}, 60_000],
    ["with the end of a window", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795348830" }, 30_000],
  ])("the secondary rate limit, a 403 %s, is outlasted", async (_, headers, wait) => {
    const { server, run, waits } = posting;
    const body = { message: "You have exceeded a secondary rate limit" };
    server.fail("GET", user, { status: 403, headers, body });
    server.fail("POST", place, { status: 403, headers: { "retry-after": "0" }, body });
    await run(create);
    expect(server.writes()).toEqual(["POST", "POST"]);
    expect(waits).toEqual([wait, 0]);
  });

  test("a token that may not write is told what it needs", async () => {
    const { server, failure, waits } = posting;
    server.fail("POST", place, { status: 403, body: { message: "Resource not accessible by integration" } });
    expect(await failure(create)).toMatch(/403 Resource not accessible by integration;.*pull-requests: write.*fork/);
    expect(waits).toEqual([]);
  });

  test("a repository that was renamed is found where the answers point, on the same server alone", async () => {
    const { server, run, failure, bodies } = posting;
    const moved = (to: string) => ({ status: 307, headers: { location: `${to}${place}` } });
    server.fail("GET", place, { ...moved(""), status: 301 });
    server.fail("POST", place, moved(server.url));
    await run(create);
    expect(bodies()).toHaveLength(1);
    expect(server.writes()).toEqual(["POST", "POST"]);

    server.fail("GET", place, moved("https://elsewhere.example"));
    expect(await failure(create)).toMatch(/307; its address has moved: correct GITHUB_API_URL/);
    server.fail("GET", place, moved(""), moved(""));
    expect(await failure(create)).toMatch(/307; its address has moved: correct GITHUB_API_URL/);
  });

  test("what the service says is shown on one line, and not at any length", async () => {
    const { server, failure } = posting;
    server.fail("POST", place, { status: 422, body: { message: `\u001b[31mno\n${"x".repeat(10_000)}` } });
    const message = await failure(create);
    expect([...message].filter((sign) => sign < " ")).toEqual([]);
    expect(message.length).toBeLessThan(600);
  });
});

describe("on GitLab", () => {
  beforeEach(async () => (posting = await startPosting(gitlab)));

  test("GitLab's own lines are not ours", async () => {
    const { server, run } = posting;
    server.add(MARKER, US, true);
    await run(create);
    expect(server.writes()).toEqual(["POST"]);
  });

  test("a token that may not write is told what it needs", async () => {
    const { server, failure } = posting;
    const body = { error: "insufficient_scope", error_description: "needs higher privileges" };
    server.fail("POST", "", { status: 403, body });
    expect(await failure(create)).toMatch(
      /403 insufficient_scope: needs higher .*; .*scope api, and the role Reporter/,
    );
  });

  test("the token is not handed on to where an answer points", async () => {
    const { server, failure } = posting;
    server.fail("GET", "/user", { status: 302, headers: { location: `${server.url}/elsewhere` } });
    expect(await failure(create)).toMatch(/302; its address has moved: correct CI_API_V4_URL/);
    expect(server.asked).toHaveLength(1);
  });
});
