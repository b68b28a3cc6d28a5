import * as pulumi from "@pulumi/pulumi";
import * as cja from "../../../../sdk";
import { deviceIs } from "../../../engine/programs";

/** A test of a user's program: what it asks is answered by the mocks, and nothing is sent. */
async function mocked(preview: boolean) {
  const calls: [token: string, inputs: unknown][] = [];
  await pulumi.runtime.setMocks(
    {
      call: ({ token, inputs }) => {
        calls.push([token, inputs]);
        return token === "cja:index:findSegments" ? { segments: [{ id: "s1" }] } : { id: "s1", name: "Mobile" };
      },
      newResource: ({ inputs }) => ({ id: preview ? "" : "made", state: inputs as object }),
    },
    "project",
    "stack",
    preview,
  );
  return calls;
}

const make = () => new cja.Segment("a", { name: "Mobile", dataViewId: "dv_dev", definition: deviceIs("Phone") });

interface Whole<T> {
  readonly promise: () => Promise<T>;
  readonly isKnown: Promise<boolean>;
  readonly isSecret: Promise<boolean>;
  readonly allResources: () => Promise<ReadonlySet<pulumi.Resource>>;
}
const whole = <T>(output: pulumi.Output<T>) => output as unknown as Whole<T>;

test("under mocks their call answers, in both forms", async () => {
  const calls = await mocked(false);
  expect(await cja.getSegment({ name: "Mobile", dataViewId: undefined })).toEqual({ id: "s1", name: "Mobile" });
  expect(await cja.findSegments()).toEqual({ segments: [{ id: "s1" }] });
  expect(await whole(cja.findSegmentsOutput()).promise()).toEqual({ segments: [{ id: "s1" }] });
  expect(calls).toEqual([
    ["cja:index:getSegment", { name: "Mobile" }],
    ["cja:index:findSegments", {}],
    ["cja:index:findSegments", {}],
  ]);
  await expect(cja.getSegment({})).rejects.toThrow(/neither id nor name/);
});

test("the form for outputs waits for the resources of its arguments, and depends on them", async () => {
  const calls = await mocked(false);
  const segment = make();
  const found = cja.getSegmentOutput({ id: segment.id });
  expect(await whole(found).promise()).toEqual({ id: "s1", name: "Mobile" });
  expect([...(await whole(found).allResources())]).toEqual([segment]);
  expect(await whole(found).isSecret).toBe(false);
  expect(calls).toEqual([["cja:index:getSegment", { id: "made" }]]);
});

test("in a preview its answer is unknown, and nothing is asked, while they are still to be made", async () => {
  const calls = await mocked(true);
  const segment = make();
  const byId = whole(cja.getSegmentOutput({ id: segment.id }));
  // The name is known, but nobody has it yet.
  const byName = whole(cja.getSegmentOutput({ name: segment.name }));
  expect([await byId.isKnown, await byName.isKnown]).toEqual([false, false]);
  expect(calls).toEqual([]);
  expect(await whole(cja.getSegmentOutput({ name: "Mobile" })).isKnown).toBe(true);
});

test("it is as secret as its arguments", async () => {
  await mocked(false);
  const found = cja.getSegmentOutput({ name: pulumi.secret("Mobile") });
  expect([await whole(found).isSecret, await whole(found.id).isSecret]).toEqual([true, true]);
});
