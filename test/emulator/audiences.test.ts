import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emulateCommand } from "../../cli/emulate";
import type { NeutralAudience } from "../../emulator";
import { idsOf, withEmulator, type Answer, type Call } from "./client";

const audiences = "/data/core/ups/audiences";
const definitions = "/data/core/ups/segment/definitions";
const body = (name: string): object => ({
  name,
  expression: { type: "PQL", format: "pql/text", value: "a = 1" },
  schema: { name: "_xdm.context.profile" },
});
const patch = (call: Call, id: string, member: string, value: unknown): Promise<Answer> =>
  call("PATCH", `${audiences}/${id}`, [{ op: "add", path: `/${member}`, value }]);
const asking = (id: string) => ({ expression: `inSegment("${id}")` });
const inDev = { headers: { "x-sandbox-name": "dev" } };

describe("audiences by control", () => {
  test("are what the API shows, in words of the UI", () =>
    withEmulator({}, async ({ emulator: { control }, call }) => {
      const inSegment = { nodeType: "fnApply", fnName: "inSegment", params: [{ nodeType: "literal", value: "asked" }] };
      const edge = { evaluation: "edge", mergePolicy: "Dataset Precedence Merge Policy", lifecycle: "draft" } as const;
      const other = { description: "Last 30 days", labels: ["core/C1"], ttlInDays: 30, destinations: ["Ads"] };
      const added = control.addAudience([
        { id: "asked", name: "Asked for", sandbox: "dev" },
        { name: "Asking", sandbox: "dev", expression: inSegment, ...edge, ...other, createdBy: "Bob" },
      ]) as [NeutralAudience, NeutralAudience];
      const [asked, asks] = added;
      expect(asks).toMatchObject({ ...edge, ...other, expression: inSegment, dependencies: ["asked"] });
      expect([asks.createdBy.name, asked.createdBy.name]).toEqual(["Bob", "Jane Analyst"]);
      expect(asked).toMatchObject({ expression: 'workAddress.country = "US"', evaluation: "batch", labels: [] });
      expect(asked.created).toBe(new Date(control.clock().now).toISOString());
      expect(control.audiences()).toEqual([{ ...asked, dependents: [asks.id] }, asks]);
      const shown = (await call("GET", `${audiences}/${asks.id}`, undefined, inDev)).body;
      expect(shown).toMatchObject({ lifecycleState: "draft", labels: ["core/C1"], mergePolicyId: asks.mergePolicyId });
      expect(shown).toMatchObject({ evaluationInfo: { synchronous: { enabled: true } }, description: "Last 30 days" });
    }));

  test("change and go behind the back of who has made them", () =>
    withEmulator({}, async ({ emulator: { control }, call }) => {
      const { id } = (await call("POST", audiences, body("Mine"))).body;
      control.advance(5000);
      const edited = control.editAudience(id, { name: "By hand", expression: "a = (", evaluation: "streaming" });
      expect(Date.parse(edited.modified) - Date.parse(edited.created)).toBe(5000);
      const shown = (await call("GET", `${definitions}/${id}`)).body;
      expect(shown).toMatchObject({ name: "By hand", expression: { format: "pql/text", value: "a = (" } });
      control.deleteAudience(id);
      expect((await call("GET", `${audiences}/${id}`)).status).toBe(404);
      for (const change of [() => control.editAudience(id, {}), () => control.deleteAudience(id)]) {
        expect(change).toThrow(`The emulator has no audience ${id}`);
      }
    }));

  test("are added all, or none", () =>
    withEmulator({}, async ({ emulator: { control } }) => {
      const [good, bad] = [{ name: "Good" }, { name: "Bad", mergePolicy: "Nobody's" }];
      expect(() => control.addAudience([good, bad])).toThrow('sandbox prod has no merge policy "Nobody\'s"');
      expect(() => control.addAudience([good, { name: "Bad", expression: 1 as never }])).toThrow(
        "[1].expression: expected PQL text, or an object",
      );
      expect(control.audiences()).toEqual([]);
      control.addAudience([good, { name: "Of another service", originName: "AUDIENCE_ORCHESTRATION" }]);
      expect(control.audiences().map(({ originName }) => originName)).toEqual([
        "REAL_TIME_CUSTOMER_PROFILE",
        "AUDIENCE_ORCHESTRATION",
      ]);
      control.reset();
      expect(control.audiences()).toEqual([]);
    }));

  test("leave requests in the log, with the sandbox and the body", () =>
    withEmulator({}, async ({ emulator: { control }, call }) => {
      await call("POST", audiences, body("A"), inDev);
      const [request, ...more] = control.requests();
      expect(more).toEqual([]);
      expect(request).toMatchObject({ method: "POST", path: audiences, body: body("A"), status: 201 });
      expect(request?.headers["x-sandbox-name"]).toBe("dev");
    }));
});

