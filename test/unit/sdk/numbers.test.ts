import { Segment, SegmentJob, type SegmentArgs, type SegmentJobArgs } from "../../../sdk";
import { runProgram } from "./program";

const definitionOf = (num: unknown) => ({
  func: "segment",
  version: [1, 0, 0],
  container: {
    func: "container",
    context: "hits",
    pred: { func: "eq", num, val: { func: "attr", name: "variables/a" } },
  },
});
const nested = (): object => {
  let all: object = {};
  for (let level = 0; level < 200_000; level += 1) all = { func: "without", pred: all };
  return all;
};

test("numbers that the program no longer has, and values without end, are told together", async () => {
  const { registered, report } = await runProgram(() => {
    const args = { name: "A", dataViewId: "dv_dev" };
    new Segment("id", { ...args, definition: definitionOf(Number("9007199254740993")) });
    new Segment("zero", { ...args, definition: definitionOf(-0) });
    new Segment("deep", { ...args, definition: { ...definitionOf(1), container: nested() } });
    new Segment("deepTags", { ...args, definition: definitionOf(1), tags: nested() } as unknown as SegmentArgs);
    new SegmentJob("time", { segmentIds: ["a"], triggers: { at: Number("20261101123456789") } });
    new SegmentJob("deepJob", { segmentIds: ["a"], triggers: { deep: nested() } });
    new SegmentJob("deepIds", { segmentIds: nested() } as unknown as SegmentJobArgs);
  });
  expect(registered).toEqual([]);
  expect(report?.split("\n").map((line) => line.slice(0, 150))).toEqual([
    expect.stringMatching(/mistakes in the arguments of 7 resources; nothing was sent or changed/),
    'cja.Segment "id"',
    expect.stringMatching(
      /^ {2}definition\.container\.pred\.num: found the number 9007199254740992, which may be a rounded number/,
    ),
    'cja.Segment "zero"',
    expect.stringMatching(/^ {2}definition\.container\.pred\.num: found the number -0/),
    'cja.Segment "deep"',
    expect.any(String),
    expect.stringMatching(/definition\.container/),
    'cja.Segment "deepTags"',
    expect.stringMatching(/^ {2}tags: found an object, expected a list of names/),
    'cja.SegmentJob "time"',
    expect.stringMatching(/^ {2}triggers\.at: found the number 20261101123456788, which JavaScript/),
    'cja.SegmentJob "deepJob"',
    expect.stringMatching(/^ {2}triggers\.deep\.pred/),
    'cja.SegmentJob "deepIds"',
    expect.stringMatching(/^ {2}segmentIds: found an object/),
  ]);
});
