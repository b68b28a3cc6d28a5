import { deviceIs } from "../../programs";
import type { Scene, Service } from "../scene";
import type { Program } from "../stack";

const args = (name: string) => ({ name, dataViewId: "dv_dev", definition: deviceIs(name) });
const want = (...names: readonly string[]): Program =>
  Object.fromEntries(names.map((name) => [name, ["Segment", args(name)]]));
const names = ({ control }: Service) =>
  control
    .segments()
    .filter(({ deleted }) => !deleted)
    .map(({ name }) => name)
    .toSorted();
const job: Program = { run: ["SegmentJob", { segmentIds: ["one"] }] };

export const FAILURES: readonly Scene[] = [
  {
    title: "what the service refuses, or does not answer",
    steps: [
      {
        shows: "a refused creation fails with the service's words, and the others go on",
        run: "up",
        first: ({ control }) =>
          control.addFault({ method: "POST", path: "^/segments$", status: 403, body: { message: "not for you" } }),
        program: want("refused"),
        steps: { refused: "create" },
        sends: ["GET /segments", "POST /segments/validate", "POST /segments refused"],
        fails: { refused: 'Could not create segment "refused" (POST /segments): the service answered 403' },
      },
      {
        shows: "a creation whose answer is lost is looked for, and found",
        run: "up",
        first: ({ control }) =>
          control.addFault({ method: "POST", path: "^/segments$", reset: "after", process: true }),
        program: want("lost"),
        steps: { lost: "create" },
        sends: ["GET /segments", "POST /segments/validate", "POST /segments lost"],
        says: ["Looking for it before creating another one."],
        leaves: (service) => expect(names(service)).toEqual(["lost"]),
      },
      {
        shows: "too many requests are repeated",
        run: "up",
        first: ({ control }) =>
          control.addFault({ method: "POST", path: "^/segments$", status: 429, headers: { "retry-after": "1" } }),
        program: want("lost", "late"),
        steps: { lost: "same", late: "create" },
        sends: ["POST /segments/validate", "POST /segments late", "POST /segments late"],
        says: ['create segment "late": 429, trying again'],
      },
      {
        shows: "a refused update fails, and is tried again by the next up",
        run: "up",
        first: ({ control }) => control.addFault({ method: "PUT", path: "^/segments/", status: 403 }),
        program: { ...want("late"), lost: ["Segment", { ...args("lost"), description: "new" }] },
        steps: { late: "same", lost: "update" },
        sends: ["PUT /segments/{lost} description"],
        fails: { lost: "the service answered 403" },
      },
      {
        shows: "a listing that is no answer of the API makes no segment look gone",
        run: "refresh",
        first: ({ control }) =>
          control.addFault({ method: "GET", path: "^/segments", status: 200, body: "<html>", times: 20 }),
        steps: {},
        sends: ["GET /segments"],
        says: ["list segments: 200, trying again"],
        fails: { late: "Could not list segments", lost: "Could not list segments" },
      },
      {
        shows: "a refused deletion keeps the resource, and one of what is gone is none",
        run: "destroy",
        first: ({ control, id }) => {
          control.clearFaults();
          control.addFault({ method: "DELETE", path: id("late"), status: 403 });
          control.deleteSegment(id("lost"), { purge: true });
        },
        steps: { lost: "delete" },
        sends: ["DELETE /segments/{late}", "DELETE /segments/{lost}", "GET /segments"],
        fails: { late: "the service answered 403" },
      },
    ],
  },
  {
    title: "a process that is killed",
    steps: [
      {
        shows: "while a segment is made leaves no state",
        run: "up",
        program: want("one"),
        killed: { method: "POST", path: "^/segments$", done: true },
        steps: { one: "create" },
        sends: ["GET /segments", "POST /segments/validate", "POST /segments one"],
        fails: { one: "" },
        leaves: (service) => expect(names(service)).toEqual(["one"]),
      },
      {
        shows: "has its segment taken over by the next",
        run: "up",
        steps: { one: "create" },
        sends: ["GET /segments"],
        says: [
          "an earlier run was interrupted while creating it.",
          "the interrupted run created {one}; this run takes it over.",
        ],
        leaves: (service) => expect(names(service)).toEqual(["one"]),
      },
      {
        shows: "before the service has done anything leaves nothing",
        run: "up",
        program: want("one", "two"),
        killed: { method: "POST", path: "^/segments$", done: false },
        steps: { one: "same", two: "create" },
        sends: ["POST /segments/validate", "POST /segments two"],
        fails: { two: "" },
        leaves: (service) => expect(names(service)).toEqual(["one"]),
      },
      {
        shows: "so that the next one makes it once",
        run: "up",
        steps: { one: "same", two: "create" },
        sends: ["GET /segments", "POST /segments two"],
        says: ["an earlier run was interrupted while creating it."],
        leaves: (service) => expect(names(service)).toEqual(["one", "two"]),
      },
      {
        shows: "while a job is started leaves no state",
        run: "up",
        program: job,
        killed: { method: "POST", path: "/segment/jobs$", done: true },
        steps: { run: "create" },
        sends: ["GET /jobs", "POST /jobs one"],
        fails: { run: "" },
      },
      {
        shows: "has its job taken over by the next",
        run: "up",
        steps: { run: "create", one: "delete", two: "delete" },
        sends: ["GET /jobs", "DELETE /segments/{one}", "DELETE /segments/{two}"],
        says: ["was interrupted while starting this segment job.", "this run takes it over and starts no new one."],
        leaves: ({ control }) => expect(control.jobs()).toHaveLength(1),
      },
    ],
  },
];
