import { parseMarker } from "../../../../cli/post/marker";
import { PERSON } from "./comment-server";
import { startPosting, type Posting } from "./posting";
import { deleting, failing, recorded } from "./previews";
import { services } from "./services";

/** As older versions wrote it. */
const MARKER = "<!-- pulumi-cja review web/prod -->";
const unreadable = { name: "preview.json", text: "error: no stack selected" };

describe.each(services)("on $service", (tested) => {
  let posting: Posting;
  beforeEach(async () => (posting = await startPosting(tested)));
  afterEach(() => posting.server.close());

  test("each stack has a comment of its own, which later runs bring up to date", async () => {
    const { server, run, bodies, said } = posting;
    await run([recorded("create"), deleting("web", "dev")]);
    expect(bodies()).toEqual([
      expect.stringMatching(
        /^<!-- pulumi-cja review web\/prod from create\.json in \w+ -->\n### .*`web\/prod`[^]*Returning/,
      ),
      expect.stringMatching(
        /^<!-- pulumi-cja review web\/dev from preview\.json in \w+ -->\n### .*`web\/dev`[^]*Mobile/,
      ),
    ]);
    expect(said).toEqual(["pulumi-cja: web/prod: comment created", "pulumi-cja: web/dev: comment created"]);

    await run([recorded("create"), deleting("web", "dev", "Tablet")]);
    expect(server.writes()).toEqual(["POST", "POST", tested.dialect.edit]);
    expect(bodies()[1]).toContain("Tablet");
    expect(said.slice(2)).toEqual([
      "pulumi-cja: web/prod: the comment is up to date",
      "pulumi-cja: web/dev: comment updated",
    ]);
  });

  test("a text that the service gave other line ends is the same text", async () => {
    const { server, run } = posting;
    await run([recorded("create")]);
    for (const comment of server.comments) comment.body = comment.body.replace(/\n/g, "\r\n").trimEnd();
    await run([recorded("create")]);
    expect(server.writes()).toEqual(["POST"]);
  });

  test("nothing changes: no comment is made, and one with an earlier plan says so", async () => {
    const { server, run, bodies, said } = posting;
    await run([recorded("nothing")]);
    expect(server.writes()).toEqual([]);
    expect(said).toEqual(["pulumi-cja: web/prod: nothing changes, and there is no comment; none is created"]);

    await run([recorded("create")]);
    await run([recorded("nothing")]);
    expect(bodies()).toHaveLength(1);
    expect(bodies()[0]).not.toContain("Returning");
  });

  test("a failed preview is posted", async () => {
    await posting.run([recorded("mistakes")]);
    expect(posting.bodies()).toEqual([expect.stringContaining("5 mistakes in the arguments")]);
  });

  test("what could not be read is posted, until a later run can read it", async () => {
    const { run, bodies, said } = posting;
    await run([recorded("create")]);
    await run([unreadable]);
    expect(bodies()[1]).toMatch(/^<!-- pulumi-cja review source preview\.json -->\n### .*\n[^]*\[This run\]\(https:/);
    // The same run: a job beside, with a source of the same name.
    await run([deleting("web", "dev")]);
    expect(bodies()).toHaveLength(3);
    await run([deleting("web", "dev")], {}, 2);
    expect(bodies().map((body) => parseMarker(body)?.stack)).toEqual(["web/prod", "web/dev"]);
    expect(said.at(-1)).toMatch(/^pulumi-cja: preview\.json: the preview can be read again/);
  });

  test("a preview that failed before it named its stack is posted under its source", async () => {
    const text = JSON.stringify({ diagnostics: [{ severity: "error", message: "no passphrase" }] });
    await posting.run([{ name: "early.json", text }]);
    expect(posting.bodies()).toEqual([
      expect.stringMatching(/^<!-- pulumi-cja review source early\.json -->\n[^]*no passphrase/),
    ]);
  });

  describe("a plan whose source fails later", () => {
    const source = (text: string, name = "plan.json") => ({ name, text });
    const plan = (stack = "prod") => deleting("web", stack).text;
    const early = JSON.stringify({ diagnostics: [{ severity: "error", message: "no passphrase" }] });
    const markers = () => posting.bodies().map((body) => parseMarker(body)?.stack ?? body.split("\n")[0]);

    test.each([
      ["cannot be read", "no JSON", "could not be read"],
      ["fails before it names its stack", early, "no passphrase"],
    ])("is told in its own comment where it %s, and is a plan again after", async (_, text, words) => {
      const { server, run, bodies } = posting;
      await run([source(plan())]);
      await run([source(text, "./plan.json")], {}, 2);
      // A job may be tried again in one run.
      for (const number of [3, 3]) await run([source(text)], {}, number);
      expect(bodies()).toEqual([expect.stringMatching(/The plan of `web\/prod` that was here is out of date/)]);
      expect(bodies()[0]).toContain(words);
      expect(bodies()[0]).not.toContain("Mobile");
      expect(bodies()[0]).toMatch(/\[This run\]\(https:.*3/);
      await run([source(plan())], {}, 4);
      expect(server.writes()).toEqual(["POST", ...Array<string>(3).fill(tested.dialect.edit)]);
      expect(bodies()).toEqual([expect.stringContaining("Mobile")]);
    });

    test("is told in each of several", async () => {
      const { run, bodies } = posting;
      await run([source(`${plan()}\n${plan("dev")}`)]);
      await run([source(`${plan("dev")}\n${early}`)], {}, 2);
      expect(bodies().map((body) => body.includes("no passphrase"))).toEqual([true, false]);
      await run([source(early)], {}, 3);
      expect(bodies().map((body) => body.includes("no passphrase"))).toEqual([true, true]);
      expect(markers()).toEqual(["web/prod", "web/dev"]);
    });

    test.each(["before", "after"])(
      "does not take the comment of a job %s it, with a file of the same name",
      async (when) => {
        const { run } = posting;
        for (const number of [1, 2, 3]) {
          if (when === "after") await run([source(plan("dev"))], {}, number);
          await run([source(early)], {}, number);
          if (when === "before") await run([source(plan("dev"))], {}, number);
          expect(markers().toSorted()).toEqual(["<!-- pulumi-cja review source plan.json -->", "web/dev"]);
          expect(posting.bodies().join("\n")).toContain("Mobile");
        }
      },
    );

    test("does not take the comment of a job with a standard input of its own", async () => {
      const { run, bodies } = posting;
      const name = "standard input";
      await run([source(plan("dev"), name)], { environment: { GITHUB_JOB: "dev" } });
      await run([source(plan("prod"), name)], { environment: { GITHUB_JOB: "prod" } });
      await run([source("", name)], { environment: { GITHUB_JOB: "prod" } }, 2);
      expect(bodies().map((body) => body.includes("could not be read"))).toEqual([false, true]);
    });
  });

  test("a plan that stays the same is written again only where a source fails beside it", async () => {
    const { server, run } = posting;
    await run([recorded("create")], {}, 1);
    await run([recorded("create")], {}, 2);
    expect(server.writes()).toEqual(["POST"]);
    server.add("<!-- pulumi-cja review source create.json -->\nfailed");
    await run([recorded("create")], {}, 3);
    expect(server.writes()).toEqual(["POST", tested.dialect.edit, "DELETE"]);
  });

  test("the comment of an older version is brought up to date, and knows its source by then", async () => {
    const { server, run, bodies } = posting;
    server.add(`${MARKER}\nold`);
    await run([recorded("create")]);
    expect(server.writes()).toEqual([tested.dialect.edit]);
    expect(parseMarker(bodies()[0] ?? "")).toMatchObject({ stack: "web/prod", source: "create.json" });
  });

  test("where nothing is deployed, no comment is made", async () => {
    await posting.run([{ name: "empty.json", text: '{"duration":1}' }]);
    expect(posting.server.writes()).toEqual([]);
  });

  test("two previews of one stack share its comment", async () => {
    await posting.run([recorded("create"), deleting("web", "prod")]);
    expect(posting.bodies()).toEqual([expect.stringMatching(/Returning[^]*Mobile/)]);
  });

  test("ours is found behind hundreds of others", async () => {
    const { server, run } = posting;
    for (let count = 0; count < 250; count += 1) server.add(`LGTM ${count}`, PERSON);
    server.add(`${MARKER}\nold`);
    await run([recorded("create")]);
    expect(server.writes()).toEqual([tested.dialect.edit]);
    const lists = server.asked.filter(({ method, path }) => method === "GET" && path.includes("per_page=100"));
    expect(lists).toHaveLength(3);
  });

  test("of two that jobs have made at one time the older one stays", async () => {
    const { server, run } = posting;
    const first = server.add(`${MARKER}\nold`);
    for (const body of ["second", "third"]) server.add(`${MARKER}\n${body}`);
    server.comments.reverse();
    server.fail("DELETE", "", { status: 404, body: { message: "Not Found" } });
    await run([recorded("create")]);
    expect(server.writes()).toEqual([tested.dialect.edit, "DELETE", "DELETE"]);
    expect(server.comments.find(({ id }) => id === first.id)?.body).toContain("Returning");
  });

  test("a marker that a person pasted, or that is quoted further down, is not ours to touch", async () => {
    const { server, run, bodies } = posting;
    server.add(`${MARKER}\npasted`, PERSON);
    server.add(`As I said:\n${MARKER}`);
    server.add(` ${MARKER}`);
    await run([recorded("create")]);
    expect(server.writes()).toEqual(["POST"]);
    expect(bodies().slice(0, 3)).toEqual([`${MARKER}\npasted`, `As I said:\n${MARKER}`, ` ${MARKER}`]);
  });

  test("a comment that is removed between look and write is made anew", async () => {
    const { server, run, bodies } = posting;
    server.add(`${MARKER}\nold`);
    server.before = ({ method }) => {
      if (method === tested.dialect.edit) server.comments.splice(0);
    };
    await run([recorded("create")]);
    expect(server.writes()).toEqual([tested.dialect.edit, "POST"]);
    expect(bodies()).toHaveLength(1);
  });

  test.each([
    ["ends a comment", "--> <b>"],
    ["ends one in an old way", "--!>"],
    ["has two lines", "a\nb"],
    ["ends with a hyphen", "web-"],
    ["has two hyphens", "a--b"],
    ["is half a character", "\ud800"],
    ["has a slash", "p/q"],
    ["is encoded", "%2F"],
    ["is long", "😀".repeat(300)],
    ["ends code", "`"],
  ])("a project's name that %s is found again, and ends no comment", async (_, project) => {
    const { server, run, bodies } = posting;
    await run([deleting(project, "prod")]);
    await run([deleting(project, "prod", "Tablet")]);
    expect(server.writes()).toEqual(["POST", tested.dialect.edit]);
    expect(bodies()[0]?.split("\n")[0]).toMatch(
      /^<!-- pulumi-cja review [^\s<>]+\/prod from preview\.json in \w+ -->$/,
    );
    expect(bodies()[0]?.split("\n")[0]).not.toMatch(/--.*--.*-->/);
  });

  test("a failure of any length is cut, and its block of code ends", async () => {
    const { run, bodies } = posting;
    const lines = Array.from({ length: 40_000 }, (_, index) => `mistake ${index} ${"x".repeat(20)}`);
    await run([failing("web", "prod", lines.join("\n")), failing("web", "dev", "😀".repeat(600_000))]);
    for (const body of bodies()) {
      expect(body.length).toBeLessThanOrEqual(65_536);
      expect(body.match(/^`{3,}/gm)).toHaveLength(2);
      expect(body).toContain("…\n");
      expect(body).not.toMatch(/\p{Surrogate}/u);
    }
  });

  test("--max-length holds for a comment with its marker", async () => {
    await posting.run([recorded("create")], { maxLength: 700 });
    expect(posting.bodies()[0]?.length).toBeLessThanOrEqual(700);
  });
});
