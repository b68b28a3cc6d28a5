import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../../emulator";
import { createStack, type Stack } from "../harness/stack";
import { AUDIENCES, deviceIs, UNLIMITED } from "../programs";
import { programOf, WITH_PLUGIN } from "./project";

const args = (name: string) => ({ name, dataViewId: "dv_dev", definition: deviceIs(name), description: "by Jane" });
const audienceArgs = (name: string) => ({
  name,
  expression: `person.name.lastName = "${name}"`,
  description: "by Jane",
});
const [JOB, LATER_JOB] = ["11111111-aaaa-4aaa-8aaa-000000000001", "11111111-aaaa-4aaa-8aaa-000000000002"];

describe("taking over what exists", () => {
  let emulator: Emulator;
  let stack: Stack;
  let ids: Readonly<Record<"first" | "second" | "third", string>>;
  let audienceIds: Readonly<Record<"first" | "second" | "third", string>>;
  const sent = () =>
    emulator.control
      .requests()
      .filter(({ path }) => !path.startsWith("/ims/"))
      .map(({ method, path }) => `${method} ${path}`);
  const writes = () =>
    sent().filter((request) => /^(POST|PUT|PATCH|DELETE) (\/segments|\/data\/core\/ups\/)/.test(request));

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false, clock: "manual" });
    const metadata = { tags: ["web"], shares: [{ type: "all" as const }] };
    const add = (name: string) => emulator.control.addSegment({ ...args(name), ...metadata }).id;
    ids = { first: add("first"), second: add("second"), third: add("third") };
    const addAudience = (name: string) => emulator.control.addAudience(audienceArgs(name)).id;
    audienceIds = { first: addAudience("first"), second: addAudience("second"), third: addAudience("third") };
    for (const id of [JOB, LATER_JOB])
      emulator.control.addJob({ id, segmentIds: [...AUDIENCES], status: "PROCESSING" });
    stack = await createStack({
      env: { ...emulator.environment, ...UNLIMITED },
      program: programOf("native", {}),
      files: WITH_PLUGIN,
    });
  });
  beforeEach(() => emulator.control.clearRequests());
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });

  test("by the option import is one read, and writes nothing", async () => {
    const job = { segmentIds: [...AUDIENCES] };
    stack.setProgram(
      programOf("native", {
        first: ["Segment", args("first"), { import: ids.first }],
        people: ["Audience", audienceArgs("first"), { import: audienceIds.first }],
        job: ["SegmentJob", job, { import: JOB }],
      }),
    );
    const run = await stack.up();
    expect(run.changes).toEqual({ import: 3 });
    expect(stack.resource("first")).toMatchObject({ id: ids.first, inputs: args("first"), outputs: args("first") });
    expect(stack.resource("people")).toMatchObject({
      id: audienceIds.first,
      inputs: audienceArgs("first"),
      outputs: audienceArgs("first"),
    });
    expect(stack.resource("job")).toMatchObject({ id: JOB, inputs: job, outputs: { status: "PROCESSING" } });
    // The listing alone tells that a segment is not deleted.
    expect(sent().filter((request) => request !== "GET /segments")).toEqual(
      expect.arrayContaining([
        `GET /segments/${ids.first}`,
        `GET /data/core/ups/segment/jobs/${JOB}`,
        `GET /data/core/ups/audiences/${audienceIds.first}`,
      ]),
    );
    expect(sent().filter((request) => request !== "GET /segments")).toHaveLength(3);
  });

  test("of a segment or an audience that the program has otherwise updates exactly what differs", async () => {
    stack.setProgram(
      programOf("native", {
        first: ["Segment", args("first")],
        people: ["Audience", audienceArgs("first")],
        others: ["Audience", { ...audienceArgs("second"), name: "Under code" }, { import: audienceIds.second }],
        job: ["SegmentJob", { segmentIds: [...AUDIENCES] }],
        second: [
          "Segment",
          { ...args("second"), name: "Under code", tags: ["web"], shares: [{ to: "all" }] },
          { import: ids.second },
        ],
      }),
    );
    const run = await stack.up();
    expect(run.changes).toEqual({ same: 3, import: 2, update: 2 });
    expect(writes().sort()).toEqual([
      `PATCH /data/core/ups/audiences/${audienceIds.second}`,
      `PUT /segments/${ids.second}`,
    ]);
    expect(emulator.control.requests().find(({ method }) => method === "PATCH")?.body).toEqual([
      { op: "add", path: "/name", value: "Under code" },
    ]);
    expect(emulator.control.requests().find(({ method }) => method === "PUT")?.body).toEqual({ name: "Under code" });
    // Its tags and shares are as the program has them.
    expect(sent().filter((request) => request.startsWith("PUT"))).toHaveLength(1);
  });

  // The language host that is built from Go modules writes no programs.
  test("by the command writes nothing to the service", async () => {
    const command = ["import", "cja:index:Segment", "third", ids.third, "--yes", "--stack", stack.name];
    await stack.pulumi([...command, "--generate-code=false"]);
    expect(writes()).toEqual([]);
    expect(stack.resource("third")).toMatchObject({ id: ids.third, inputs: args("third") });
  });

  // As by `cja:index:Audience NAME ID` and `cja:index:SegmentJob NAME ID`, in one run.
  test("by the command, of an audience and of a job, is one read each", async () => {
    const wanted = [
      { type: "cja:index:Audience", name: "third-people", id: audienceIds.third },
      { type: "cja:index:SegmentJob", name: "third-job", id: LATER_JOB },
    ];
    const file = join(stack.folder, "import.json");
    writeFileSync(file, JSON.stringify({ resources: wanted }));
    await stack.pulumi(["import", "--file", file, "--yes", "--stack", stack.name, "--generate-code=false"]);
    expect(writes()).toEqual([]);
    // The preview and the import are a process each.
    expect([...new Set(sent())].sort()).toEqual([
      `GET /data/core/ups/audiences/${audienceIds.third}`,
      `GET /data/core/ups/segment/jobs/${LATER_JOB}`,
    ]);
    expect(stack.resource("third-people")).toMatchObject({ id: audienceIds.third, inputs: audienceArgs("third") });
    expect(stack.resource("third-job")).toMatchObject({ id: LATER_JOB, inputs: { segmentIds: [...AUDIENCES] } });
  });

  test("of what is missing, deleted, of another organisation, or no job or audience is one clear line each", async () => {
    const kept = stack.resources().length;
    const { id: deleted } = emulator.control.addSegment(args("deleted"));
    emulator.control.deleteSegment(deleted);
    const missing = "s300000022_ffffffffffffffffffffffff";
    // Its first part is the company that it belongs to. To any other the service answers what it answers to whoever has no right.
    const foreign = "s300000099_5bb7c94e80f0073611afb35c";
    const refusal = { error_code: "403025", message: "Profile is not valid" };
    emulator.control.addFault({ path: `/segments/${foreign}$`, status: 403, body: refusal, times: 5 });
    const job = { segmentIds: [...AUDIENCES] };
    const wanted = {
      missing: [
        args("missing"),
        missing,
        `Could not read segment ${missing}: there is no such segment, or it is deleted`,
      ],
      deleted: [
        args("deleted"),
        deleted,
        `Could not read segment ${deleted}: there is no such segment, or it is deleted`,
      ],
      foreign: [args("foreign"), foreign, `Could not read segment ${foreign}`],
      job: [job, "no-such-job", 'Could not read segment job no-such-job: there is no such job in the sandbox "prod"'],
      audience: [
        audienceArgs("missing"),
        "no-such-audience",
        'Could not read audience no-such-audience: there is no such audience in the sandbox "prod"',
      ],
    } as const;
    for (const [name, [given, id, text]] of Object.entries(wanted)) {
      const kind = name === "job" ? "SegmentJob" : name === "audience" ? "Audience" : "Segment";
      stack.setProgram(programOf("native", { [name]: [kind, given, { import: id }] }));
      const { diagnostics, output } = await stack.up({ fails: true });
      const errors = diagnostics.filter(({ message }) => message.includes("Could not read"));
      expect(errors.map(({ message }) => message.trim().split("\n"))).toEqual([[expect.stringContaining(text)]]);
      expect(output).not.toMatch(/\n +at .*:\d+:\d+/);
    }
    expect(stack.resources()).toHaveLength(kept);
    expect(writes()).toEqual([]);
  });
});

test("an audience outside of the default sandbox is imported by a provider that has that sandbox", async () => {
  const emulator = await startEmulator({ limits: false });
  const audience = { name: "Gold", expression: 'loyalty.tier = "gold"' };
  const { id } = emulator.control.addAudience({ ...audience, sandbox: "dev" });
  const program = (provider: string) =>
    [
      'const cja = require("pulumi-cja/native");',
      'const dev = new cja.Provider("dev", { sandbox: "dev" });',
      `new cja.Audience("gold", ${JSON.stringify(audience)}, { import: "${id}"${provider} });`,
    ].join("\n");
  const env = { ...emulator.environment, ...UNLIMITED };
  const stack = await createStack({ env, program: program(""), files: WITH_PLUGIN });
  try {
    expect((await stack.up({ fails: true })).output).toContain('there is no such audience in the sandbox "prod"');
    stack.setProgram(program(", provider: dev"));
    expect((await stack.up()).changes).toMatchObject({ import: 1 });
    expect(stack.resource("gold")).toMatchObject({ id, inputs: audience, outputs: { sandboxName: "dev" } });
  } finally {
    await stack.dispose();
    await emulator.close();
  }
});
