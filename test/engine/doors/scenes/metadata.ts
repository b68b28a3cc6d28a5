import { deviceIs } from "../../programs";
import type { Scene, Service } from "../scene";
import type { Program } from "../stack";

const base = { dataViewId: "dv_dev", definition: deviceIs("Phone") };
const group = { to: "group", id: "812345678" };
const all = { to: "all" };
const TAGS = "PUT /tags/tagitems";
const SHARES = "PUT /shares";

const want = (made: object, adopted: object, adoptId?: string): Program => ({
  made: ["Segment", { ...base, name: "Made", ...made }],
  adopted: ["Segment", { ...base, name: "Adopted", ...adopted, ...(adoptId !== undefined && { adoptId }) }],
});
const inService = ({ control }: Service, name: string) => {
  const found = control.segments().find((segment) => !segment.deleted && segment.name === name);
  return [found?.tags.toSorted(), found?.shares.map(({ type, toImsId, toId }) => `${type} ${toImsId ?? toId}`)];
};

export const METADATA: readonly Scene[] = [
  {
    title: "tags and shares",
    begins: ({ control }) =>
      void control.addSegment({ ...base, name: "Adopted", tags: ["old", "web"], shares: [{ type: "all" }] }),
    steps: [
      {
        shows:
          "are set on a new segment and on an adopted one with a request each; what is right already is not written",
        run: "up",
        program: ({ control }) =>
          want(
            { tags: ["web", "Web"], shares: [group] },
            { tags: ["web"], shares: [all] },
            control.segments()[0]?.id ?? "",
          ),
        steps: { made: "create", adopted: "create" },
        sends: [
          "GET /segments",
          "POST /segments Made",
          "POST /segments/validate",
          "POST /shares/component/search",
          SHARES,
          TAGS,
        ],
        says: ['"Adopted" of Jane Analyst is taken over; this changes its tags.'],
        state: { made: { tags: ["web", "Web"], shares: [group] } },
        leaves: (service) => {
          expect(inService(service, "Made")).toEqual([["Web", "web"], ["group 812345678"]]);
          expect(inService(service, "Adopted")).toEqual([["web"], ["all null"]]);
        },
      },
      {
        shows: "cost nothing when nothing is changed but their order",
        run: "up",
        program: want({ tags: ["Web", "web"], shares: [group] }, { tags: ["web"], shares: [all] }),
        steps: { made: "same", adopted: "same" },
        sends: [],
      },
      {
        shows: "are changed without a word to the segments themselves",
        run: "up",
        program: want(
          { tags: ["mobile"], shares: [group, { to: "user", id: "596983" }] },
          { tags: ["mobile", "web"], shares: [all] },
        ),
        steps: { made: "update", adopted: "update" },
        sends: [SHARES, TAGS],
        leaves: (service) => expect(inService(service, "Adopted")).toEqual([["mobile", "web"], ["all null"]]),
      },
      {
        shows: "are no drift as they are",
        run: "refresh",
        steps: { made: "same", adopted: "same" },
        sends: ["GET /segments", "POST /shares/component/search"],
      },
      {
        shows: "are shown when somebody changes them",
        run: "refresh",
        first: ({ control, id }) => control.editSegment(id("made"), { tags: ["by hand"], shares: [] }),
        steps: { made: "update", adopted: "same" },
        sends: ["GET /segments", "POST /shares/component/search"],
        state: { made: { tags: ["by hand"], shares: [] } },
      },
      {
        shows: "are repaired by up",
        run: "up",
        steps: { made: "update", adopted: "same" },
        sends: [SHARES, TAGS],
        leaves: (service) => expect(inService(service, "Made")[0]).toEqual(["mobile"]),
      },
      {
        shows: "are taken away by empty lists, and left alone when the program says nothing of them",
        run: "up",
        program: want({ tags: [], shares: [] }, {}),
        steps: { made: "update", adopted: "update" },
        sends: [SHARES, TAGS],
        leaves: (service) => {
          expect(inService(service, "Made")).toEqual([[], []]);
          expect(inService(service, "Adopted")).toEqual([["mobile", "web"], ["all null"]]);
        },
      },
      {
        shows: "that are not managed are no drift",
        run: "refresh",
        first: ({ control, id }) => control.editSegment(id("adopted"), { tags: ["by hand"], shares: [] }),
        steps: { made: "same", adopted: "same" },
        sends: ["GET /segments", "POST /shares/component/search"],
      },
      {
        shows: "that a program says for the first time are read first: what is right already is not written",
        run: "up",
        program: want({ tags: [], shares: [] }, { tags: ["by hand"], shares: [] }),
        steps: { made: "same", adopted: "update" },
        sends: ["GET /segments", "POST /shares/component/search"],
        state: { adopted: { tags: ["by hand"], shares: [] } },
      },
      {
        shows: "that could not be set on a new segment fail it, and keep it",
        run: "up",
        first: ({ control }) =>
          control.addFault({ method: "PUT", path: "^/componentmetadata/tags/tagitems$", status: 403 }),
        program: { late: ["Segment", { ...base, name: "Late", tags: ["late"], shares: [group] }] },
        steps: { late: "create" },
        sends: ["POST /segments Late", SHARES, TAGS],
        fails: { late: "was created, but its tags could not be set; the next pulumi up sets them." },
      },
      {
        shows: "are set on the same segment by the next up",
        run: "up",
        first: ({ control }) => control.clearFaults(),
        steps: { late: "update", made: "delete", adopted: "delete" },
        // What it has now is not known: it is read first.
        sends: ["DELETE /segments/{Adopted}", "DELETE /segments/{made}", "GET /segments", TAGS],
        leaves: (service) => expect(inService(service, "Late")[0]).toEqual(["late"]),
      },
      {
        shows: "of a run that is killed between the segment and its tags are not set",
        run: "up",
        program: {
          late: ["Segment", { ...base, name: "Late", tags: ["late"], shares: [group] }],
          killed: ["Segment", { ...base, name: "Killed", tags: ["cut"] }],
        },
        killed: { method: "PUT", path: "^/componentmetadata/tags/tagitems$", done: false },
        steps: { late: "same", killed: "create" },
        sends: ["POST /segments Killed", TAGS],
        fails: { killed: "" },
        leaves: (service) => expect(inService(service, "Killed")[0]).toEqual([]),
      },
      {
        shows: "are set by the next run, on the same segment",
        run: "up",
        steps: { late: "same", killed: "create" },
        sends: ["GET /segments", TAGS],
        says: ["an earlier run was interrupted while creating it.", "the interrupted run created {Killed}"],
        leaves: (service) => {
          expect(inService(service, "Killed")[0]).toEqual(["cut"]);
          expect(service.control.segments().filter(({ name }) => name === "Killed")).toHaveLength(1);
        },
      },
    ],
  },
];
