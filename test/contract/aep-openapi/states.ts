import { at, textAt, type Json } from "../json";
import { cancelJob, definitionIds, jobFor, jobForAll, oneJob, startJob } from "../jobs";
import { step, type Place } from "../place";
import { statement, type Statement } from "../statement";
import { misfit } from "./schema";

const get = "GET /segment/jobs/{SEGMENT_JOB_ID}";

/** The job's status now and after each further step of time. */
async function life(place: Place, id: string, steps: number): Promise<(Json | undefined)[]> {
  const seen: (Json | undefined)[] = [];
  for (let each = 0; each <= steps; each += 1) {
    if (each > 0) await place.advance(step);
    seen.push(at((await place.ask(oneJob(id))).body, "status"));
  }
  return seen;
}

export const stateStatements: readonly Statement[] = [
  statement({
    of: "states",
    says: "a job is NEW, QUEUED, PROCESSING, SUCCEEDED, and stays so",
    ask: jobFor(...definitionIds),
    answer: async ({ body }, { place }) =>
      expect(await life(place, textAt(body, "id"), 5)).toEqual([
        "NEW",
        "QUEUED",
        "PROCESSING",
        "SUCCEEDED",
        "SUCCEEDED",
        "SUCCEEDED",
      ]),
  }),
  statement({
    of: "states",
    says: "or ends as FAILED, and stays so",
    given: async (place) => {
      await place.control("PUT", "/job-outcome", { status: "FAILED" });
    },
    ask: jobForAll,
    answer: async ({ body }, { place }) =>
      expect(await life(place, textAt(body, "id"), 4)).toEqual(["NEW", "QUEUED", "PROCESSING", "FAILED", "FAILED"]),
  }),
  ...["NEW", "QUEUED", "PROCESSING"].map((status, steps) =>
    statement({
      of: "states",
      says: `DELETE of a job that is ${status} leads over CANCELLING to CANCELLED, for ever`,
      given: async (place) => {
        const id = await startJob(place);
        await place.advance(steps * step);
        return { id, before: at((await place.ask(oneJob(id))).body, "status") };
      },
      ask: ({ id }) => cancelJob(id),
      answer: async ({ status: code }, { place, given }) => {
        expect(given.before).toBe(status);
        expect(code).toBe(204);
        expect(await life(place, given.id, 4)).toEqual([
          "CANCELLING",
          "CANCELLED",
          "CANCELLED",
          "CANCELLED",
          "CANCELLED",
        ]);
      },
    }),
  ),
  statement({
    of: "states",
    says: "a second DELETE does not start the cancelling anew",
    given: async (place) => {
      const id = await startJob(place);
      await place.ask(cancelJob(id));
      await place.advance(step - 1);
      return id;
    },
    ask: (id) => cancelJob(id),
    answer: async (_answer, { place, given }) => {
      await place.advance(1);
      expect(at((await place.ask(oneJob(given))).body, "status")).toBe("CANCELLED");
    },
  }),
  statement({
    of: ["metrics of a job at work", "times"],
    says: "metrics of a job at work: {totalTime: {startTimeInMs}, profileSegmentationTime: {}}; times move with the states",
    given: async (place) => {
      const id = await startJob(place);
      const created = (await place.ask(oneJob(id))).body;
      await place.advance(2 * step);
      return { id, created };
    },
    ask: ({ id }) => oneJob(id),
    answer: async ({ body }, { place, given }) => {
      const creation = Number(at(given.created, "creationTime"));
      expect(at(body, "metrics")).toEqual({ totalTime: { startTimeInMs: creation }, profileSegmentationTime: {} });
      expect(at(body, "creationTime")).toBe(creation);
      expect(at(body, "updateTime")).toBe(Math.floor((creation + 2 * step) / 1000) * 1000);
      expect(at(body, "updateEpoch")).toBe(Number(at(body, "updateTime")) / 1000);
      await place.advance(step);
      const done = (await place.ask(oneJob(given.id))).body;
      expect(at(done, "metrics.totalTime")).toEqual({
        startTimeInMs: creation,
        endTimeInMs: creation + 3 * step,
        totalTimeInMs: 3 * step,
      });
    },
  }),
  ...[0, 1, 2, 3].map((steps) =>
    statement({
      of: `${get} > 200`,
      says: `every key of a job is declared in the schema, with its type, ${steps} seconds after its start`,
      given: async (place) => {
        const id = await startJob(place);
        await place.advance(steps * step);
        return id;
      },
      ask: (id) => oneJob(id),
      answer: ({ status, body }) =>
        expect(misfit("get", "/segment/jobs/{SEGMENT_JOB_ID}", { status, body })).toEqual([]),
    }),
  ),
  ...["FAILED", "CANCELLED"].map((end) =>
    statement({
      of: `${get} > 200`,
      says: `every key of a ${end} job is declared in the schema, with its type`,
      given: async (place) => {
        await place.control("PUT", "/job-outcome", { status: "FAILED" });
        const id = await startJob(place);
        if (end === "CANCELLED") await place.ask(cancelJob(id));
        await place.advance(4 * step);
        return id;
      },
      ask: (id) => oneJob(id),
      answer: ({ status, body }) => {
        expect(at(body, "status")).toBe(end);
        expect(misfit("get", "/segment/jobs/{SEGMENT_JOB_ID}", { status, body })).toEqual([]);
      },
    }),
  ),
  statement({
    of: `${get} > 200`,
    says: "the entry of a job of all segment definitions has a segment, as the schema requires",
    given: (place) => startJob(place, jobForAll),
    ask: (id) => oneJob(id),
    answer: ({ status, body }) => expect(misfit("get", "/segment/jobs/{SEGMENT_JOB_ID}", { status, body })).toEqual([]),
    differs: {
      ledger: "all-segments-entry",
      here: ({ status, body }) =>
        expect(misfit("get", "/segment/jobs/{SEGMENT_JOB_ID}", { status, body })).toEqual(["- segments[].segment"]),
    },
  }),
];
