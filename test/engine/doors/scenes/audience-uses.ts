import type { Scene, SceneStep } from "../scene";
import type { Program } from "../stack";
import { inOlderForm } from "./older-form";

const EXPRESSION = 'homeAddress.countryISO = "US"';
const held = (args: object = {}): Program => ({
  held: ["Audience", { name: "Held", expression: EXPRESSION, deletionPolicy: "refuseIfUsed", ...args }],
});
/** Who names it, and what that one is called. */
const LOOKS = ["GET /audiences/{held}", "GET /audiences/{Theirs}"];
const REFUSED = {
  held: 'other audiences reference it: "Theirs" ({Theirs}), and its deletionPolicy is "refuseIfUsed". This audience was not deleted.',
};
const isThere: SceneStep["leaves"] = ({ control }) =>
  expect(control.audiences().map(({ name }) => name)).toEqual(["Held", "Theirs"]);

const WHILE_IN_USE: readonly SceneStep[] = [
  { shows: "is not deleted by destroy", run: "destroy", steps: {}, sends: LOOKS, fails: REFUSED, leaves: isThere },
  {
    shows: "is not deleted when it leaves the program",
    run: "up",
    program: {},
    steps: {},
    sends: LOOKS,
    fails: REFUSED,
    leaves: isThere,
  },
  ...(["preview", "up"] as const).map((run): SceneStep => ({
    shows: `is not replaced: ${run} says so before anything is written`,
    run,
    program: held({ sandbox: "dev", replaceWithNewId: true }),
    steps: {},
    // What the service has called valid is remembered.
    sends: [...LOOKS, ...(run === "preview" ? ["POST /conversion Held in dev"] : [])],
    fails: REFUSED,
    leaves: isThere,
  })),
];

const IN_USE: Scene = {
  title: "an audience that shall stay while another one names it",
  steps: [
    {
      shows: "is made as any other",
      run: "up",
      program: held(),
      steps: { held: "create" },
      sends: ["GET /audiences", "POST /conversion Held", "POST /audiences Held"],
    },
    {
      shows: "is changed as any other",
      run: "up",
      first: ({ control, id }) =>
        void control.addAudience({ name: "Theirs", expression: `inSegment("${id("held")}")` }),
      program: held({ description: "US" }),
      steps: { held: "update" },
      sends: ["PATCH /audiences/{held} description"],
    },
    ...WHILE_IN_USE,
    {
      shows: "is deleted when nothing names it any more",
      run: "destroy",
      first: ({ control }) => {
        const theirs = control.audiences().find(({ name }) => name === "Theirs");
        control.deleteAudience(theirs?.id ?? "");
      },
      steps: { held: "delete" },
      sends: ["GET /audiences/{held}", "DELETE /audiences/{held}"],
      leaves: ({ control }) => expect(control.audiences()).toEqual([]),
    },
  ],
};

/** The older form does not tell who names whom: all expressions are listed. */
const LISTED = ["GET /definitions"];

export const AUDIENCE_USES: readonly Scene[] = [
  IN_USE,
  inOlderForm(IN_USE, {
    ...Object.fromEntries(WHILE_IN_USE.map(({ shows }) => [shows, LISTED])),
    "is deleted when nothing names it any more": LISTED,
  }),
];
