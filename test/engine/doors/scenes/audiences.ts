import type { Scene, SceneStep, Service } from "../scene";
import { idOf, textWith, type Program } from "../stack";
import { inOlderForm } from "./older-form";

type AudienceForm = "audiences" | "definitions";

/** Audiences are called after what happens to them. */
const NAMES = ["named", "expressed", "described", "cleared", "merged", "respelt", "kept"] as const;
type Name = (typeof NAMES)[number];

const livesIn = (country: string) => `homeAddress.countryISO = "${country}"`;
const DATASETS = "Dataset Precedence Merge Policy";
const args = (name: Name) => ({ name, expression: livesIn(name), description: "US", mergePolicy: DATASETS });
const want = (changes: Partial<Record<Name, object>> = {}): Program =>
  Object.fromEntries(NAMES.map((name) => [name, ["Audience", { ...args(name), ...changes[name] }]]));
const each = (step: string, changes: Partial<Record<Name, string>> = {}) =>
  Object.fromEntries(NAMES.map((name) => [name, changes[name] ?? step]));

const CHANGES: Partial<Record<Name, object>> = {
  named: { name: "named 2" },
  expressed: { expression: livesIn("expressed 2") },
  described: { description: "DE" },
  cleared: { description: undefined },
  merged: { mergePolicy: "Profile Default Merge Policy" },
  respelt: { expression: 'homeAddress.countryISO  =\n"respelt"' },
};
const CHANGED = {
  named: "name",
  expressed: "expression",
  described: "description",
  cleared: "description",
  merged: "mergePolicyId",
};
const STEPS = each("same", {
  named: "update",
  expressed: "update",
  described: "update",
  cleared: "update",
  merged: "update",
});

const POLICIES = "GET /config/mergePolicies";
const there = ({ control }: Service) =>
  control
    .audiences()
    .map(({ name, expression, description, mergePolicy }) => [name, expression, description, mergePolicy]);

/** @param path where the form has them @param finds what finds the form out, before a write */
const life = (title: string, form: "both" | "definitions", path: string, finds: readonly string[]): Scene => {
  const one = (name: string) => `${path}/{${name}}`;
  const update = (name: keyof typeof CHANGED) =>
    form === "both" ? [`PATCH ${one(name)} ${CHANGED[name]}`] : [`GET ${one(name)}`, `PATCH ${one(name)}`];
  const updates = Object.keys(CHANGED).flatMap((name) => update(name as keyof typeof CHANGED));
  return {
    title,
    options: { audiences: form },
    steps: [
      {
        shows: "a preview looks the merge policy up, has the expressions validated, and writes nothing",
        run: "preview",
        program: want(),
        steps: each("create"),
        sends: [POLICIES, ...NAMES.map((name) => `POST /conversion ${name}`)],
        leaves: (service) => expect(there(service)).toEqual([]),
      },
      {
        shows: "up makes them",
        run: "up",
        steps: each("create"),
        sends: [POLICIES, ...finds, ...NAMES.map((name) => `POST ${path} ${name}`)],
        state: { named: { ...args("named"), sandboxName: "prod", evaluation: "batch" } },
        leaves: (service) =>
          expect(there(service)).toEqual(
            expect.arrayContaining(NAMES.map((name) => [name, livesIn(name), "US", DATASETS])),
          ),
      },
      { shows: "nothing to do sends nothing", run: "up", steps: each("same"), sends: [] },
      {
        shows: "a refresh finds all of them as they are",
        run: "refresh",
        steps: each("same"),
        sends: [...NAMES.map((name) => `GET ${one(name)}`)],
      },
      {
        shows: "a preview of changes asks for a merge policy that is new",
        run: "preview",
        program: want(CHANGES),
        steps: STEPS,
        sends: [POLICIES, "POST /conversion expressed"],
      },
      {
        shows: "up writes what changed, and nothing else",
        run: "up",
        steps: STEPS,
        sends: [POLICIES, ...updates],
        leaves: (service) =>
          expect(there(service)).toEqual(
            expect.arrayContaining([
              ["named 2", livesIn("named"), "US", DATASETS],
              ["expressed", livesIn("expressed 2"), "US", DATASETS],
              ["described", livesIn("described"), "DE", DATASETS],
              ["cleared", livesIn("cleared"), "", DATASETS],
              ["merged", livesIn("merged"), "US", "Profile Default Merge Policy"],
              ["respelt", livesIn("respelt"), "US", DATASETS],
            ]),
          ),
      },
      {
        shows: "what somebody changes is found by a refresh",
        run: "refresh",
        first: ({ control, id }) => {
          control.editAudience(id("kept"), {
            expression: livesIn("theirs"),
            mergePolicy: "Profile Default Merge Policy",
          });
          control.deleteAudience(id("cleared"));
        },
        steps: each("same", { kept: "update", cleared: "gone" }),
        sends: [POLICIES, `GET ${path}`, ...NAMES.map((name) => `GET ${one(name)}`)],
        state: { kept: { expression: livesIn("theirs"), mergePolicy: "Profile Default Merge Policy" } },
      },
      {
        shows: "and put back by the next run",
        run: "up",
        steps: each("same", { kept: "update", cleared: "create" }),
        sends: [
          ...[POLICIES, `POST ${path} cleared`],
          ...(form === "both"
            ? [`PATCH ${one("kept")} expression,mergePolicyId`]
            : [`GET ${one("kept")}`, `PATCH ${one("kept")}`]),
        ],
        leaves: (service) =>
          expect(there(service)).toEqual(
            expect.arrayContaining([
              ["kept", livesIn("kept"), "US", DATASETS],
              ["cleared", livesIn("cleared"), "", DATASETS],
            ]),
          ),
      },
      {
        shows: "destroy deletes them",
        run: "destroy",
        steps: each("delete"),
        sends: NAMES.map((name) => `DELETE ${one(name === "cleared" ? "cleared'" : name)}`),
        leaves: (service) => expect(there(service)).toEqual([]),
      },
    ],
  };
};

