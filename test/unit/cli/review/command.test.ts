import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reviewCommand } from "../../../../cli/review/command";
import { startEmulator, type Emulator } from "../../../../emulator";
import { UNLIMITED } from "../../../engine/programs";
import { pageIs, planned, segmentOf, type PlannedStep } from "./plan";

const change = planned([{ op: "update", before: segmentOf("Old"), after: segmentOf("New") }]);
const gone = planned([{ op: "delete", before: segmentOf("Old") }]);

let folder: string;
const stateHome = process.env["XDG_STATE_HOME"];
// What a command remembers of a service is of no other test, whose emulator had the same port.
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-cja-review-"));
  process.env["XDG_STATE_HOME"] = join(folder, "state");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  if (stateHome === undefined) delete process.env["XDG_STATE_HOME"];
  else process.env["XDG_STATE_HOME"] = stateHome;
});

const file = (name: string, content = ""): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

async function review(args: readonly string[], input = "", environment: Record<string, string> = {}) {
  const told = { out: "", said: [] as string[], status: 0 };
  const command = reviewCommand({
    write: (text) => void (told.out += text),
    log: (line) => void told.said.push(line),
    standardInput: async () => input,
    environment,
    exit: (status) => void (told.status = status),
  });
  command.exitOverride().configureOutput({ writeErr: (text) => void told.said.push(text) });
  await command.parseAsync(args, { from: "user" });
  return told;
}

