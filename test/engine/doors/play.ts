import { DOORS } from "./door";
import { Performance, readsOnce, type Scene, type Seen, type SceneStep } from "./scene";

/** As a step says it, with as much as it speaks of. */
function expected({ steps, sends, fails = {}, says = [] }: SceneStep) {
  const containing = (text: string) => expect.stringContaining(text) as string;
  return {
    steps,
    sent: readsOnce(sends),
    failures: Object.fromEntries(Object.entries(fails).map(([name, text]) => [name, containing(text)])),
    printed: says.length === 0 ? [] : (expect.arrayContaining(says.map(containing)) as string[]),
  };
}

const comparable = ({ steps, sent, failures, printed }: Seen) => ({ steps, sent, failures, printed });
const outputsOf = (state: SceneStep["state"] = {}) =>
  Object.fromEntries(Object.entries(state).map(([name, outputs]) => [name, { outputs }]));

/** Plays scenes through both doors: each step has to be what it says, and the same through the other one, requests in full among it. */
export function play(scenes: readonly Scene[]): void {
  describe.each(scenes.map((scene) => [scene.title, scene] as const))("%s", (_, scene) => {
    let performances: Performance[];

    beforeAll(async () => {
      performances = await Promise.all(DOORS.map((door) => Performance.start(door, scene)));
    });
    afterAll(() => Promise.all(performances.map((performance) => performance.end())));

    test.each(scene.steps.map((step) => [step.shows, step] as const))("%s", async (_, step) => {
      const both = await Promise.all(performances.map((performance) => performance.play(step)));
      const [dynamic, native] = both as [Seen, Seen];
      expect(comparable(dynamic)).toEqual(expected(step));
      expect(dynamic.state).toMatchObject(outputsOf(step.state));
      // What is planned, and in which words, one door tells alone: see differences.test.ts.
      const { paths: _p, planned: _q, byHost: _h, ...one } = dynamic;
      const { paths: _r, planned: _s, byHost: _i, ...other } = native;
      expect(other).toEqual(one);
      for (const performance of performances) step.leaves?.(performance);
    });
  });
}
