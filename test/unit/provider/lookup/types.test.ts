import * as pulumi from "@pulumi/pulumi";
import * as cja from "../../../../sdk";

/** What has to compile, as programs write it: `npm run typecheck` fails where one of these lines does not. */
function program() {
  const production = cja.getDataViewOutput({ name: "Production" });
  const found = cja.findSegmentsOutput({ dataViewId: production.id });
  const mobile = cja.getSegmentOutput({ id: found.segments[0]!.id });
  const copy = new cja.Segment("copy", {
    name: "Mobile (stage)",
    dataViewId: cja.getDataViewOutput({ name: "Stage" }).id,
    definition: mobile.definition,
  });
  return {
    copy,
    segments: found.segments.length,
    name: found.segments[0]!.name,
    dataViews: cja.findDataViewsOutput().dataViews.length,
    failed: cja.findSegmentJobsOutput({ status: "FAILED" }).jobs.length,
    status: cja.findSegmentJobsOutput().jobs[0]!.status,
    run: new cja.SegmentJob("run", { segmentIds: [cja.getAudienceOutput({ name: "Gold" }).id] }),
    copied: new cja.Audience("copied", {
      name: "Gold",
      expression: cja.getAudienceOutput({ name: "Gold" }).apply(({ expression }) => expression ?? ""),
      mergePolicy: cja.findMergePoliciesOutput({ sandbox: "dev" }).mergePolicies[0]!.name,
    }),
    audiences: cja.findAudiencesOutput().audiences.length,
  };
}

/** As they have to be typed, and not as `any`. */
type Typed = (made: ReturnType<typeof program>) => {
  readonly segments: pulumi.Output<number>;
  readonly name: pulumi.Output<string | undefined> | undefined;
  readonly failed: pulumi.Output<number>;
  readonly status: pulumi.Output<string>;
};
const typed: Typed = (made) => made;

test("what is in an answer can be taken out of its output, and given to a segment", async () => {
  await pulumi.runtime.setMocks({
    call: ({ token }) => {
      if (token === "cja:index:findSegments") return { segments: [{ id: "s1", name: "Mobile" }] };
      if (token === "cja:index:findSegmentJobs") return { jobs: [{ id: "j1", status: "FAILED" }] };
      if (token === "cja:index:findDataViews") return { dataViews: [] };
      return { id: "s1", name: "Mobile", definition: { func: "segment" } };
    },
    newResource: ({ inputs }) => ({ id: "made", state: inputs as object }),
  });
  const { segments, name, failed, status } = typed(program());
  const told = pulumi.all([segments, name, failed, status]) as unknown as { promise(): Promise<unknown> };
  expect(await told.promise()).toEqual([1, "Mobile", 1, "FAILED"]);
});
