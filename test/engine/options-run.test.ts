import { DOORS } from "./doors/door";
import { jobArgs, segmentArgs, Stage, type AtDoor } from "./options-stage";
import { declare, throughBothDoors } from "./program-of-both-doors";

/** A segment that was taken over, one that the stack made after it, an active job after both, and one that nothing depends on; each through both doors. */
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
    throughBothDoors([
      declare("Segment", "adopted", { ...ui, description: "Adopted", ...adopted }),
      declare("Segment", "made", segmentArgs("made", made), "{ dependsOn: adopted }"),
      declare("SegmentJob", "job", jobArgs("job", job), "{ dependsOn: [adopted, made] }"),
      declare("Segment", "single", segmentArgs("single")),
      ...more,
    ]);
  const each = (look: (at: AtDoor) => void) => DOORS.forEach((door) => look(stage.at(door)));
  const replaced = ["create-replacement", "replace", "delete-replaced"];

  beforeAll(async () => {
    stage = await Stage.start();
    ui = stage.inTheUi("adopted");
  });
  afterAll(() => stage.close());

  test("dependsOn: requests are sent in its order", async () => {
    await stage.run("up", { program: wanted() });
    each((at) =>
      expect(at.writes().filter((line) => !line.endsWith("single"))).toEqual([
        "PUT segment adopted description",
        "POST segment made",
        "POST job job",
      ]),
    );
  });

  test("--target: only the target is touched", async () => {
    const program = wanted({
      adopted: { description: "Changed" },
      made: { description: "Changed" },
      job: { triggers: { release: "2" } },
      more: [declare("Segment", "added", segmentArgs("added"))],
    });
    await stage.run("up", { program, args: stage.urns("made").flatMap((urn) => ["--target", urn]) });
    each((at) => {
      expect(at.writes()).toEqual(["PUT segment made description"]);
      expect(at.segment("adopted").description).toBe("Adopted");
      expect(at.job("job").status).toBe("NEW");
    });
  });

  test("--target-replace: an adopted segment is taken over once more, not deleted; a job is run anew, then cancelled", async () => {
    const program = wanted({ made: { description: "Changed" } });
    const targets = stage.urns("adopted", "made", "job").flatMap((urn) => ["--target-replace", urn]);
    const run = await stage.run("up", { program, args: targets });
    each((at) => {
      for (const name of ["adopted", "made", "job"]) expect(at.ops(run, name)).toEqual(replaced);
      expect(at.writes("adopted")).toEqual([]);
      expect(at.writes("made")).toEqual(["POST segment made", "DELETE segment made"]);
      expect(at.writes("job")).toEqual(["POST job job", "DELETE job job"]);
      expect(at.writes("single")).toEqual([]);
      expect(at.segment("adopted").deleted).toBe(false);
      expect(run.output).toContain(at.leftAlone("adopted"));
      expect([at.job("job").status, at.job("job'").status]).toEqual(["CANCELLED", "NEW"]);
    });
  });

  test("pulumi state taint: the next run replaces, and an adopted segment is not deleted", async () => {
    const urns = stage.urns("adopted", "made", "job");
    await stage.stack.pulumi(["state", "taint", "--yes", "--stack", stage.stack.name, ...urns]);
    const run = await stage.run("up");
    each((at) => {
      for (const name of ["adopted", "made", "job"]) expect(at.ops(run, name)).toEqual(replaced);
      expect(at.writes("adopted")).toEqual([]);
      expect(at.writes("made")).toEqual(["POST segment made", "DELETE segment made'"]);
      expect(at.writes("job")).toEqual(["POST job job", "DELETE job job'"]);
      expect(at.segment("adopted").deleted).toBe(false);
      expect(run.output).toContain(at.leftAlone("adopted"));
    });
  });

  test("--continue-on-error: what the service refuses does not stop the others, but what depends on it", async () => {
    const denied = stage.inTheUi("denied");
    const program = wanted({
      adopted: { description: "Changed" },
      job: { triggers: { release: "2" } },
      more: [
        declare("Segment", "refused", segmentArgs("refused")),
        declare("Segment", "after", segmentArgs("after"), "{ dependsOn: refused }"),
        declare("SegmentJob", "afterJob", jobArgs("afterJob"), "{ dependsOn: refused }"),
        declare("Segment", "denied", { ...denied, description: "Adopted" }),
        declare("Segment", "afterDenied", segmentArgs("afterDenied"), "{ dependsOn: denied }"),
        declare("SegmentJob", "afterDeniedJob", jobArgs("afterDeniedJob"), "{ dependsOn: [denied, afterDenied] }"),
      ],
    });
    const { control } = stage.emulator;
    control.addFault({ method: "POST", path: "^/segments$", status: 400, times: 2 });
    for (const id of Object.values(denied.adoptId))
      control.addFault({ method: "PUT", path: `^/segments/${id}$`, status: 403 });
    const run = await stage.run("up", { program, fails: true, args: ["--continue-on-error"] });
    for (const door of DOORS) {
      const message = `Could not create segment "refused-${door}" (POST /segments): the service answered 400`;
      expect(run.output).toContain(message);
      for (const name of [`refused-${door}`, `denied-${door}`])
        expect(run.steps).toContainEqual(expect.objectContaining({ op: "create", name, outcome: "failed" }));
    }
    each((at) => {
      expect(at.writes("segment").sort()).toEqual([
        "POST segment refused",
        "PUT segment adopted description",
        "PUT segment denied description",
        "PUT segment made'' description",
      ]);
      // An active run is cancelled before the one that a trigger asks for.
      expect(at.writes("job")).toEqual(["DELETE job job''", "POST job job"]);
      expect(at.segment("adopted").deleted).toBe(false);
      // A taint is over with its replacement, and what was not made is not in the state.
      expect(at.ops(run, "single")).toEqual(["same"]);
    });
    expect(stage.names()).toEqual(["adopted", "job", "made", "single"]);
  });

  test("dependsOn: destroy goes the other way round", async () => {
    await stage.run("destroy");
    each((at) => {
      expect(at.writes().filter((line) => !line.endsWith("single"))).toEqual([
        "DELETE job job'''",
        "DELETE segment made''",
        "DELETE segment adopted",
      ]);
      expect(at.job("job'''").status).toBe("CANCELLED");
    });
  });
});
