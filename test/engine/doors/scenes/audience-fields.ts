import type { Scene, SceneStep, Service } from "../scene";
import type { Program } from "../stack";
import { inOlderForm } from "./older-form";

type AudienceForm = "audiences" | "definitions";

const events = (window: string) => `CHAIN(xEvent, timestamp, [A: WHAT(eventType = "commerce.purchases")${window}])`;
/** What Adobe evaluates as events arrive, and what it does not, by its rules of May 2025. */
const WITHIN_A_DAY = events(" WHEN(<= 24 hours before now)");
const AT_ANY_TIME = events("");

interface Change {
  readonly before: object;
  readonly after: object;
  /** The member of the body that tells the newer form; absent: nothing is written. */
  readonly member?: string;
  /** What somebody else makes of it then. */
  readonly theirs: Parameters<Service["control"]["editAudience"]>[1];
}

/** Audiences are called after what happens to them. Beside these there are the name, the expression, the description and the merge policy. */
const CHANGES: Readonly<Record<string, Change>> = {
  streamed: {
    before: { expression: WITHIN_A_DAY },
    after: { expression: WITHIN_A_DAY, evaluation: "streaming" },
    member: "evaluationInfo",
    theirs: { evaluation: "batch" },
  },
  edged: { before: {}, after: { evaluation: "edge" }, member: "evaluationInfo", theirs: { evaluation: "streaming" } },
  batched: { before: { evaluation: "edge" }, after: {}, member: "evaluationInfo", theirs: { evaluation: "edge" } },
  expiring: {
    before: { ttlInDays: 30 },
    after: { ttlInDays: 60 },
    member: "ttlInDays",
    theirs: { ttlInDays: 7 },
  },
};

/** What only the newer form keeps. */
const NEWER_CHANGES: Readonly<Record<string, Change>> = {
  labelled: {
    before: { labels: ["core/C1"] },
    after: { labels: ["core/C1", "core/C2"] },
    member: "labels",
    theirs: { labels: ["core/C2"] },
  },
  unlabelled: {
    before: { labels: ["core/C1"] },
    after: { labels: [] },
    member: "labels",
    theirs: { labels: ["core/C9"] },
  },
  reordered: {
    before: { labels: ["core/C1", "core/C2"] },
    after: { labels: ["core/C2", "core/C1"] },
    theirs: { labels: ["core/C1"] },
  },
  published: {
    before: { lifecycle: "draft" },
    after: { lifecycle: "published" },
    member: "lifecycleState",
    theirs: { lifecycle: "draft" },
  },
};

const DEFAULTS = { evaluation: "batch" };

const changes = (form: AudienceForm): Scene => {
  const table = form === "audiences" ? { ...CHANGES, ...NEWER_CHANGES } : CHANGES;
  const names = Object.keys(table);
  const argsOf = (name: string) => ({ name, expression: `homeAddress.countryISO = "${name}"` });
  const want = (when: "before" | "after"): Program =>
    Object.fromEntries(names.map((name) => [name, ["Audience", { ...argsOf(name), ...table[name]?.[when] }]]));
  const each = (step: (change: Change) => string) =>
    Object.fromEntries(Object.entries(table).map(([name, change]) => [name, step(change)]));
  const writes = (memberOf: (name: string, change: Change) => string | undefined) =>
    Object.entries(table).flatMap(([name, change]) => {
      const member = memberOf(name, change);
      return member === undefined ? [] : [`PATCH /audiences/{${name}} ${member}`];
    });
  const there = ({ control }: Service, when: "before" | "after") =>
    expect(control.audiences()).toEqual(
      expect.arrayContaining(
        names.map(
          (name) =>
            expect.objectContaining({ ...argsOf(name), ...DEFAULTS, ...inAnyOrder(table[name]?.[when]) }) as object,
        ),
      ),
    );
  const nothing: SceneStep = {
    shows: "that are there already send nothing",
    run: "up",
    steps: each(() => "same"),
    sends: [],
  };
  return {
    title: "evaluation, labels, lifecycle and expiry",
    steps: [
      {
        shows: "are what the program says of a new audience",
        run: "up",
        program: want("before"),
        steps: each(() => "create"),
        sends: ["GET /audiences", ...names.flatMap((name) => [`POST /conversion ${name}`, `POST /audiences ${name}`])],
        leaves: (service) => there(service, "before"),
      },
      nothing,
      {
        shows: "are changed, each by what differs alone",
        run: "up",
        program: want("after"),
        steps: each(({ member }) => (member === undefined ? "same" : "update")),
        sends: writes((_, { member }) => member),
        leaves: (service) => there(service, "after"),
      },
      { ...nothing, shows: "that are changed send nothing" },
      {
        shows: "are found by a refresh as they are",
        run: "refresh",
        steps: each(() => "same"),
        sends: names.map((name) => `GET /audiences/{${name}}`),
      },
      {
        shows: "of others' making are drift",
        run: "refresh",
        first: ({ control, id }) => names.forEach((name) => control.editAudience(id(name), table[name]?.theirs ?? {})),
        steps: each(() => "update"),
        sends: names.map((name) => `GET /audiences/{${name}}`),
        state: Object.fromEntries(names.map((name) => [name, table[name]?.theirs ?? {}])),
      },
      {
        shows: "are put back by the next run",
        run: "up",
        steps: each(() => "update"),
        sends: writes((_, { member = "labels" }) => member),
        leaves: (service) => there(service, "after"),
      },
    ],
  };
};

