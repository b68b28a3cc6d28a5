import * as pulumi from "@pulumi/pulumi";
import type { Lookups, OpenLookups } from "../../../../provider/lookups";
import { ProgramRuntime } from "../../../../sdk/lookup/program-runtime";

/** A runtime whose lookups answer what the test says, and note what they were asked. */
function world(answer: (query: unknown) => Promise<unknown>, affectsAllLookups = false) {
  const asked: unknown[] = [];
  const ask = (query: unknown) => {
    asked.push(query);
    return answer(query);
  };
  let opened = 0;
  const open = (): OpenLookups => {
    opened += 1;
    return {
      lookups: { getSegment: ask, getDataView: ask } as unknown as Lookups,
      toLookupFailure: (thrown) => ({ text: (thrown as Error).message, affectsAllLookups }),
      keepSecret: () => undefined,
    };
  };
  return { runtime: new ProgramRuntime(open), asked, opened: () => opened };
}

test("equal lookups are asked once, at once or later, however they are written", async () => {
  const { runtime, asked, opened } = world(async () => ({ id: "s1" }));
  expect(opened()).toBe(0);
  const same = [
    { name: "Mobile", dataViewId: "dv" },
    { dataViewId: "dv", name: "Mobile" },
  ];
  await Promise.all(same.map((query) => runtime.lookup("getSegment", query, "")));
  expect(await runtime.lookup("getSegment", same[0]!, "")).toEqual({ id: "s1" });
  expect(asked).toHaveLength(1);
  await runtime.lookup("getSegment", { name: "Mobile" }, "");
  await runtime.lookup("getDataView", { name: "Mobile" }, "");
  expect(asked).toHaveLength(3);
  expect(opened()).toBe(1);
});

test("what was asked before a resource was written is no answer for what waits for it", async () => {
  const { runtime, asked } = world(async () => ({ id: "s1" }));
  const [one, other] = [{} as pulumi.Resource, {} as pulumi.Resource];
  for (const after of [[], [one], [one], [other], [one, other], []]) {
    await runtime.lookup("getSegment", { id: "s1" }, "", after);
  }
  expect(asked).toHaveLength(4);
});

test("equal lookups fail with one error, which the host prints once; later it is asked again", async () => {
  const { runtime, asked } = world(() => Promise.reject(new Error("there is none")));
  const ask = () => runtime.lookup("getSegment", { id: "s1" }, 'cja.getSegment({"id":"s1"})').catch((e: unknown) => e);
  const [one, two] = await Promise.all([ask(), ask()]);
  expect(one).toBe(two);
  expect(pulumi.RunError.isInstance(one)).toBe(true);
  expect((one as Error).message).toBe('cja.getSegment({"id":"s1"}): there is none');
  await ask();
  expect(asked).toHaveLength(2);
});

test("what fails all lookups of a program is told once", async () => {
  const ask = async (common: boolean) => {
    const { runtime } = world(() => Promise.reject(new Error("no credentials")), common);
    const errors = ["a", "b", "c"].map((id) =>
      runtime.lookup("getSegment", { id }, `cja.getSegment(${id})`).catch((e: unknown) => e),
    );
    return new Set(await Promise.all(errors)).size;
  };
  expect([await ask(true), await ask(false)]).toEqual([1, 3]);
});