const REFERENCES: Scene = {
  title: "audiences that name each other",
  steps: [
    {
      shows: "a preview does not know the IDs yet",
      run: "preview",
      program: {
        buyers: ["Audience", { name: "Buyers", expression: livesIn("US") }],
        loyal: ["Audience", { name: "Loyal", expression: textWith('inSegment("', idOf("buyers"), '")') }],
        run: ["SegmentJob", { segmentIds: [idOf("buyers"), idOf("loyal")] }],
      },
      steps: { buyers: "create", loyal: "create", run: "create" },
      sends: ["POST /conversion Buyers"],
    },
    {
      shows: "up makes them in their order, and the job runs both",
      run: "up",
      steps: { buyers: "create", loyal: "create", run: "create" },
      sends: [
        "GET /audiences",
        "GET /jobs",
        "POST /conversion Loyal",
        "POST /audiences Buyers",
        "POST /audiences Loyal",
        "POST /jobs {buyers},{loyal}",
      ],
      state: { loyal: { expression: 'inSegment("{buyers}")' }, run: { segmentIds: ["{buyers}", "{loyal}"] } },
    },
    {
      shows: "an audience that somebody else's names is not deleted, and the error names that one",
      run: "up",
      program: { loyal: ["Audience", { name: "Loyal", expression: livesIn("US") }] },
      first: ({ control, id }) => {
        control.editJob(id("run"), { status: "SUCCEEDED" });
        control.addAudience({ name: "Theirs", expression: `inSegment("${id("buyers")}")` });
      },
      steps: { loyal: "update", run: "delete" },
      sends: [
        ...["PATCH /audiences/{loyal} expression", "DELETE /audiences/{buyers}"],
        ...["GET /audiences/{buyers}", "GET /audiences/{Theirs}", "GET /jobs/{run}"],
      ],
      fails: { buyers: 'other audiences reference it: "Theirs" ({Theirs})' },
    },
  ],
};

const made = { name: "Made in the UI", expression: livesIn("US"), description: "by Jane" };
const UPLOADED = "11111111-1111-4111-8111-111111111111";
const EXISTING = "22222222-2222-4222-8222-222222222222";
const OTHER = "33333333-3333-4333-8333-333333333333";

/** What the older form does not keep. */
const DRAFT: Readonly<Record<AudienceForm, { readonly lifecycle?: "draft" }>> = {
  audiences: { lifecycle: "draft" },
  definitions: {},
};

const UPLOADED_ONE: SceneStep = {
  shows: "that others have made are read only",
  run: "preview",
  program: { uploaded: ["Audience", { ...made, name: "Uploaded", adoptId: UPLOADED }] },
  steps: {},
  sends: ["GET /audiences/{Uploaded}"],
  fails: { uploaded: "which CUSTOM_UPLOAD has made and not the Segmentation Service: it can only be read." },
};

