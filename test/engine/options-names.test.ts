import { declare, jobArgs, programOf, segmentArgs, Stage } from "./options-stage";

/** A component that owns a segment that was taken over, one that it makes, and an active job. */
const COMPONENT = `
class Audience extends pulumi.ComponentResource {
  constructor(name, args, opts) {
    super("acme:Audience", name, {}, opts);
    this.adopted = new cja.Segment(name + "-adopted", args.adopted, { parent: this });
    this.made = new cja.Segment(name + "-made", args.made, { parent: this });
    this.job = new cja.SegmentJob(name + "-job", args.job, { parent: this, dependsOn: [this.adopted, this.made] });
    this.registerOutputs({ made: this.made.id });
  }
}`;

describe("names and places in a program", () => {
  let stage: Stage;
  let ui: Record<"inside" | "plain" | "moved" | "forgotten", ReturnType<Stage["inTheUi"]>>;
  const URN = "urn:pulumi:dev::engine-test::";
  const segmentType = "pulumi-nodejs:dynamic/cja:Segment";
  const jobType = "pulumi-nodejs:dynamic/cja:SegmentJob";

  /** The same three kinds of resource three times: in the component, at the top, and at the top or inside of it. */
  interface Places {
    readonly component?: string;
    readonly plain?: string;
    readonly movedOptions?: string;
    readonly aliased?: boolean;
    readonly more?: readonly string[];
  }
  const wanted = ({
    component = "mobile",
    plain = "plain",
    movedOptions = "{}",
    aliased = false,
    more = [],
  }: Places) => {
    const inside = { adopted: ui.inside, made: segmentArgs("inside made"), job: jobArgs("inside-job") };
    const alias = (old: string) => (aliased ? `{ aliases: [{ name: "${old}" }] }` : "{}");
    return programOf(
      COMPONENT,
      `const component = new Audience("${component}", ${JSON.stringify(inside)}, ${alias("mobile")});`,
      declare("Segment", `${plain}Adopted`, ui.plain, alias("plainAdopted")),
      declare("Segment", `${plain}Made`, segmentArgs("plain made"), alias("plainMade")),
      declare("SegmentJob", `${plain}Job`, jobArgs("plain-job"), alias("plainJob")),
      declare("Segment", "movedAdopted", ui.moved, movedOptions),
      declare("Segment", "movedMade", segmentArgs("moved made"), movedOptions),
      declare("SegmentJob", "movedJob", jobArgs("moved-job"), movedOptions),
      ...more,
    );
  };
  const intoComponent = "{ parent: component, aliases: [{ parent: pulumi.rootStackResource }] }";
  const urnOf = (name: string) => stage.stack.resource(name).urn;
  const active = () =>
    stage.emulator.control.jobs().flatMap(({ status, segmentIds }) => (status === "NEW" ? segmentIds : []));

  beforeAll(async () => {
    stage = await Stage.start();
    ui = {
      inside: stage.inTheUi("mobile-adopted"),
      plain: stage.inTheUi("plainAdopted"),
      moved: stage.inTheUi("movedAdopted"),
      forgotten: stage.inTheUi("forgotten"),
    };
  });
  afterAll(() => stage.close());

  test("both classes work inside a ComponentResource", async () => {
    const run = await stage.run("up", { program: wanted({ more: [declare("Segment", "forgotten", ui.forgotten)] }) });
    expect(run.changes).toEqual({ create: 11 });
    expect(stage.writes("inside")).toEqual(["POST segment inside made", "POST job inside-job"]);
    expect(urnOf("mobile-adopted")).toBe(`${URN}acme:Audience$${segmentType}::mobile-adopted`);
    expect(urnOf("mobile-made")).toBe(`${URN}acme:Audience$${segmentType}::mobile-made`);
    expect(urnOf("mobile-job")).toBe(`${URN}acme:Audience$${jobType}::mobile-job`);
  });

  test("aliases: a rename, another parent and a renamed component are no change, send nothing and run nothing", async () => {
    const names = { component: "phone", plain: "fancy", movedOptions: intoComponent, aliased: true };
    const more = [declare("Segment", "forgotten", segmentArgs("forgotten"))];
    const run = await stage.run("up", { program: wanted({ ...names, more }) });
    expect(run.changes).toEqual({ same: 11 });
    expect(stage.emulator.control.requests()).toEqual([]);
    expect(urnOf("fancyAdopted")).toBe(`${URN}${segmentType}::fancyAdopted`);
    expect(urnOf("movedAdopted")).toBe(`${URN}acme:Audience$${segmentType}::movedAdopted`);
    expect(urnOf("movedJob")).toBe(`${URN}acme:Audience$${jobType}::movedJob`);
    expect(urnOf("phone-job")).toBe(`${URN}acme:Audience$${jobType}::phone-job`);
    expect(stage.stack.resources()).toHaveLength(11);
  });

  test("without aliases: an adopted segment is taken over under its new name or parent, and not deleted", async () => {
    const more = [declare("Segment", "remembered", segmentArgs("forgotten"))];
    const run = await stage.run("up", { program: wanted({ component: "tablet", plain: "bare", more }) });
    expect(run.changes).toEqual({ create: 11, delete: 11 });
    expect(stage.writes("dopted")).toEqual([]);
    const holders = { "mobile-adopted": "tablet-adopted", plainAdopted: "bareAdopted", movedAdopted: "movedAdopted" };
    for (const [label, holder] of Object.entries(holders)) {
      expect(stage.segment(label).deleted).toBe(false);
      expect(run.output).toContain(stage.leftAlone(label, holder));
    }
    expect(stage.stack.resource("bareAdopted").id).toBe(ui.plain.adoptId);
    expect(stage.stack.resource("tablet-adopted").id).toBe(ui.inside.adoptId);
  });

  test("without aliases: a new segment is made before the old one is deleted", () => {
    expect(stage.writes().filter((line) => /plain ?[mM]ade/.test(line))).toEqual([
      "POST segment plain made",
      "DELETE segment plainMade",
    ]);
  });

  test("without aliases, and without adoptId any more: a segment that was once taken over is one like any other", () => {
    expect(stage.writes("forgotten")).toEqual(["POST segment forgotten", "DELETE segment forgotten"]);
  });

  test("without aliases: an active job is run anew, and then the old run is cancelled, for the engine sees two resources", () => {
    for (const [audience, label] of [
      ["plain-job", "plainJob"],
      ["moved-job", "movedJob"],
      ["inside-job", "mobile-job"],
    ] as const) {
      const lines = [`POST job ${audience}`, `DELETE job ${label}`];
      expect(stage.writes().filter((line) => lines.includes(line))).toEqual(lines);
      expect(stage.job(label).status).toBe("CANCELLED");
    }
    expect(active().sort()).toEqual(["inside-job", "moved-job", "plain-job"]);
  });

  test("a rename that stops before the old name is removed leaves the adopted segment alone, in the next run, too", async () => {
    const after = "{ dependsOn: [lastAdopted, lastMade, lastJob] }";
    const refused = declare("Segment", "refused", segmentArgs("refused"), after);
    const renamed = (...more: string[]) => wanted({ component: "tablet", plain: "last", more });
    stage.emulator.control.addFault({ method: "POST", path: "^/segments$", status: 400, skip: 1 });
    await stage.run("up", { program: renamed(refused), fails: true });
    const names = stage.stack.resources().map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["bareAdopted", "lastAdopted"]));

    const run = await stage.run("up", { program: renamed() });
    expect(run.steps).toContainEqual(expect.objectContaining({ op: "same", name: "lastAdopted" }));
    expect(run.steps).toContainEqual(expect.objectContaining({ op: "delete", name: "bareAdopted", outcome: "done" }));
    expect(stage.writes("dopted")).toEqual([]);
    expect(stage.segment("plainAdopted").deleted).toBe(false);
    expect(run.output).toContain(stage.leftAlone("plainAdopted", "lastAdopted"));
  });

  test("destroy deletes the component's segments and cancels its run first", async () => {
    await stage.run("destroy");
    const inside = stage.writes().filter((line) => /mobile|tablet/.test(line));
    expect(inside[0]).toBe("DELETE job tablet-job");
    expect(inside.slice(1).sort()).toEqual(["DELETE segment mobile-adopted", "DELETE segment tablet-made"]);
    expect(active()).toEqual([]);
    expect(stage.stack.resources()).toEqual([]);
    expect(stage.emulator.control.segments().filter(({ deleted }) => !deleted)).toEqual([]);
  });
});
