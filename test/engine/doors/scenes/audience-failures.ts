import type { Scene, Service } from "../scene";
import { idOf, type Program } from "../stack";
import { inOlderForm } from "./older-form";

const livesIn = (country: string) => `homeAddress.countryISO = "${country}"`;
const args = (name: string) => ({ name, expression: livesIn(name) });
const want = (...names: readonly string[]): Program =>
  Object.fromEntries(names.map((name) => [name, ["Audience", args(name)]]));
/** In either form of the service. */
const MANY = "/(audiences|definitions)$";
const ONE = "/(audiences|definitions)/";
const names = ({ control }: Service) =>
  control
    .audiences()
    .map(({ name }) => name)
    .toSorted();

const MISTAKES: Scene = {
  title: "mistakes in the arguments of audiences",
  steps: [
    {
      shows: "are refused, all of an audience in one text, and nothing is sent",
      run: "preview",
      program: {
        empty: ["Audience", { ...args("empty"), name: "" }],
        none: ["Audience", { name: "None" }],
        open: ["Audience", { ...args("open"), expression: 'inSegment("a' }],
        several: [
          "Audience",
          {
            ...args("several"),
            evaluation: "hourly",
            mergePolicy: "One",
            mergePolicyId: "two",
            deletionPolicy: "keep",
          },
        ],
        misspelt: ["Audience", { ...args("misspelt"), expresion: livesIn("US") }],
      },
      steps: {},
      sends: [],
      fails: {
        empty: "name: found a string, expected a string that is not empty",
        none: "expression: ",
        open: "expression: ",
        several: "3 mistakes in the arguments\n",
        misspelt: 'expresion: there is no such argument; did you mean "expression"?',
      },
    },
    {
      shows:
        "that only the service knows are refused in the preview: merge policies that the sandbox lacks, an ID that it has not",
      run: "preview",
      program: {
        policy: ["Audience", { ...args("policy"), mergePolicy: "Profile Default Merge Polcy" }],
        foreign: ["Audience", { ...args("foreign"), mergePolicyId: "22222222-2222-4222-8222-222222222222" }],
        missing: ["Audience", { ...args("missing"), adoptId: "33333333-3333-4333-8333-333333333333" }],
      },
      steps: {},
      sends: [
        ...["GET /config/mergePolicies", "POST /conversion policy", "POST /conversion foreign"],
        ...["GET /audiences", "GET /audiences/33333333-3333-4333-8333-333333333333"],
      ],
      fails: {
        policy:
          'has no merge policy of that name for _xdm.context.profile; did you mean "Profile Default Merge Policy"?',
        foreign: 'which is no merge policy of the sandbox "prod". It has "Dataset Precedence Merge Policy" (',
        missing: 'but the sandbox "prod" has no such audience',
      },
    },
    {
      shows: "are none where all is well",
      run: "up",
      program: want("one"),
      steps: { one: "create" },
      sends: ["GET /audiences", "POST /conversion one", "POST /audiences one"],
    },
    ...(["up", "refresh", "destroy"] as const).map((run) => ({
      shows: `and then another organisation is refused by ${run}`,
      run,
      settings: { CJA_ORG_ID: "OTHER@AdobeOrg" },
      steps: {},
      sends: [],
      fails: { one: "OTHER@AdobeOrg" },
    })),
  ],
};

