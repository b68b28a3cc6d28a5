import type { Run } from "./harness/stack";
import { jobArgs, segmentArgs, Stage } from "./options-stage";
import { deviceIs, program, type ResourceClass } from "./programs";

/**
 * Each option has three resources, named after it: a segment that was taken over, one that the stack made, and an active
 * job. One run changes all of them, so that each test reads its own part of one request log.
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
  const ops = (name: string) => changed.steps.filter((step) => step.name === name).map(({ op }) => op);

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
    stage.emulator.control.editSegment(adopted.quiet.adoptId, { description: "Somebody's words" });
    changed = await stage.run("up", { program: program(after()), args: ["--refresh"] });
  });
  afterAll(() => stage.close());

  test("ignoreChanges: neither the program's changes nor somebody's in the UI send anything, and no run starts", () => {
    expect(stage.writes("quiet")).toEqual([]);
    expect([ops("quietAdopted"), ops("quietMade"), ops("quietJob")]).toEqual(Array(3).fill(["refresh", "same"]));
    expect(stage.segment("quietAdopted").description).toBe("Somebody's words");
    expect(stage.job("quietJob").status).toBe("NEW");
  });

  test("replaceOnChanges: a new segment instead of an update, and a new run before the old one is cancelled", () => {
    expect(stage.writes("strictMade")).toEqual(["POST segment strictMade 2", "DELETE segment strictMade"]);
    expect(stage.writes("strictJob")).toEqual(["POST job strictJob", "DELETE job strictJob"]);
    expect(stage.job("strictJob").status).toBe("CANCELLED");
  });

  test("replaceOnChanges: an adopted segment is taken over once more, and not deleted by its own replacement", () => {
    expect(ops("strictAdopted")).toEqual(["refresh", "create-replacement", "replace", "delete-replaced"]);
    expect(stage.writes("strictAdopted")).toEqual(["PUT segment strictAdopted name"]);
    expect(stage.segment("strictAdopted")).toMatchObject({ name: "strictAdopted 2", deleted: false });
    expect(changed.output).toContain(stage.leftAlone("strictAdopted"));
  });

  test("deleteBeforeReplace: DELETE comes before POST, and a run is cancelled before the next one starts", () => {
    expect(stage.writes("firstMade")).toEqual(["DELETE segment firstMade", "POST segment firstMade"]);
    expect(stage.writes("firstJob")).toEqual(["DELETE job firstJob", "POST job firstJob"]);
    expect(stage.job("firstJob").status).toBe("CANCELLED");
  });

  test("deleteBeforeReplace: an adopted segment is not deleted before it is taken over once more", () => {
    expect(ops("firstAdopted")).toEqual(["refresh", "delete-replaced", "replace", "create-replacement"]);
    expect(stage.writes("firstAdopted")).toEqual(["PUT segment firstAdopted name"]);
    expect(stage.segment("firstAdopted")).toMatchObject({ name: "firstAdopted 2", deleted: false });
    expect(changed.output).toContain(stage.leftAlone("firstAdopted"));
  });

  test("retainOnDelete: what is replaced or removed from the program stays at the service, and an old run goes on", () => {
    expect(stage.writes("left")).toEqual(expect.arrayContaining(["POST segment leftMade", "POST job leftJob"]));
    expect(stage.writes("left")).toHaveLength(2);
    expect([stage.segment("leftAdopted"), stage.segment("leftMade")]).toMatchObject([
      { deleted: false },
      { deleted: false },
    ]);
    expect(stage.job("leftJob").status).toBe("NEW");
    expect(stage.stack.resources().filter(({ name }) => name === "leftAdopted")).toEqual([]);
  });

  test("protect: an update is sent, for it destroys nothing", () => {
    expect(stage.writes("kept")).toEqual(["PUT segment keptMade description,definition"]);
  });

  test("protect: a replacement is refused, and nothing is changed", async () => {
    const moved = ["Segment", segmentArgs("keptMade", { dataViewId: "dv_stage" }), protect] as const;
    const run = await stage.run("up", { program: program({ ...after(), keptMade: moved }), fails: true });
    expect(run.output).toMatch(/unable to replace resource .*::keptMade.*\n *as it is currently marked for protection/);
    expect(stage.writes()).toEqual([]);
  });

  test("protect: what is gone from the program is not deleted, and a run not cancelled", async () => {
    const rest = without(after(), "keptAdopted", "keptJob");
    const run = await stage.run("up", { program: program(rest), fails: true });
    expect(run.output).toMatch(/::kept(Adopted|Job)\W+cannot be deleted/);
    expect(stage.writes()).toEqual([]);
  });

  test("protect: destroy deletes the others, adopted segments and active runs among them, and fails", async () => {
    await stage.run("destroy", { fails: true });
    expect(stage.writes("kept")).toEqual([]);
    expect([stage.segment("keptAdopted").deleted, stage.segment("keptMade").deleted]).toEqual([false, false]);
    expect(stage.job("keptJob").status).toBe("NEW");
    expect(stage.writes("Adopted").sort()).toEqual(
      ["first", "quiet", "strict"].map((name) => `DELETE segment ${name}Adopted`),
    );
    expect(stage.job("quietJob").status).toBe("CANCELLED");
  });

  test("retainOnDelete: destroy sends nothing", async () => {
    // The destroy before was this one, too.
    expect(stage.stack.resources().map(({ name }) => name)).not.toContain("leftMade");
    expect(stage.writes("left")).toEqual([]);
    expect(
      ["leftAdopted", "leftMade", "leftMade'", "leftAlso"].map((label) => stage.segment(label).deleted),
    ).not.toContain(true);
    expect([stage.job("leftJob").status, stage.job("leftJob'").status]).toEqual(["NEW", "NEW"]);
  });
});
