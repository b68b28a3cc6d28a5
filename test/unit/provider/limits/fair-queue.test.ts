import { FairQueue } from "../../../../provider/limits/fair-queue";

test("lanes are served in turns, and within each who came first", () => {
  const lanes = new FairQueue<string>();
  for (const item of ["w1", "w2", "w3", "w4"]) lanes.push("writes", item);
  for (const item of ["r1", "r2"]) lanes.push("reads", item);
  expect([...lanes.counts()]).toEqual([
    ["writes", 4],
    ["reads", 2],
  ]);
  const served = [lanes.shift(), lanes.shift(), lanes.shift()];
  lanes.push("reads", "r3");
  while (lanes.size > 0) served.push(lanes.shift());
  expect(served).toEqual(["w1", "r1", "w2", "r2", "w3", "r3", "w4"]);
  expect(lanes.shift()).toBeUndefined();
  expect([...lanes.counts()]).toEqual([]);
});
