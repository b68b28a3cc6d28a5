import { TYPE_TOKENS } from "../../model/resource-kinds";
import { DOORS, type DoorName } from "./doors/door";
import type { Run } from "./harness/stack";
import { jobArgs, segmentArgs, Stage, type AtDoor } from "./options-stage";
import { declare, throughBothDoors } from "./program-of-both-doors";

/** A component that owns a segment that was taken over, one that it makes, and an active job. */
const COMPONENT = `
class Audience extends pulumi.ComponentResource {
  constructor(name, args, opts) {
    super("acme:Audience", name, {}, opts);
    this.adopted = new cja.Segment(name + "-adopted", ownArgs(args.adopted), { parent: this });
    this.made = new cja.Segment(name + "-made", ownArgs(args.made), { parent: this });
    this.job = new cja.SegmentJob(name + "-job", ownArgs(args.job), { parent: this, dependsOn: [this.adopted, this.made] });
    this.registerOutputs({ made: this.made.id });
  }
}`;

describe("names and places in a program", () => {
  let stage: Stage;
  let ui: Record<"inside" | "plain" | "moved" | "forgotten", ReturnType<Stage["inTheUi"]>>;
  const URN = "urn:pulumi:dev::engine-test::";

  /** The same three kinds of resource three times: in the component, at the top, and at the top or inside of it. */
  interface Places {
    readonly component?: string;
    readonly plain?: string;
    readonly movedOptions?: string;
    readonly aliased?: boolean;
    readonly more?: readonly string[];
    readonly after?: readonly string[];
  }
  const wanted = ({
    component = "mobile",
    plain = "plain",
    movedOptions = "{}",
    aliased = false,
    more = [],
    after = [],
  }: Places) => {
    const inside = { adopted: ui.inside, made: segmentArgs("inside made"), job: jobArgs("inside-job") };
    const alias = (old: string) => (aliased ? `{ aliases: [{ name: own("${old}") }] }` : "{}");
    const lines = [
      COMPONENT,
      `const component = new Audience(own("${component}"), ${JSON.stringify(inside)}, ${alias("mobile")});`,
      declare("Segment", `${plain}Adopted`, ui.plain, alias("plainAdopted")),
      declare("Segment", `${plain}Made`, segmentArgs("plain made"), alias("plainMade")),
      declare("SegmentJob", `${plain}Job`, jobArgs("plain-job"), alias("plainJob")),
      declare("Segment", "movedAdopted", ui.moved, movedOptions),
      declare("Segment", "movedMade", segmentArgs("moved made"), movedOptions),
      declare("SegmentJob", "movedJob", jobArgs("moved-job"), movedOptions),
      ...more,
    ];
    return throughBothDoors(lines, after);
  };
  const intoComponent = "{ parent: component, aliases: [{ parent: pulumi.rootStackResource }] }";
  const each = (
    look: (at: AtDoor, types: { readonly segment: string; readonly job: string }, door: DoorName) => void,
  ) => {
    for (const door of DOORS)
      look(stage.at(door), { segment: TYPE_TOKENS.Segment[door], job: TYPE_TOKENS.SegmentJob[door] }, door);
  };
  const active = () =>
    stage.emulator.control.jobs().flatMap(({ status, segmentIds }) => (status === "NEW" ? segmentIds : []));
  const ofEachDoor = (...audiences: string[]) =>
    audiences.flatMap((one) => DOORS.map((door) => `${one}-${door}`)).sort();

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
    expect(run.changes).toEqual({ create: 22 });
    each((at, types, door) => {
      expect(at.writes("inside")).toEqual(["POST segment inside made", "POST job inside-job"]);
      const inside = `${URN}acme:Audience$`;
      expect(at.resource("mobile-adopted").urn).toBe(`${inside}${types.segment}::mobile-${door}-adopted`);
      expect(at.resource("mobile-made").urn).toBe(`${inside}${types.segment}::mobile-${door}-made`);
      expect(at.resource("mobile-job").urn).toBe(`${inside}${types.job}::mobile-${door}-job`);
    });
  });

  test("aliases: a rename, another parent and a renamed component are no change, send nothing and run nothing", async () => {
    const names = { component: "phone", plain: "fancy", movedOptions: intoComponent, aliased: true };
    const more = [declare("Segment", "forgotten", segmentArgs("forgotten"))];
    const run = await stage.run("up", { program: wanted({ ...names, more }) });
    expect(run.changes).toEqual({ same: 22 });
    expect(stage.emulator.control.requests()).toEqual([]);
    each((at, types, door) => {
      expect(at.resource("fancyAdopted").urn).toBe(`${URN}${types.segment}::fancyAdopted-${door}`);
      expect(at.resource("movedAdopted").urn).toBe(`${URN}acme:Audience$${types.segment}::movedAdopted-${door}`);
      expect(at.resource("movedJob").urn).toBe(`${URN}acme:Audience$${types.job}::movedJob-${door}`);
      expect(at.resource("phone-job").urn).toBe(`${URN}acme:Audience$${types.job}::phone-${door}-job`);
    });
    expect(stage.names()).toHaveLength(11);
  });

  describe("without aliases", () => {
    let run: Run;
    beforeAll(async () => {
      const more = [declare("Segment", "remembered", segmentArgs("forgotten"))];
      run = await stage.run("up", { program: wanted({ component: "tablet", plain: "bare", more }) });
      expect(run.changes).toEqual({ create: 22, delete: 22 });
    });

    test("an adopted segment is taken over under its new name or parent, and not deleted", () => {
      const holders = { "mobile-adopted": "tablet-adopted", plainAdopted: "bareAdopted", movedAdopted: "movedAdopted" };
      each((at, _, door) => {
        expect(at.writes("dopted")).toEqual([]);
        for (const [label, holder] of Object.entries(holders)) {
          expect(at.segment(label).deleted).toBe(false);
          expect(run.output).toContain(at.leftAlone(label, holder));
        }
        expect(at.resource("bareAdopted").id).toBe(ui.plain.adoptId[door]);
        expect(at.resource("tablet-adopted").id).toBe(ui.inside.adoptId[door]);
      });
    });

    test("a new segment is made before the old one is deleted", () =>
      each((at) =>
        expect(at.writes().filter((line) => /plain ?[mM]ade/.test(line))).toEqual([
          "POST segment plain made",
          "DELETE segment plainMade",
        ]),
      ));

    test("and without adoptId any more: a segment that was once taken over is one like any other", () =>
      each((at) => expect(at.writes("forgotten")).toEqual(["POST segment forgotten", "DELETE segment forgotten"])));

    test("an active job is run anew, and then the old run is cancelled, for the engine sees two resources", () => {
      each((at) => {
        for (const [audience, label] of [
          ["plain-job", "plainJob"],
          ["moved-job", "movedJob"],
          ["inside-job", "mobile-job"],
        ] as const) {
          const lines = [`POST job ${audience}`, `DELETE job ${label}`];
          expect(at.writes().filter((line) => lines.includes(line))).toEqual(lines);
          expect(at.job(label).status).toBe("CANCELLED");
        }
      });
      expect(active().sort()).toEqual(ofEachDoor("inside-job", "moved-job", "plain-job"));
    });
  });

  test("a rename that stops before the old name is removed leaves the adopted segment alone, in the next run, too", async () => {
    const last = ["before.push(lastAdopted, lastMade, lastJob);"];
    const refused = [declare("Segment", "refused", segmentArgs("refused"), "{ dependsOn: before }")];
    const renamed = (after: string[] = []) => wanted({ component: "tablet", plain: "last", more: last, after });
    stage.emulator.control.addFault({ method: "POST", path: "^/segments$", status: 400, skip: 2, times: 2 });
    await stage.run("up", { program: renamed(refused), fails: true });
    expect(stage.names()).toEqual(expect.arrayContaining(["bareAdopted", "lastAdopted"]));
    stage.emulator.control.clearFaults();

    const run = await stage.run("up", { program: renamed() });
    each((at) => {
      expect([at.ops(run, "lastAdopted"), at.ops(run, "bareAdopted")]).toEqual([["same"], ["delete"]]);
      expect(at.writes("dopted")).toEqual([]);
      expect(at.segment("plainAdopted").deleted).toBe(false);
      expect(run.output).toContain(at.leftAlone("plainAdopted", "lastAdopted"));
    });
    expect(run.steps.map(({ outcome }) => outcome)).not.toContain("failed");
  });

  test("destroy deletes the component's segments and cancels its run first", async () => {
    await stage.run("destroy");
    each((at) => {
      const inside = at.writes().filter((line) => /mobile|tablet/.test(line));
      expect(inside[0]).toBe("DELETE job tablet-job");
      expect(inside.slice(1).sort()).toEqual(["DELETE segment mobile-adopted", "DELETE segment tablet-made"]);
    });
    expect(active()).toEqual([]);
    expect(stage.stack.resources()).toEqual([]);
    expect(stage.emulator.control.segments().filter(({ deleted }) => !deleted)).toEqual([]);
  });
});