describe("audiences of the API", () => {
  test("are checked where a patch changes them, and nowhere else", () =>
    withEmulator({}, async ({ emulator: { control }, call }) => {
      const { id: asked } = control.addAudience({ name: "Asked for" });
      const { id } = control.addAudience({ name: "Asking", ...asking(asked) });
      control.deleteAudience(asked);
      expect((await patch(call, id, "description", "Still there")).status).toBe(200);
      expect(control.audiences()).toMatchObject([{ description: "Still there", ...asking(asked), dependencies: [] }]);
      const again = { type: "PQL", format: "pql/text", value: asking(asked).expression };
      expect((await patch(call, id, "expression", again)).status).toBe(400);
    }));

  test("made in one moment are listed with the last one first", () =>
    withEmulator({}, async ({ emulator: { control }, call }) => {
      control.addAudience(["1", "2", "3", "4", "5"].map((id) => ({ id, name: `Audience ${id}` })));
      expect(idsOf((await call("GET", audiences)).list)).toEqual(["5", "4", "3", "2", "1"]);
      const { segments } = (await call("GET", `${definitions}?limit=2&page=1`)).body;
      expect(idsOf(segments as { id: string }[])).toEqual(["3", "2"]);
    }));

  test("are cut into pages in other ways when control says so", () =>
    withEmulator({}, async ({ emulator: { control }, call }) => {
      control.addAudience(["1", "2", "3", "4", "5"].map((id) => ({ id, name: `Audience ${id}` })));
      control.setPaging({ largest: 1 });
      expect(idsOf((await call("GET", `${audiences}?limit=2&start=1`)).list)).toEqual(["3"]);
      control.setPaging({ ignorePage: true });
      expect(idsOf((await call("GET", `${audiences}?limit=2&start=1`)).list)).toEqual(["5", "4"]);
      const { segments } = (await call("GET", `${definitions}?limit=2&page=1`)).body;
      expect(idsOf(segments as { id: string }[])).toEqual(["5", "4"]);
    }));

  test("refuse a merge policy that the sandbox has no longer, and keep one that they have", () =>
    withEmulator({}, async ({ emulator: { control }, call }) => {
      const [before] = control.mergePolicies();
      const { id } = (await call("POST", audiences, { ...body("A"), mergePolicyId: before?.id })).body;
      control.setMergePolicies("prod", [{ name: "Web first", default: true }]);
      expect(control.mergePolicies().map(({ name, sandbox }) => [name, sandbox])).toEqual(
        expect.arrayContaining([
          ["Web first", "prod"],
          ["Profile Default Merge Policy", "dev"],
        ]),
      );
      expect((await patch(call, id, "name", "B")).status).toBe(200);
      expect(control.audiences()).toMatchObject([{ name: "B", mergePolicyId: before?.id, mergePolicy: null }]);
      expect((await patch(call, id, "mergePolicyId", before?.id)).status).toBe(400);
      const next = (await call("POST", audiences, body("C"))).body;
      expect(control.audiences().find((each) => each.id === next.id)?.mergePolicy).toBe("Web first");
      expect(() => control.setMergePolicies("nowhere", [])).toThrow("The emulator has no sandbox nowhere");
      control.reset();
      expect(control.mergePolicies()[0]).toEqual(before);
    }));
});

describe("an organisation that has the older path alone", () => {
  const statuses = async (call: Call): Promise<number[]> => [
    (await call("GET", audiences)).status,
    (await call("POST", audiences, body("A"))).status,
    (await call("GET", definitions)).status,
  ];

  test("from the start, until control says otherwise", () =>
    withEmulator({ audiences: "definitions" }, async ({ emulator: { control }, call }) => {
      expect(await statuses(call)).toEqual([404, 404, 200]);
      expect(control.setAudienceService({ form: "both", emptyLists: 1 })).toMatchObject({
        form: "both",
        emptyLists: 1,
      });
      expect(await statuses(call)).toEqual([200, 201, 200]);
      expect(control.setAudienceService({})).toMatchObject({ form: "definitions", emptyLists: 0 });
      control.setAudienceService({ form: "both" });
      control.reset();
      expect(await statuses(call)).toEqual([404, 404, 200]);
    }));

  test("by control", () =>
    withEmulator({}, async ({ emulator: { control }, call }) => {
      control.setAudienceService({ form: "definitions" });
      expect(await statuses(call)).toEqual([404, 404, 200]);
    }));

  test("by an option of the command", async () => {
    let printed = "";
    const stopRequested = async (): Promise<void> => {
      const { url } = JSON.parse(printed) as { url: string };
      const answer = await fetch(`${url}/__emulator/audience-service`, { method: "PUT", body: "{}" });
      expect(await answer.json()).toMatchObject({ form: "definitions" });
    };
    const command = emulateCommand({ write: (text) => void (printed += text), stopRequested });
    await command.parseAsync(["--port", "0", "--json", "--audiences", "definitions"], { from: "user" });
    expect.assertions(1);
  });
});

describe("a state file", () => {
  const folder = mkdtempSync(join(tmpdir(), "emulator-audiences-"));
  const stateFile = join(folder, "state.json");
  afterAll(() => rmSync(folder, { recursive: true }));

  test("keeps audiences and merge policies; one from before knows no more than names", async () => {
    const kept: NeutralAudience[] = [];
    await withEmulator({ stateFile }, async ({ emulator: { control } }) => {
      control.setMergePolicies("dev", [{ id: "mp", name: "Web first" }]);
      control.addAudience({ id: "a", name: "A", sandbox: "dev", mergePolicy: "Web first", labels: ["core/C1"] });
      kept.push(...control.audiences());
    });
    await withEmulator({ stateFile }, async ({ emulator: { control } }) => {
      expect(control.audiences()).toEqual(kept);
      expect(control.mergePolicies().filter(({ sandbox }) => sandbox === "dev")).toMatchObject([{ id: "mp" }]);
    });
    const { format, content } = JSON.parse(readFileSync(stateFile, "utf8")) as { format: string; content: object };
    const names = [{ id: "a", name: "A", description: "", sandbox: "dev", created: 0 }];
    writeFileSync(
      stateFile,
      JSON.stringify({ format, content: { ...content, mergePolicies: undefined, audiences: names } }),
    );
    await withEmulator({ stateFile }, async ({ emulator: { control }, call }) => {
      const policy = "Profile Default Merge Policy";
      expect(control.audiences()).toMatchObject([{ id: "a", name: "A", mergePolicy: policy, lifecycle: "published" }]);
      expect((await call("GET", `${definitions}/a`, undefined, inDev)).body.name).toBe("A");
    });
  });
});
