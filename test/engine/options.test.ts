import { DOORS } from "./doors/door";
import type { Run } from "./harness/stack";
import { jobArgs, segmentArgs, Stage } from "./options-stage";
import { declareAll, throughBothDoors } from "./program-of-both-doors";
import { deviceIs, type ResourceClass } from "./programs";

/**
 * Each option has three resources, named after it: a segment that was taken over, one that the stack made, and an active
 * job, each through both doors. One run changes all of them, so that each test reads its own part of one request log.
 */
describe("Pulumi's options of a resource", () => {
  let stage: Stage;
  let changed: Run;
  type Declared = readonly [ResourceClass, object, object?];

  const protect = { protect: true };
  const retain = { retainOnDelete: true };
  const ignoreInSegment = { ignoreChanges: ["name", "description", "definition"] };
  const ignoreInJob = { ignoreChanges: ["segmentIds", "triggers"] };
  const replaceSegment = { replaceOnChanges: ["name"] };
  const replaceJob = { replaceOnChanges: ["timeout"] };
  const first = { deleteBeforeReplace: true };
  let adopted: Record<"kept" | "left" | "quiet" | "strict" | "first", ReturnType<Stage["inTheUi"]>>;

  const before = (): Record<string, Declared> => ({
    keptAdopted: ["Segment", adopted.kept, protect],
    keptMade: ["Segment", segmentArgs("keptMade"), protect],
    keptJob: ["SegmentJob", jobArgs("keptJob"), protect],
    leftAdopted: ["Segment", adopted.left, retain],
    leftMade: ["Segment", segmentArgs("leftMade"), retain],
    leftJob: ["SegmentJob", jobArgs("leftJob"), retain],
    leftAlso: ["Segment", segmentArgs("leftAlso"), retain],
    quietAdopted: ["Segment", adopted.quiet, ignoreInSegment],
    quietMade: ["Segment", segmentArgs("quietMade"), ignoreInSegment],
    quietJob: ["SegmentJob", jobArgs("quietJob", { triggers: { release: "1" } }), ignoreInJob],
    strictAdopted: ["Segment", adopted.strict, replaceSegment],
    strictMade: ["Segment", segmentArgs("strictMade"), replaceSegment],
    strictJob: ["SegmentJob", jobArgs("strictJob"), replaceJob],
    firstAdopted: ["Segment", adopted.first, { ...first, ...replaceSegment }],
    firstMade: ["Segment", segmentArgs("firstMade"), first],
    firstJob: ["SegmentJob", jobArgs("firstJob"), { ...first, ...replaceJob }],
  });
  const other = { description: "changed", definition: deviceIs("Tablet") };
  const after = (): Record<string, Declared> => {
    return {
      ...without(before(), "leftAdopted"),
      keptMade: ["Segment", segmentArgs("keptMade", other), protect],
      leftMade: ["Segment", segmentArgs("leftMade", { dataViewId: "dv_stage" }), retain],
      leftJob: ["SegmentJob", jobArgs("leftJob", { triggers: { release: "2" } }), retain],
      quietAdopted: ["Segment", { ...adopted.quiet, ...other, name: "quietAdopted 2" }, ignoreInSegment],
      quietMade: ["Segment", segmentArgs("quietMade 2", other), ignoreInSegment],
      quietJob: ["SegmentJob", jobArgs("quietJob-2", { triggers: { release: "2" } }), ignoreInJob],
      strictAdopted: ["Segment", { ...adopted.strict, name: "strictAdopted 2" }, replaceSegment],
      strictMade: ["Segment", segmentArgs("strictMade 2"), replaceSegment],
      strictJob: ["SegmentJob", jobArgs("strictJob", { timeout: "1h" }), replaceJob],
      firstAdopted: ["Segment", { ...adopted.first, name: "firstAdopted 2" }, { ...first, ...replaceSegment }],
      firstMade: ["Segment", segmentArgs("firstMade", { dataViewId: "dv_stage" }), first],
      firstJob: ["SegmentJob", jobArgs("firstJob", { timeout: "1h" }), { ...first, ...replaceJob }],
    };
  };
  const without = (resources: Record<string, Declared>, ...names: string[]) =>
    Object.fromEntries(Object.entries(resources).filter(([name]) => !names.includes(name)));
  const program = (resources: Record<string, Declared>) => throughBothDoors(declareAll(resources));
  const writes = (about = "") => DOORS.flatMap((door) => stage.at(door).writes(about));

  beforeAll(async () => {
    stage = await Stage.start();
    adopted = {
      kept: stage.inTheUi("keptAdopted"),
      left: stage.inTheUi("leftAdopted"),
      quiet: stage.inTheUi("quietAdopted"),
      strict: stage.inTheUi("strictAdopted"),
      first: stage.inTheUi("firstAdopted"),
    };
    await stage.run("up", { program: program(before()) });
    for (const id of Object.values(adopted.quiet.adoptId))
      stage.emulator.control.editSegment(id, { description: "Somebody's words" });
    changed = await stage.run("up", { program: program(after()), args: ["--refresh"] });
  });
  afterAll(() => stage.close());

  describe.each(DOORS)("of a %s one", (door) => {
    const at = () => stage.at(door);
    const ops = (name: string) => at().ops(changed, name);

    test("ignoreChanges: neither the program's changes nor somebody's in the UI send anything, and no run starts", () => {
      expect(at().writes("quiet")).toEqual([]);
      expect([ops("quietAdopted"), ops("quietMade"), ops("quietJob")]).toEqual(Array(3).fill(["refresh", "same"]));
      expect(at().segment("quietAdopted").description).toBe("Somebody's words");
      expect(at().job("quietJob").status).toBe("NEW");
    });

    test("replaceOnChanges: a new segment instead of an update, and a new run before the old one is cancelled", () => {
      expect(at().writes("strictMade")).toEqual(["POST segment strictMade 2", "DELETE segment strictMade"]);
      expect(at().writes("strictJob")).toEqual(["POST job strictJob", "DELETE job strictJob"]);
      expect(at().job("strictJob").status).toBe("CANCELLED");
    });

    test("replaceOnChanges: an adopted segment is taken over once more, and not deleted by its own replacement", () => {
      expect(ops("strictAdopted")).toEqual(["refresh", "create-replacement", "replace", "delete-replaced"]);
      expect(at().writes("strictAdopted")).toEqual(["PUT segment strictAdopted name"]);
      expect(at().segment("strictAdopted")).toMatchObject({ name: `strictAdopted 2-${door}`, deleted: false });
      expect(changed.output).toContain(at().leftAlone("strictAdopted"));
    });

    test("deleteBeforeReplace: DELETE comes before POST, and a run is cancelled before the next one starts", () => {
      expect(at().writes("firstMade")).toEqual(["DELETE segment firstMade", "POST segment firstMade"]);
      expect(at().writes("firstJob")).toEqual(["DELETE job firstJob", "POST job firstJob"]);
      expect(at().job("firstJob").status).toBe("CANCELLED");
    });

    test("deleteBeforeReplace: an adopted segment is not deleted before it is taken over once more", () => {
      expect(ops("firstAdopted")).toEqual(["refresh", "delete-replaced", "replace", "create-replacement"]);
      expect(at().writes("firstAdopted")).toEqual(["PUT segment firstAdopted name"]);
      expect(at().segment("firstAdopted")).toMatchObject({ name: `firstAdopted 2-${door}`, deleted: false });
      expect(changed.output).toContain(at().leftAlone("firstAdopted"));
    });

    test("retainOnDelete: what is replaced or removed from the program stays at the service, and an old run goes on", () => {
      expect(at().writes("left")).toEqual(expect.arrayContaining(["POST segment leftMade", "POST job leftJob"]));
      expect(at().writes("left")).toHaveLength(2);
      expect([at().segment("leftAdopted"), at().segment("leftMade")]).toMatchObject([
        { deleted: false },
        { deleted: false },
      ]);
      expect(at().job("leftJob").status).toBe("NEW");
      expect(stage.names()).not.toContain("leftAdopted");
    });

    test("protect: an update is sent, for it destroys nothing", () => {
      expect(at().writes("kept")).toEqual(["PUT segment keptMade description,definition"]);
    });
  });

  test.each(DOORS)("protect: a replacement is refused, and nothing is changed (%s)", async (door) => {
    const moved = ["Segment", segmentArgs("keptMade", { dataViewId: "dv_stage" }), protect] as const;
    // The engine stops at the first one.
    const of = {
      program: program({ ...after(), keptMade: moved }),
      args: ["--target", stage.at(door).resource("keptMade").urn],
    };
    const run = await stage.run("up", { ...of, fails: true });
    expect(run.output).toMatch(
      new RegExp(`unable to replace resource .*::keptMade-${door}.*\\n *as it is currently marked for protection`),
    );
    expect(writes()).toEqual([]);
  });

  test("protect: what is gone from the program is not deleted, and a run not cancelled", async () => {
    const rest = without(after(), "keptAdopted", "keptJob");
    const run = await stage.run("up", { program: program(rest), fails: true });
    expect(run.output).toMatch(/::kept(Adopted|Job)-(dynamic|native)\W+cannot be deleted/);
    expect(writes()).toEqual([]);
  });

  test("protect: destroy deletes the others, adopted segments and active runs among them, and fails", async () => {
    await stage.run("destroy", { fails: true });
    for (const door of DOORS) {
      const at = stage.at(door);
      expect(at.writes("kept")).toEqual([]);
      expect([at.segment("keptAdopted").deleted, at.segment("keptMade").deleted]).toEqual([false, false]);
      expect(at.job("keptJob").status).toBe("NEW");
      expect(at.writes("Adopted").sort()).toEqual(
        ["first", "quiet", "strict"].map((name) => `DELETE segment ${name}Adopted`),
      );
      expect(at.job("quietJob").status).toBe("CANCELLED");
    }
  });

  test.each(DOORS)("retainOnDelete: destroy sends nothing (%s)", (door) => {
    const at = stage.at(door);
    // The destroy before was this one, too.
    expect(stage.names()).not.toContain("leftMade");
    expect(at.writes("left")).toEqual([]);
    expect(
      ["leftAdopted", "leftMade", "leftMade'", "leftAlso"].map((label) => at.segment(label).deleted),
    ).not.toContain(true);
    expect([at.job("leftJob").status, at.job("leftJob'").status]).toEqual(["NEW", "NEW"]);
  });
});