const FAILURES: Scene = {
  title: "what the service of audiences refuses, or does not answer",
  steps: [
    {
      shows: "a refused creation fails with the service's words",
      run: "up",
      first: ({ control }) =>
        control.addFault({ method: "POST", path: MANY, status: 403, body: { message: "not for you" } }),
      program: want("refused"),
      steps: { refused: "create" },
      sends: ["GET /audiences", "POST /conversion refused", "POST /audiences refused"],
      fails: { refused: "the service answered 403" },
    },
    {
      shows: "a creation whose answer is lost is looked for, and found",
      run: "up",
      first: ({ control }) => control.addFault({ method: "POST", path: MANY, reset: "after", process: true }),
      program: want("lost"),
      steps: { lost: "create" },
      sends: ["GET /audiences", "POST /conversion lost", "POST /audiences lost"],
      says: ["Looking for it before creating another one."],
      leaves: (service) => expect(names(service)).toEqual(["lost"]),
    },
    {
      shows: "too many requests are repeated",
      run: "up",
      first: ({ control }) =>
        control.addFault({ method: "POST", path: MANY, status: 429, headers: { "retry-after": "1" } }),
      program: want("lost", "late"),
      steps: { lost: "same", late: "create" },
      sends: ["POST /conversion late", "POST /audiences late", "POST /audiences late"],
      says: ["429, trying again"],
    },
    {
      shows: "a refused update fails, and is tried again by the next up",
      run: "up",
      first: ({ control }) => control.addFault({ method: "PATCH", path: ONE, status: 403 }),
      program: { ...want("late"), lost: ["Audience", { ...args("lost"), description: "new" }] },
      steps: { late: "same", lost: "update" },
      sends: ["PATCH /audiences/{lost} description"],
      fails: { lost: "the service answered 403" },
    },
    {
      shows: "an answer that is none of the API makes no audience look gone",
      run: "refresh",
      first: ({ control }) =>
        control.addFault({ path: "/(audiences|definitions)", status: 200, body: "<html>", times: 60 }),
      steps: {},
      sends: ["GET /audiences/{late}", "GET /audiences/{lost}"],
      says: ["200, trying again"],
      fails: { late: "Could not ", lost: "Could not " },
    },
    {
      shows: "a refused deletion keeps the audience, and one of what is gone is none",
      run: "destroy",
      first: ({ control, id }) => {
        control.clearFaults();
        control.addFault({ method: "DELETE", path: id("late"), status: 403 });
        control.deleteAudience(id("lost"));
      },
      steps: { lost: "delete" },
      sends: ["DELETE /audiences/{late}", "DELETE /audiences/{lost}", "GET /audiences"],
      fails: { late: "the service answered 403" },
    },
  ],
};

const KILLED: Scene = {
  title: "a process that is killed while it makes audiences",
  steps: [
    {
      shows: "leaves no state",
      run: "up",
      program: want("one"),
      killed: { method: "POST", path: MANY, done: true },
      steps: { one: "create" },
      sends: ["GET /audiences", "POST /conversion one", "POST /audiences one"],
      fails: { one: "" },
      leaves: (service) => expect(names(service)).toEqual(["one"]),
    },
    {
      shows: "has its audience taken over by the next",
      run: "up",
      steps: { one: "create" },
      sends: ["GET /audiences"],
      says: ["an earlier run was interrupted while creating it.", "the interrupted run created {one}"],
      leaves: (service) => expect(names(service)).toEqual(["one"]),
    },
    {
      shows: "before the service has done anything leaves nothing",
      run: "up",
      program: want("one", "two"),
      killed: { method: "POST", path: MANY, done: false },
      steps: { one: "same", two: "create" },
      sends: ["POST /conversion two", "POST /audiences two"],
      fails: { two: "" },
      leaves: (service) => expect(names(service)).toEqual(["one"]),
    },
    {
      shows: "so that the next one makes it once, and runs the job over it",
      run: "up",
      program: { ...want("one", "two"), run: ["SegmentJob", { segmentIds: [idOf("two")] }] },
      steps: { one: "same", two: "create", run: "create" },
      sends: ["GET /audiences", "POST /audiences two", "GET /jobs", "POST /jobs {two}"],
      says: ["an earlier run was interrupted while creating it."],
      leaves: (service) => expect(names(service)).toEqual(["one", "two"]),
    },
  ],
};

export const AUDIENCE_FAILURES: readonly Scene[] = [
  ...[MISTAKES, FAILURES, KILLED],
  ...[MISTAKES, FAILURES, KILLED].map((scene) =>
    inOlderForm(scene, {
      "that only the service knows are refused in the preview: merge policies that the sandbox lacks, an ID that it has not":
        ["GET /audiences/33333333-3333-4333-8333-333333333333"],
      "a refused deletion keeps the audience, and one of what is gone is none": ["GET /audiences"],
    }),
  ),
];
