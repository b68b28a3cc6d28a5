import { declare, jobArgs, programOf, segmentArgs, Stage } from "./options-stage";

/** A segment that was taken over, one that the stack made after it, an active job after both, and one that nothing depends on. */
describe("Pulumi's options of a run", () => {
  let stage: Stage;
  let ui: ReturnType<Stage["inTheUi"]>;

  interface Wanted {
    readonly adopted?: object;
    readonly made?: object;
    readonly job?: object;
    readonly more?: readonly string[];
  }
  const wanted = ({ adopted = {}, made = {}, job = {}, more = [] }: Wanted = {}) =>
    programOf(
      declare("Segment", "adopted", { ...ui, description: "Adopted", ...adopted }),
      declare("Segment", "made", segmentArgs("made", made), "{ dependsOn: adopted }"),
      declare("SegmentJob", "job", jobArgs("job", job), "{ dependsOn: [adopted, made] }"),
      declare("Segment", "single", segmentArgs("single")),
      ...more,
    );
  const ops = (steps: readonly { op: string; name: string }[], name: string) =>
    steps.filter((step) => step.name === name).map(({ op }) => op);
  const replaced = ["create-replacement", "replace", "delete-replaced"];

  beforeAll(async () => {
    stage = await Stage.start();
    ui = stage.inTheUi("adopted");
  });
  afterAll(() => stage.close());

  test("dependsOn: requests are sent in its order", async () => {
    await stage.run("up", { program: wanted() });
    expect(stage.writes().filter((line) => !line.endsWith("single"))).toEqual([
      "PUT segment adopted description",
      "POST segment made",
      "POST job job",
    ]);
  });

  test("--target: only the target is touched", async () => {
    const program = wanted({
      adopted: { description: "Changed" },
      made: { description: "Changed" },
      job: { triggers: { release: "2" } },
      more: [declare("Segment", "added", segmentArgs("added"))],
    });
    await stage.run("up", { program, args: ["--target", ...stage.urns("made")] });
    expect(stage.writes()).toEqual(["PUT segment made description"]);
    expect(stage.segment("adopted").description).toBe("Adopted");
    expect(stage.job("job").status).toBe("NEW");
  });

  test("--target-replace: an adopted segment is taken over once more, not deleted; a job is run anew, then cancelled", async () => {
    const program = wanted({ made: { description: "Changed" } });
    const targets = stage.urns("adopted", "made", "job").flatMap((urn) => ["--target-replace", urn]);
    const run = await stage.run("up", { program, args: targets });
    for (const name of ["adopted", "made", "job"]) expect(ops(run.steps, name)).toEqual(replaced);
    expect(stage.writes("adopted")).toEqual([]);
    expect(stage.writes("made")).toEqual(["POST segment made", "DELETE segment made"]);
    expect(stage.writes("job")).toEqual(["POST job job", "DELETE job job"]);
    expect(stage.writes("single")).toEqual([]);
    expect(stage.segment("adopted").deleted).toBe(false);
    expect(run.output).toContain(stage.leftAlone("adopted"));
    expect([stage.job("job").status, stage.job("job'").status]).toEqual(["CANCELLED", "NEW"]);
  });

  test("pulumi state taint: the next run replaces, and an adopted segment is not deleted", async () => {
    const urns = stage.urns("adopted", "made", "job");
    await stage.stack.pulumi(["state", "taint", "--yes", "--stack", stage.stack.name, ...urns]);
    const run = await stage.run("up");
    for (const name of ["adopted", "made", "job"]) expect(ops(run.steps, name)).toEqual(replaced);
    expect(stage.writes("adopted")).toEqual([]);
    expect(stage.writes("made")).toEqual(["POST segment made", "DELETE segment made'"]);
    expect(stage.writes("job")).toEqual(["POST job job", "DELETE job job'"]);
    expect(stage.segment("adopted").deleted).toBe(false);
    expect(run.output).toContain(stage.leftAlone("adopted"));
  });

  test("--continue-on-error: what the service refuses does not stop the others, but what depends on it", async () => {
    const program = wanted({
      adopted: { description: "Changed" },
      job: { triggers: { release: "2" } },
      more: [
        declare("Segment", "refused", segmentArgs("refused")),
        declare("Segment", "after", segmentArgs("after"), "{ dependsOn: refused }"),
        declare("SegmentJob", "afterJob", jobArgs("afterJob"), "{ dependsOn: refused }"),
        declare("Segment", "denied", { ...stage.inTheUi("denied"), description: "Adopted" }),
        declare("Segment", "afterDenied", segmentArgs("afterDenied"), "{ dependsOn: denied }"),
        declare("SegmentJob", "afterDeniedJob", jobArgs("afterDeniedJob"), "{ dependsOn: [denied, afterDenied] }"),
      ],
    });
    const { control } = stage.emulator;
    const { id: deniedId } = stage.segment("denied");
    control.addFault({ method: "POST", path: "^/segments$", status: 400 });
    control.addFault({ method: "PUT", path: `^/segments/${deniedId}$`, status: 403 });
    const run = await stage.run("up", { program, fails: true, args: ["--continue-on-error"] });
    expect(run.output).toContain('Could not create segment "refused" (POST /segments): the service answered 400');
    for (const name of ["refused", "denied"])
      expect(run.steps).toContainEqual(expect.objectContaining({ op: "create", name, outcome: "failed" }));
    expect(stage.writes("segment").sort()).toEqual([
      "POST segment refused",
      "PUT segment adopted description",
      "PUT segment denied description",
      "PUT segment made'' description",
    ]);
    // An active run is cancelled before the one that a trigger asks for.
    expect(stage.writes("job")).toEqual(["DELETE job job''", "POST job job"]);
    expect(stage.segment("adopted").deleted).toBe(false);
    // A taint is over with its replacement, and what was not made is not in the state.
    expect(ops(run.steps, "single")).toEqual(["same"]);
    const names = stage.stack.resources().map(({ name }) => name);
    expect(names.sort()).toEqual(["adopted", "job", "made", "single"]);
  });

  test("dependsOn: destroy goes the other way round", async () => {
    await stage.run("destroy");
    expect(stage.writes().filter((line) => !line.endsWith("single"))).toEqual([
      "DELETE job job'''",
      "DELETE segment made''",
      "DELETE segment adopted",
    ]);
    expect(stage.job("job'''").status).toBe("CANCELLED");
  });
});