const adoption = (form: AudienceForm): Scene => ({
  title: "audiences that exist",
  begins: ({ control }) =>
    void control.addAudience([
      { ...made, id: EXISTING },
      { ...made, id: OTHER, name: "Made by hand, too" },
      { ...made, id: UPLOADED, name: "Uploaded", originName: "CUSTOM_UPLOAD" },
    ]),
  steps: [
    {
      shows: "are taken over: an equal one as it is, in another only what differs is written",
      run: "up",
      program: {
        same: ["Audience", { ...made, adoptId: EXISTING }],
        differing: ["Audience", { ...made, name: "Under code", ...DRAFT[form], adoptId: OTHER }],
      },
      steps: { same: "create", differing: "create" },
      sends: [
        ...["GET /audiences", "GET /audiences/{Made in the UI}"],
        `PATCH /audiences/{Made by hand, too} name${form === "audiences" ? ",lifecycleState" : ""}`,
      ],
      says: [
        '"Made in the UI" is taken over as it is.',
        `is taken over; this changes its name${form === "audiences" ? " and lifecycle" : ""}.`,
      ],
    },
    {
      shows: "stay as they are without adoptId, and an argument that goes is no longer managed",
      run: "up",
      program: { same: ["Audience", made], differing: ["Audience", { ...made, name: "Under code" }] },
      steps: { same: "same", differing: form === "audiences" ? "update" : "same" },
      sends: [],
    },
    ...(form === "audiences" ? [UPLOADED_ONE] : []),
    {
      shows: "that are in no sandbox of this name are a mistake",
      run: "preview",
      program: { missing: ["Audience", { ...made, adoptId: EXISTING, sandbox: "dev" }] },
      steps: {},
      sends: ["GET /audiences in dev", "GET /audiences/{Made in the UI} in dev"],
      fails: { missing: 'but the sandbox "dev" has no such audience' },
    },
    {
      shows: "have a policy for when they go",
      run: "up",
      program: {
        same: ["Audience", { ...made, deletionPolicy: form === "audiences" ? "deactivate" : "retain" }],
        differing: ["Audience", { ...made, name: "Under code", deletionPolicy: "retain" }],
      },
      steps: { same: "update", differing: "update" },
      sends: [],
    },
    {
      shows: "and stay, inactive where their policy says so",
      run: "destroy",
      steps: { same: "delete", differing: "delete" },
      sends: form === "audiences" ? ["PATCH /audiences/{Made in the UI} lifecycleState"] : [],
      says: [
        `stays in Experience Platform, as ${form === "audiences" ? "inactive" : "it is."}`,
        "stays in Experience Platform, as it is.",
      ],
      leaves: ({ control }) =>
        expect(control.audiences().map(({ name, lifecycle }) => [name, lifecycle])).toEqual(
          expect.arrayContaining([
            ["Made in the UI", form === "audiences" ? "inactive" : "published"],
            ["Under code", DRAFT[form].lifecycle ?? "published"],
          ]),
        ),
    },
  ],
});

const REPLACED: Scene = {
  title: "another schema or sandbox",
  steps: [
    {
      shows: "an audience of people",
      run: "up",
      program: { one: ["Audience", { name: "One", expression: livesIn("US") }] },
      steps: { one: "create" },
      sends: ["GET /audiences", "POST /conversion One", "POST /audiences One"],
    },
    ...(["preview", "up"] as const).map((run): SceneStep => ({
      shows: `is refused by ${run}`,
      run,
      program: { one: ["Audience", { name: "One", expression: livesIn("US"), sandbox: "dev" }] },
      steps: {},
      // What the service has called valid is remembered.
      sends: run === "preview" ? ["POST /conversion One in dev"] : [],
      fails: { one: 'sandbox changes from "prod" to "dev", which makes another audience with another ID' },
    })),
    {
      shows: "is done where the program asks for it",
      run: "up",
      program: {
        one: ["Audience", { name: "One", expression: livesIn("US"), sandbox: "dev", replaceWithNewId: true }],
      },
      steps: { one: "replace" },
      sends: ["DELETE /audiences/{one}", "POST /audiences One in dev"],
      leaves: ({ control }) => expect(control.audiences().map(({ sandbox }) => sandbox)).toEqual(["dev"]),
    },
  ],
};

export const AUDIENCES: readonly Scene[] = [
  life("an audience's life", "both", "/audiences", ["GET /audiences"]),
  life("an audience's life, where the service has only definitions", "definitions", "/definitions", [
    "GET /audiences",
    "GET /definitions",
  ]),
  ...[REFERENCES, adoption("audiences"), REPLACED],
  ...[REFERENCES, adoption("definitions"), REPLACED].map((scene) =>
    inOlderForm(scene, {
      "an audience that somebody else's names is not deleted, and the error names that one": ["GET /definitions"],
      "are taken over: an equal one as it is, in another only what differs is written": [
        "GET /audiences/{Made in the UI}",
      ],
      "that are in no sandbox of this name are a mistake": ["GET /audiences in dev"],
    }),
  ),
];
