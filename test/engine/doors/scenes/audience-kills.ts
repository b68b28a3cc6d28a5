import type { Scene, SceneStep, Service } from "../scene";
import type { Program } from "../stack";
import { inOlderForm } from "./older-form";

/** In either form of the service. */
const ONE = "/(audiences|definitions)/";
const EXPRESSION = 'homeAddress.countryISO = "US"';
const EXISTING = "22222222-2222-4222-8222-222222222222";

const audience = (name: string, args: object = {}): Program[string] => [
  "Audience",
  { name, expression: EXPRESSION, ...args },
];

/** What is done with one audience, and may be interrupted. In the program and at the service it is called after that. */
interface Interruption {
  readonly name: string;
  readonly does: string;
  /** As the program has it before; absent: it does not. */
  readonly before?: Program[string];
  readonly after?: Program[string];
  /** How the engine calls it. */
  readonly step: "update" | "create" | "delete";
  readonly killed: "PATCH" | "DELETE";
  /** What the interrupted run sends, and so does the one that follows, where the service has done nothing. */
  readonly sends: readonly string[];
  /** What the run sends that follows where the service has done its part. */
  readonly sendsAgain: readonly string[];
  readonly says?: string;
  /** What the service has of it in the end; absent: nothing. */
  readonly leaves?: object;
  /** What only the newer form can do. */
  readonly isNewer?: true;
}

const described = { description: "new" };
const LEAVING = { deletionPolicy: "deactivate" };

const INTERRUPTIONS: readonly Interruption[] = [
  {
    name: "changed",
    does: "an update",
    before: audience("changed"),
    after: audience("changed", described),
    step: "update",
    killed: "PATCH",
    sends: ["PATCH /audiences/{changed} description"],
    // The state has not heard of it: the same is written once more.
    sendsAgain: ["PATCH /audiences/{changed} description"],
    leaves: described,
  },
  {
    name: "adopted",
    does: "an adoption",
    after: audience("adopted", { ...described, adoptId: EXISTING }),
    step: "create",
    killed: "PATCH",
    sends: ["GET /audiences/{adopted}", "PATCH /audiences/{adopted} description"],
    sendsAgain: ["GET /audiences/{adopted}"],
    says: '"adopted" is taken over',
    leaves: { ...described, id: EXISTING },
  },
  {
    name: "deleted",
    does: "a deletion",
    before: audience("deleted"),
    step: "delete",
    killed: "DELETE",
    sends: ["DELETE /audiences/{deleted}"],
    // A 404 may be that of the form, and that it is gone, a list has to say, too.
    sendsAgain: ["DELETE /audiences/{deleted}", "GET /audiences"],
  },
  {
    name: "leaving",
    does: "a deactivation",
    before: audience("leaving", LEAVING),
    step: "delete",
    killed: "PATCH",
    sends: ["PATCH /audiences/{leaving} lifecycleState"],
    sendsAgain: ["PATCH /audiences/{leaving} lifecycleState"],
    says: "stays in Experience Platform, as inactive",
    leaves: { lifecycle: "inactive" },
    isNewer: true,
  },
];

/** Each is interrupted in turn, and done by the run that follows. @param done whether the service has done its part by then */
function killed(interruptions: readonly Interruption[], done: boolean): Scene {
  /** The program in which so many have come to their end. The last of these stands last: nothing comes after the kill. */
  const programAt = (count: number): Program => {
    const all = interruptions.map(({ name, before, after }, at) => [name, at < count ? after : before] as const);
    const entries = [...all.filter((_, at) => at !== count - 1), ...all.slice(Math.max(0, count - 1), count)];
    return {
      kept: audience("kept"),
      ...Object.fromEntries(entries.filter((entry) => entry[1] !== undefined)),
    };
  };
  const same = (count: number) => Object.fromEntries(Object.keys(programAt(count)).map((name) => [name, "same"]));
  const first = Object.keys(programAt(0));
  return {
    title: `processes that are killed ${done ? "after" : "before"} the service has done its part`,
    begins: ({ control }) => void control.addAudience({ name: "adopted", expression: EXPRESSION, id: EXISTING }),
    steps: [
      {
        shows: "an earlier run has been there",
        run: "up",
        program: programAt(0),
        steps: Object.fromEntries(first.map((name) => [name, "create"])),
        // All have the same expression, and what the service has called valid is remembered.
        sends: ["GET /audiences", "POST /conversion kept", ...first.map((name) => `POST /audiences ${name}`)],
      },
      ...interruptions.flatMap((one, at): readonly SceneStep[] => {
        const { name, does, step, sends, sendsAgain, says, leaves } = one;
        const ends = (service: Service) =>
          expect(service.control.audiences().filter((audience) => audience.name === name)).toEqual(
            leaves ? [expect.objectContaining(leaves)] : [],
          );
        const isGoing = step === "delete";
        const others = Object.fromEntries(Object.entries(same(at + 1)).filter(([other]) => other !== name));
        return [
          {
            shows: `${does} that is interrupted leaves the state as it was`,
            run: "up",
            program: programAt(at + 1),
            killed: { method: one.killed, path: ONE, done },
            steps: { ...others, ...(!isGoing && { [name]: step }) },
            sends,
            fails: { [name]: "" },
            // Of what goes it is said when it is done.
            ...(says !== undefined && !isGoing && { says: [says] }),
          },
          {
            shows: `${does} that was interrupted is done by the next run, once`,
            run: "up",
            steps: { ...others, [name]: step },
            sends: done ? sendsAgain : sends,
            ...(says !== undefined && { says: [says] }),
            leaves: ends,
          },
        ];
      }),
      {
        shows: "another run has nothing to do",
        run: "up",
        steps: same(interruptions.length),
        sends: [],
      },
    ],
  };
}

const OLDER = INTERRUPTIONS.filter(({ isNewer }) => isNewer !== true);

export const AUDIENCE_KILLS: readonly Scene[] = [
  ...[false, true].map((done) => killed(INTERRUPTIONS, done)),
  inOlderForm(killed(OLDER, false)),
  inOlderForm(killed(OLDER, true), {
    // A 404 may be that of the form.
    "a deletion that was interrupted is done by the next run, once": ["GET /audiences"],
  }),
];
