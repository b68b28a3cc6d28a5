import { deviceIs } from "../../programs";
import type { Scene, Service } from "../scene";
import type { Program } from "../stack";

const same = { name: "Made in the UI", dataViewId: "dv_dev", description: "by Jane", definition: deviceIs("Phone") };
const differing = { ...same, name: "Made by hand, too" };
const idIn = ({ control }: Service, of: string) => control.segments().find(({ name }) => name === of)?.id ?? "";
const want = (first: object = {}, second: object = {}): Program => ({
  same: ["Segment", { ...same, ...first }],
  differing: ["Segment", { ...differing, name: "Now under code", ...second }],
});
const names = ({ control }: Service) =>
  control
    .segments()
    .filter(({ deleted }) => !deleted)
    .map(({ name, dataViewId }) => `${name} ${dataViewId}`)
    .toSorted();

const ADOPTED: Scene = {
  title: "segments that exist",
  begins: ({ control }) => void control.addSegment([same, differing]),
  steps: [
    {
      shows: "are taken over: an equal one as it is, in another only what differs is written",
      run: "up",
      program: (service) => want({ adoptId: idIn(service, same.name) }, { adoptId: idIn(service, differing.name) }),
      steps: { same: "create", differing: "create" },
      sends: ["GET /segments", "PUT /segments/{Made by hand, too} name"],
      says: ['"Made in the UI" of Jane Analyst is taken over as it is.', "is taken over; this changes its name."],
      state: { same: { owner: expect.objectContaining({ name: "Jane Analyst" }) as object } },
    },
    {
      shows: "stay as they are without adoptId",
      run: "up",
      program: want(),
      steps: { same: "same", differing: "same" },
      sends: [],
    },
    {
      shows: "are no drift",
      run: "refresh",
      steps: { same: "same", differing: "same" },
      sends: ["GET /segments"],
    },
    {
      shows: "that belong to somebody else now and are no longer listed are kept",
      run: "refresh",
      first: ({ control, id }) => {
        control.setPermissions({ admin: false });
        control.editSegment(id("same"), { owner: "Someone Else", shared: false });
      },
      steps: { same: "same", differing: "same" },
      sends: ["GET /segments", "GET /segments/{Made in the UI}"],
      says: ["it now belongs to somebody else."],
    },
    {
      shows: "are taken over once more where they are replaced by hand, and not deleted",
      run: "up",
      first: ({ control, id }) => {
        control.setPermissions({ admin: true });
        control.editSegment(id("same"), { owner: "Jane Analyst", shared: true });
      },
      program: (service) => want({ adoptId: idIn(service, same.name) }, {}),
      taint: ["same"],
      steps: { same: "replace", differing: "same" },
      sends: ["GET /segments"],
      says: ["is not deleted"],
      leaves: (service) => expect(names(service)).toEqual(["Made in the UI dv_dev", "Now under code dv_dev"]),
    },
    {
      shows: "are deleted by destroy, as every resource",
      run: "destroy",
      steps: { same: "delete", differing: "delete" },
      sends: ["DELETE /segments/{Made by hand, too}", "DELETE /segments/{Made in the UI}"],
      leaves: (service) => expect(names(service)).toEqual([]),
    },
  ],
};

const used = { name: "Used", dataViewId: "dv_dev", definition: deviceIs("Phone"), deletionPolicy: "refuseIfUsed" };
const kept = { name: "Kept", dataViewId: "dv_dev", definition: deviceIs("Phone"), deletionPolicy: "retain" };
const users =
  'it is used by the project "Example Customer Analysis" (44444444444), the segment "Mobile buyers" (s1_abc)';

const POLICIES: Scene = {
  title: "deletion policies",
  options: { dialect: "reference" },
  steps: [
    {
      shows: "change nothing where something is made",
      run: "up",
      program: { used: ["Segment", used], kept: ["Segment", kept] },
      steps: { used: "create", kept: "create" },
      sends: ["GET /segments", "POST /segments/validate", "POST /segments Kept", "POST /segments Used"],
    },
    {
      shows: "refuse the replacement of a used one in the preview, and name its users",
      run: "preview",
      first: ({ control, id }) =>
        control.setUses(id("used"), [
          { type: "project", id: "44444444444", name: "Example Customer Analysis" },
          { type: "segment", id: "s1_abc", name: "Mobile buyers" },
        ]),
      program: { used: ["Segment", { ...used, dataViewId: "dv_stage" }], kept: ["Segment", kept] },
      steps: { kept: "same" },
      sends: ["GET /segments", "POST /segments/validate"],
      fails: { used: `${users}, and its deletionPolicy is "refuseIfUsed"` },
    },
    {
      shows: "refuse a destroy before it deletes anything, or forgets what is retained",
      run: "destroy",
      steps: {},
      sends: ["GET /segments"],
      fails: {
        used: `${users}, and its deletionPolicy is "refuseIfUsed". This run deleted nothing.`,
        kept: "another deletion of this run would fail, so this run deletes nothing",
      },
    },
    {
      shows: "take one another up without a request",
      run: "up",
      first: ({ control, id }) => control.setUses(id("used"), []),
      program: { used: ["Segment", { ...used, deletionPolicy: "retain" }] },
      steps: { used: "update", kept: "delete" },
      sends: [],
      says: ['"Kept" stays in Customer Journey Analytics: its deletionPolicy is "retain".'],
      leaves: (service) => expect(names(service)).toEqual(["Kept dv_dev", "Used dv_dev"]),
    },
    {
      shows: "let one that nothing uses be replaced",
      run: "up",
      program: { used: ["Segment", { ...used, deletionPolicy: "refuseIfUsed" }] },
      steps: { used: "update" },
      sends: [],
    },
    {
      shows: "and deleted",
      run: "up",
      program: { used: ["Segment", { ...used, dataViewId: "dv_stage" }] },
      steps: { used: "replace" },
      sends: ["GET /segments", "POST /segments Used", "DELETE /segments/{used}"],
      leaves: (service) => expect(names(service)).toEqual(["Kept dv_dev", "Used dv_stage"]),
    },
  ],
};

export const ADOPTION: readonly Scene[] = [ADOPTED, POLICIES];