/** Labels are a set. */
const inAnyOrder = (fields: object = {}): object =>
  "labels" in fields ? { ...fields, labels: expect.arrayContaining(fields.labels as unknown[]) as unknown } : fields;

const REASON = "Since May 2025 Adobe does so with what is created or edited";
const turned = (name: string) =>
  `Audience "${name}": evaluation is "streaming" in the program, and the service evaluates it as "batch". ${REASON}`;
const evaluationOf = ({ control }: Service, name: string) =>
  control.audiences().find((audience) => audience.name === name)?.evaluation;

/** Two that Adobe turns back: when its evaluation is changed, and when it has long been streaming and something else is edited. */
const buyers = (evaluation: string) => ["Audience", { name: "Buyers", expression: AT_ANY_TIME, evaluation }] as const;
const old = (args: object) =>
  ["Audience", { name: "Old", expression: AT_ANY_TIME, evaluation: "streaming", ...args }] as const;

const TURNED_BACK: Scene = {
  title: "streaming audiences that the service evaluates in batch",
  begins: ({ control }) => void control.setAudienceService({ downgrade: false }),
  steps: [
    {
      shows: "are streaming where it was made before the rules of May 2025",
      run: "up",
      program: { buyers: buyers("batch"), old: old({}) },
      steps: { buyers: "create", old: "create" },
      sends: [...["GET /audiences", "POST /conversion Buyers"], ...["POST /audiences Buyers", "POST /audiences Old"]],
      leaves: (service) => expect(evaluationOf(service, "Old")).toBe("streaming"),
    },
    {
      shows: "are turned back by any change, which is warned of with the reason",
      run: "up",
      first: ({ control }) => void control.setAudienceService({}),
      program: { buyers: buyers("streaming"), old: old({ description: "a word" }) },
      steps: { buyers: "update", old: "update" },
      sends: ["PATCH /audiences/{buyers} evaluationInfo", "PATCH /audiences/{old} description"],
      says: [turned("Buyers"), turned("Old")],
      state: { buyers: { evaluation: "streaming" }, old: { evaluation: "streaming" } },
      leaves: (service) =>
        expect(["Buyers", "Old"].map((name) => evaluationOf(service, name))).toEqual(["batch", "batch"]),
    },
    {
      shows: "are no difference to a run that does not ask",
      run: "up",
      steps: { buyers: "same", old: "same" },
      sends: [],
    },
    {
      shows: "are drift to a refresh",
      run: "refresh",
      steps: { buyers: "update", old: "update" },
      sends: ["GET /audiences/{buyers}", "GET /audiences/{old}"],
      state: { buyers: { evaluation: "batch" }, old: { evaluation: "batch" } },
    },
    {
      shows: "are asked for once more by the next run, and warned of",
      run: "up",
      steps: { buyers: "update", old: "update" },
      sends: ["PATCH /audiences/{buyers} evaluationInfo", "PATCH /audiences/{old} evaluationInfo"],
      says: [turned("Buyers"), turned("Old")],
    },
    {
      shows: "stay in batch without a warning where the program says so",
      run: "up",
      program: { buyers: buyers("batch"), old: old({ description: "a word", evaluation: "batch" }) },
      steps: { buyers: "update", old: "update" },
      sends: ["PATCH /audiences/{buyers} evaluationInfo", "PATCH /audiences/{old} evaluationInfo"],
    },
    {
      shows: "and are then as the program says",
      run: "refresh",
      steps: { buyers: "same", old: "same" },
      sends: ["GET /audiences/{buyers}", "GET /audiences/{old}"],
    },
  ],
};