test("reads standard input, files, and both, and prints what they are asked for", async () => {
  expect(await review([], change)).toMatchObject({ status: 2, said: [] });
  expect((await review(["-", file("gone.json", gone)], change)).out).toMatch(/"?New[^]*Deleted: `Old`/);
  expect((await review(["--format", "text"], change)).out).toMatch(
    /^web\/prod: 1 to change\n\nChanged: New in dv_prod/,
  );
  const { stacks } = JSON.parse((await review(["-f", "json"], change)).out) as { stacks: { counts: object }[] };
  expect(stacks[0]?.counts).toMatchObject({ change: 1, delete: 0 });
});

test("a file that is not there is a review that says so, and exit 1", async () => {
  const { out, status } = await review([join(folder, "nowhere.json")]);
  expect(status).toBe(1);
  expect(out).toMatch(/^### The preview could not be read\n[^]*no such file/);
});

test("gates shut with 1, and say what shut them", async () => {
  expect(await review(["--fail-on", "delete,run"], gone)).toMatchObject({
    status: 1,
    said: ["pulumi-cja: refused by --fail-on: delete: 1 in web/prod"],
  });
  expect((await review(["--fail-on", "run, replace"], gone)).status).toBe(3);
  const all = await review(["--fail-on", "run", "--fail-on", "delete,run", "--fail-on", "replace"], gone);
  expect(all).toMatchObject({ status: 1, said: ["pulumi-cja: refused by --fail-on: delete: 1 in web/prod"] });
  await expect(review(["--fail-on", "everything"], gone)).rejects.toThrow(
    /Use one or more of delete, replace, run, drift/,
  );
});

test("writes to a file instead, and to the summary of a workflow's run besides", async () => {
  const [out, summary] = [join(folder, "out.md"), file("summary.md", "before\n")];
  const told = await review(["--out", out], change, { GITHUB_STEP_SUMMARY: summary });
  expect(told.out).toBe("");
  expect(readFileSync(summary, "utf8")).toBe(`before\n${readFileSync(out, "utf8")}\n`);
});

test("a length is kept, and is a number", async () => {
  const many = planned(
    Array.from({ length: 50 }, (_, index) => ({ op: "create", name: `s${index}`, after: segmentOf(`S ${index}`) })),
  );
  expect((await review(["--max-length", "1000"], many)).out.length).toBeLessThanOrEqual(1000);
  await expect(review(["--max-length", "999"], many)).rejects.toThrow(/Use at least 1000/);
  await expect(review(["--max-length", "many"], many)).rejects.toThrow(/Use a whole number/);
});

test("names are those of a file, and what the environment says of the preview counts", async () => {
  const names = file("names.json", JSON.stringify({ "variables/page": "Landing page" }));
  const added = planned([{ op: "create", after: segmentOf("New") }]);
  const { out } = await review(["--names", names], added, { CJA_VALIDATE: "never" });
  expect(out).toContain('Sessions where Landing page is "Home"');
  expect(out).toContain("This preview did not ask Adobe about the definition");
});

test.each([
  ["UTF-8 with a mark", (text: string) => Buffer.from(`\ufeff${text}`)],
  ["UTF-16 with a mark", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
  ["UTF-16, big end first", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
])("a file in %s is read", async (_, encoded) => {
  const path = join(folder, "preview.json");
  writeFileSync(path, encoded(change.replace('"New"', '"Größer 😀"')));
  const { out, status } = await review([path]);
  expect(status).toBe(2);
  expect(out).toContain("Größer 😀");
});

describe("refused before anything is read, and nothing is written", () => {
  const refused: [words: string, args: (plan: string) => string[], message: RegExp][] = [
    [
      "the page over the plan",
      (plan) => [plan, "--html", plan],
      /--html .* would overwrite .*plan\.json, which is read/,
    ],
    ["by another name", (plan) => [plan, "--out", `${folder}/./x/../plan.json`], /--out .* would overwrite/],
    ["by a link", (plan) => [plan, "--out", join(folder, "link.json")], /--out .* would overwrite/],
    ["over the names", (plan) => ["-", "--names", plan, "--out", plan], /would overwrite .*which is read/],
    [
      "both to one file",
      () => ["--out", "both", "--html", "./both"],
      /--html .* would overwrite the file of --out both/,
    ],
    ["--out -", () => ["--out", "-"], /leave it out to print/],
    ["--html -", () => ["--html", "-"], /a page cannot be printed/],
    ["standard input twice", () => ["-", "-"], /given twice/],
    ["where to, and no --post", () => ["--repository", "acme/web"], /add --post github or --post gitlab/],
    ["which request, and no --post", () => ["--pull-request", "7"], /add --post/],
  ];
  test.each(refused)("%s", async (_, args, message) => {
    const plan = file("plan.json", change);
    symlinkSync(plan, join(folder, "link.json"));
    const command = reviewCommand({
      write: () => expect(true).toBe(false),
      log: () => undefined,
      standardInput: () => Promise.reject(new Error("it was read")),
      environment: {},
      exit: () => undefined,
    });
    await expect(command.parseAsync(args(plan), { from: "user" })).rejects.toThrow(message);
    expect(readFileSync(plan, "utf8")).toBe(change);
  });
});

test("a file that cannot be written or read is one line with the way out, and the rest is done", async () => {
  const names = file("names.json", '{"a":\n');
  const page = join(folder, "page.html");
  const nowhere = join(folder, "none", "x");
  const args = ["--names", names, "--out", nowhere, "--html", page];
  const { said, status } = await review(args, change, { GITHUB_STEP_SUMMARY: folder });
  expect(status).toBe(1);
  expect(said).toEqual([
    expect.stringMatching(/^pulumi-cja: --names .*names\.json: .*JSON.*; the review shows IDs instead; .*$/),
    expect.stringMatching(/^pulumi-cja: --out .*: ENOENT.*; name a file in a folder that you can write to$/),
    expect.stringMatching(/^pulumi-cja: GITHUB_STEP_SUMMARY: .*EISDIR.*; unset it outside a workflow$/),
  ]);
  expect(readFileSync(page, "utf8")).toContain("<html");
});

describe("--ask", () => {
  let emulator: Emulator;
  beforeAll(async () => (emulator = await startEmulator({ limits: false })));
  beforeEach(() => emulator.control.reset());
  afterAll(() => emulator.close());

  const settings = () => ({ ...emulator.environment, ...UNLIMITED });
  const inUse = () => {
    const { id } = emulator.control.addSegment({
      name: "Big baskets",
      dataViewId: "dv_prod",
      definition: pageIs("Home"),
    });
    emulator.control.setUses(id, [{ type: "project", id: "5f1", name: "Weekly board report" }]);
    return id;
  };
  const goes = (id: string, outputs: object = { orgId: "EMULATOR@AdobeOrg" }, deletionPolicy?: string) =>
    planned([{ op: "delete", id, before: segmentOf("Big baskets", { deletionPolicy }), outputs }]);
  const asked = () => emulator.control.requests().filter(({ path }) => path === "/segments").length;

  test("names what uses a segment that goes, with one request, in either dialect", async () => {
    const { out, status, said } = await review(["--ask"], goes(inUse()), settings());
    expect(out).toContain("> **1 segment in use will be deleted or replaced.**");
    expect(out).toContain('- used by: `project "Weekly board report" (5f1)`');
    expect({ status, said }).toEqual({ status: 3, said: [] });
    expect(asked()).toBe(1);
  });

  test("sends nothing, and needs no settings, where nothing goes and names are known", async () => {
    const named = planned([
      { op: "update", before: segmentOf("a"), after: segmentOf("b"), outputs: { dataViewName: "Web" } },
    ]);
    expect(await review(["--ask"], named, {})).toMatchObject({ status: 2, said: [] });
    expect(await review(["--ask", join(folder, "nowhere.json")], "", {})).toMatchObject({ status: 1 });
    expect(asked()).toBe(0);
  });

  test("names the audiences that use one that goes, but for those that go with it, with a request for each", async () => {
    const { control } = emulator;
    const add = (name: string, expression: string) => control.addAudience({ name, expression, sandbox: "dev" }).id;
    const used = add("Canadians", 'homeAddress.countryISO = "CA"');
    const user = add("Buyers", `inSegment("${used}") and person.birthYear > 1990`);
    const going = add("Old buyers", `inSegment("${used}")`);
    const unused = add("Lonely", "person.birthYear > 1990");
    control.clearRequests();
    const gone = (id: string, name: string): PlannedStep => ({
      op: "delete",
      kind: "Audience",
      name,
      id,
      before: { name, expression: `inSegment("${id === user ? used : "x"}")`, sandbox: "dev" },
      outputs: { orgId: "EMULATOR@AdobeOrg" },
    });
    const plan = planned([gone(used, "Canadians"), gone(going, "Old"), gone(unused, "Lonely")]);
    const { out, status, said } = await review(["--ask"], plan, settings());
    expect({ status, said }).toEqual({ status: 3, said: [] });
    expect(out).toContain("> **1 deletion will be refused**");
    expect(out).toContain("> Another audience uses it: the deletion will be refused by Adobe.");
    expect(out).toContain(`- used by: \`audience "Buyers" (${user})\``);
    expect(out).not.toContain(going.concat(")`"));
    expect(out.match(/> Adobe knows of no other audience that uses it\./g)).toHaveLength(2);
    const single = control.requests().filter(({ path }) => /\/audiences\/[0-9a-f-]{36}$/.test(path));
    expect(single).toHaveLength(3);
  });

  test("says that the use of an audience is not known where Adobe does not tell", async () => {
    emulator.control.setAudienceService({ form: "definitions" });
    const { id } = emulator.control.addAudience({ name: "A", expression: "person.birthYear > 1990", sandbox: "dev" });
    const before = { name: "A", expression: "person.birthYear > 1990", sandbox: "dev" };
    const step: PlannedStep = {
      op: "delete",
      kind: "Audience",
      id,
      before,
      outputs: { deletionPolicy: "refuseIfUsed" },
    };
    expect((await review(["--ask"], planned([step]), settings())).out).toContain(
      '> Adobe does not say what uses it: the deletion will be refused (deletionPolicy "refuseIfUsed").',
    );
  });

  test("calls the audiences of an expression by their names", async () => {
    const { id } = emulator.control.addAudience({ name: "Canadians", expression: "a = 1", sandbox: "dev" });
    const after = { name: "B", expression: `inSegment("${id}")`, sandbox: "dev" };
    const plan = planned([{ op: "create", kind: "Audience", after }]);
    expect((await review(["--ask"], plan, settings())).out).toContain(`is in the audience Canadians (${id})`);
  });

  test("says that use is not known where Adobe does not tell, refuses, or it is another organisation's", async () => {
    const id = inUse();
    const unknown = "Adobe does not say what uses it: the deletion will be refused";
    const other = await review(["--ask"], goes(id, { orgId: "OTHER@AdobeOrg" }, "refuseIfUsed"), settings());
    expect(other.out).toContain(unknown);
    expect(asked()).toBe(0);
    emulator.control.setUsedIn({ answered: false });
    expect((await review(["--ask"], goes(id, {}, "refuseIfUsed"), settings())).out).toContain(unknown);
    emulator.control.addFault({ method: "GET", path: "^/segments$", status: 403 });
    expect((await review(["--ask"], goes(id, {}, "refuseIfUsed"), settings())).out).toContain(unknown);
  });

  describe("names", () => {
    const shared = () => {
      const shares = [{ to: "user", id: "5B0000000000000000000002@company.example" }, { to: "all" }];
      const { id } = emulator.control.addSegment({
        name: "a",
        dataViewId: "dv_dev",
        definition: pageIs("Home"),
        shares: [{ type: "user", to: "Jane Analyst" }],
      });
      const before = segmentOf("a", { dataViewId: "dv_dev", shares });
      return planned([
        { op: "update", id, before, after: { ...before, shares: [] } },
        { op: "create", name: "new", after: segmentOf("new", { dataViewId: "dv_dev" }) },
      ]);
    };
    const requests = () => emulator.control.requests().map(({ method, path }) => `${method} ${path}`);

    test.each(["guide", "reference"] as const)(
      "of data views and users come from the service (%s)",
      async (dialect) => {
        const plan = shared();
        emulator.control.clearRequests();
        const { out, status, said } = await review(["--ask"], plan, { ...settings(), CJA_DIALECT: dialect });
        expect({ status, said }).toEqual({ status: 2, said: [] });
        expect(out).toContain("#### Changed: `a` in `Development (dv_dev)`");
        expect(out).toContain("#### New: `new` in `Development (dv_dev)`");
        expect(out).toContain("`user Jane Analyst (5B0000000000000000000002@company.example)` loses access");
        expect(
          requests()
            .filter((one) => !one.includes("/ims/"))
            .toSorted(),
        ).toEqual(["GET /data/dataviews", "POST /componentmetadata/shares/component/search"]);
      },
    );

    describe("of audiences that jobs run over", () => {
      const [BUYERS, READERS, GONE, PROD] = ["a-buyers", "a-readers", "a-gone", "a-prod"] as const;
      const job = (segmentIds: readonly string[], more: object = {}) => ({ segmentIds, ...more });
      const platform = () => requests().filter((one) => one.includes("/ups/"));
      const BULK = "POST /data/core/ups/audiences/bulk-get";
      const plan = planned([
        {
          op: "replace",
          kind: "SegmentJob",
          before: job([BUYERS, GONE]),
          after: job([BUYERS, READERS]),
          outputs: { orgId: "EMULATOR@AdobeOrg", sandboxName: "prod" },
        },
        { op: "create", kind: "SegmentJob", name: "dev", after: job([PROD], { sandbox: "dev" }) },
        { op: "same", kind: "SegmentJob", name: "still", before: job(["a-still"]), after: job(["a-still"]) },
        {
          op: "delete",
          kind: "SegmentJob",
          name: "other",
          before: job(["a-other"]),
          outputs: { orgId: "OTHER@AdobeOrg" },
        },
      ]);
      beforeEach(() => {
        emulator.control.addAudience({ id: BUYERS, name: "Buyers" });
        emulator.control.addAudience({ id: READERS, name: "Readers" });
        emulator.control.addAudience({ id: PROD, name: "Of another sandbox" });
        emulator.control.clearRequests();
      });

      test("come from the sandbox of each, with a request for all of it; one that is not told is said to be unknown", async () => {
        const { out, status, said } = await review(["--ask"], plan, settings());
        expect({ status, said }).toEqual({ status: 3, said: [] });
        expect(out).toContain("over `2 segments: Buyers (a-buyers), Readers (a-readers)`");
        expect(out).toContain("`1 segment: a-gone (name not known) is removed`");
        // Of another sandbox, and of another organisation.
        expect(out).toContain("over `1 segment: a-prod (name not known)`");
        expect(out).toContain("over `1 segment: a-other`");
        expect(platform()).toEqual([BULK, BULK]);
        const sent = emulator.control
          .requests()
          .flatMap(({ path, body }) => (path.endsWith("/bulk-get") ? [body] : []));
        expect(sent.map((body) => JSON.stringify(body)).toSorted()).toEqual(
          [[BUYERS, READERS, GONE], [PROD]].map((ids) => JSON.stringify({ ids: ids.map((id) => ({ id })) })).toSorted(),
        );
      });

      test("are asked for no oftener than a reader sees them, however many a job has", async () => {
        const ids = Array.from({ length: 1500 }, (_, n) => `a-${n}`);
        const steps = Array.from({ length: 30 }, (_, n) => ({
          op: "create",
          kind: "SegmentJob" as const,
          name: `job${n}`,
          after: job(ids.slice(n * 50, n * 50 + 50)),
        }));
        await review(["--ask"], planned(steps), settings());
        expect(platform()).toEqual([BULK, BULK]);
      });

      test("are asked for one by one, up to twenty, where one that is gone hides the others", async () => {
        const ids = Array.from({ length: 30 }, (_, n) => `a-${n}`);
        for (const id of ids) emulator.control.addAudience({ id, name: `Audience ${id}` });
        const error = { errors: { 404: [{ code: "UPAPI-113000-404", message: "The entity a,b is not found." }] } };
        emulator.control.addFault({ path: "bulk-get$", status: 404, body: error });
        const steps = Array.from({ length: 6 }, (_, n) => ({
          op: "create",
          kind: "SegmentJob" as const,
          name: `job${n}`,
          after: job(ids.slice(n * 5, n * 5 + 5)),
        }));
        const { out, said } = await review(["--ask"], planned(steps), settings());
        // The first 404 may be that of a service which has the older form alone: one request finds that out.
        expect([platform().length, said]).toEqual([22, []]);
        expect(out.match(/Audience a-\d+/g)).toHaveLength(20);
        expect(out.match(/a-\d+ \(name not known\)/g)).toHaveLength(10);
      });

      test.each<readonly [string, object, RegExp[]]>([
        ["is refused", { status: 403 }, []],
        ["is not there", { status: 400 }, []],
        [
          "is not understood",
          { status: 200, body: { hello: "world" } },
          [/^pulumi-cja: --ask: .*"results".*the review shows IDs/s],
        ],
      ])("leave the review as it is where the question %s", async (_, fault, lines) => {
        emulator.control.addFault({ path: "/audiences", times: 100, ...fault });
        const { out, status, said } = await review(["--ask"], plan, settings());
        expect(status).toBe(3);
        expect(out).toContain(
          lines.length > 0 ? "over `2 segments: a-buyers, a-readers`" : "a-readers (name not known)`",
        );
        expect(said).toEqual(lines.map((line) => expect.stringMatching(line) as unknown));
      });
    });

    test.each([
      ["which the account may not see", { status: 403 }, []],
      [
        "of an answer that nobody understands",
        { status: 200, body: { hello: "world" } },
        [/^pulumi-cja: --ask: .*the review shows IDs instead of names/s],
      ],
    ])("%s leave their IDs, and the rest is there", async (_, fault, lines) => {
      const plan = shared();
      emulator.control.addFault({ method: "GET", path: "^/data/dataviews", ...fault });
      const { out, status, said } = await review(["--ask"], plan, settings());
      expect(out).toContain("#### Changed: `a` in `dv_dev`");
      expect(status).toBe(2);
      expect(said).toEqual(lines.map((line) => expect.stringMatching(line) as unknown));
    });
  });

  test("prints the review without it where it cannot ask, says why, and ends with 1", async () => {
    const { out, status, said } = await review(["--ask"], gone, {});
    expect(out).toContain("Whatever uses it at Adobe (projects, filters, audiences) loses it.");
    expect(status).toBe(1);
    expect(said.join("\n")).toMatch(/^pulumi-cja: --ask: .*the review does not say what uses segments and audiences/ms);
  });
});