const inState = (lifecycle?: string): Program => ({
  one: ["Audience", { name: "One", expression: WITHIN_A_DAY, ...(lifecycle !== undefined && { lifecycle }) }],
});
const lifecycleOf = ({ control }: Service) => control.audiences().map(({ lifecycle }) => lifecycle);

const LIFECYCLE: Scene = {
  title: "the lifecycle of an audience",
  steps: [
    {
      shows: "begins as a draft",
      run: "up",
      program: inState("draft"),
      steps: { one: "create" },
      sends: ["GET /audiences", "POST /conversion One", "POST /audiences One"],
      leaves: (service) => expect(lifecycleOf(service)).toEqual(["draft"]),
    },
    ...["published", "inactive", "published"].flatMap((lifecycle, at): SceneStep[] => [
      {
        shows: `${at + 1}: goes on to ${lifecycle} by one write`,
        run: "up",
        program: inState(lifecycle),
        steps: { one: "update" },
        sends: ["PATCH /audiences/{one} lifecycleState"],
        state: { one: { lifecycle } },
        leaves: (service) => expect(lifecycleOf(service)).toEqual([lifecycle]),
      },
      {
        shows: `${at + 1}: and is ${lifecycle} to a refresh`,
        run: "refresh",
        steps: { one: "same" },
        sends: ["GET /audiences/{one}"],
      },
    ]),
    {
      shows: "is left alone by a program that no longer says it",
      run: "up",
      program: inState(),
      steps: { one: "update" },
      sends: [],
      leaves: (service) => expect(lifecycleOf(service)).toEqual(["published"]),
    },
    {
      shows: "is then what others make of it, which a refresh shows",
      run: "refresh",
      first: ({ control, id }) => control.editAudience(id("one"), { lifecycle: "inactive" }),
      steps: { one: "update" },
      sends: ["GET /audiences/{one}"],
      state: { one: { lifecycle: "inactive" } },
    },
    {
      shows: "and which is no difference to the program",
      run: "up",
      steps: { one: "same" },
      sends: [],
      leaves: (service) => expect(lifecycleOf(service)).toEqual(["inactive"]),
    },
    {
      shows: "can begin as inactive: lists leave it out, so that it becomes so when it is there",
      run: "up",
      program: { ...inState(), late: ["Audience", { name: "Late", expression: WITHIN_A_DAY, lifecycle: "inactive" }] },
      steps: { one: "same", late: "create" },
      sends: ["POST /audiences Late", "PATCH /audiences/{late} lifecycleState"],
      leaves: (service) => expect(lifecycleOf(service)).toEqual(["inactive", "inactive"]),
    },
  ],
};

const LOST_IN_OLDER_FORM: Scene = {
  title: "lifecycle and labels, where the service has only definitions",
  options: { audiences: "definitions" },
  steps: [
    {
      shows: "are mistakes in the preview",
      run: "preview",
      program: {
        draft: ["Audience", { name: "Draft", expression: WITHIN_A_DAY, lifecycle: "draft" }],
        labelled: ["Audience", { name: "Labelled", expression: WITHIN_A_DAY, labels: ["core/C1"] }],
        leaving: ["Audience", { name: "Leaving", expression: WITHIN_A_DAY, deletionPolicy: "deactivate" }],
      },
      steps: {},
      // Of the expression, too, all mistakes are told at once.
      sends: ["GET /audiences", "GET /definitions", "POST /conversion Draft"],
      fails: {
        draft: "lifecycle: this organisation's Experience Platform answers only the older API",
        labelled: "labels: this organisation's Experience Platform answers only the older API",
        leaving: "deletionPolicy: this organisation's Experience Platform answers only the older API",
      },
    },
  ],
};

export const AUDIENCE_FIELDS: readonly Scene[] = [
  ...[changes("audiences"), TURNED_BACK, LIFECYCLE],
  ...[inOlderForm(changes("definitions")), inOlderForm(TURNED_BACK), LOST_IN_OLDER_FORM],
];
