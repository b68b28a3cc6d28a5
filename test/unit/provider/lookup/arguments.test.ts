import * as pulumi from "@pulumi/pulumi";
import * as cja from "../../../../sdk";
import { lookupMistakes } from "../../../../model/lookup-arguments";

/** As plain JavaScript calls: with anything. */
const plain = (name: string, args: unknown): Promise<unknown> =>
  (cja as unknown as Record<string, (given: unknown) => Promise<unknown>>)[name]!(args);
const later = pulumi.output("x");

test.each([
  ["getSegment", {}, "found neither id nor name, expected the ID or the name of a segment"],
  ["getSegment", undefined, "found neither id nor name, expected the ID or the name of a segment"],
  ["getSegment", "s1", 'found the string "s1" instead of the arguments, expected an object such as { id: "…" } or'],
  ["getSegment", { id: "s1", name: "Mobile" }, "name: found beside id; give one of the two"],
  ["getSegment", { id: "s1", dataViewId: "dv_dev" }, "dataViewId: found beside id; an ID is enough"],
  ["getSegment", { name: " " }, 'name: found the string " ", expected the name of a segment'],
  ["getSegment", { id: "a,b" }, 'id: found the string "a,b", expected the ID of a segment, without spaces, commas'],
  ["getSegment", { id: "." }, 'id: found the string ".", expected the ID of a segment'],
  ["getSegmentJob", { id: ".." }, 'id: found the string "..", expected the ID of a segment job'],
  ["findDataViews", { ids: ["a", ".."] }, 'ids[1]: found the string "..", expected the ID of a data view'],
  ["findSegments", { dataViewId: "." }, 'dataViewId: found the string ".", expected the ID of a data view'],
  ["getSegment", { nmae: "Mobile" }, 'nmae: there is no such argument; did you mean "name"?'],
  ["getSegment", later, "found an output or a promise instead of the arguments, expected a value that is known now"],
  [
    "getSegment",
    { id: later },
    "id: found an output or a promise, expected a value that is known now; use getSegmentOutput",
  ],
  ["findSegments", { tags: [later] }, "tags: found an output or a promise"],
  ["findSegments", { tags: "web" }, 'tags: found the string "web", expected a list of names'],
  ["findSegments", { limit: 0 }, "limit: found the number 0, expected a whole number from 1"],
  ["findSegments", { limit: NaN }, 'cja.findSegments({"limit":NaN}): limit: found the number NaN, expected a whole'],
  ["findSegments", { dataViewId: "dv", dataViewName: "Dev" }, "dataViewName: found beside dataViewId"],
  ["getDataView", {}, "found neither id nor name, expected the ID or the name of a data view"],
  ["findDataViews", { ids: ["dv_a", "dv b"] }, 'ids[1]: found the string "dv b", expected the ID of a data view'],
  ["getAudience", {}, "found neither id nor name, expected the ID or the name of an audience"],
  ["getAudience", { id: "a", name: "b" }, "name: found beside id; give one of the two"],
  ["getAudience", { id: "a/b" }, 'id: found the string "a/b", expected the ID of an audience, without spaces, commas'],
  [
    "findAudiences",
    { evaluation: "daily" },
    'evaluation: found the string "daily", expected one of batch, streaming, edge',
  ],
  ["findAudiences", { lifecycle: "active" }, 'lifecycle: found the string "active", expected one of draft, published'],
  ["findAudiences", { labels: "C1" }, 'labels: found the string "C1", expected a list of names'],
  ["findMergePolicies", { sandbox: "" }, 'sandbox: found the string "", expected the name of a sandbox'],
  [
    "findMergePolicies",
    { schemaName: "a b" },
    'schemaName: found the string "a b", expected the name of an XDM schema',
  ],
  ["getSegmentJob", {}, "id: found nothing, expected the ID of a segment job"],
  [
    "findSegmentJobs",
    { sandbox: "x\ny" },
    'sandbox: found the string "x\\ny", expected the name of a sandbox, without spaces',
  ],
  [
    "getSegmentJob",
    { id: "j", sandbox: " prod " },
    'sandbox: found the string " prod ", expected the name of a sandbox',
  ],
  ["findSegmentJobs", { sandbox: "" }, 'sandbox: found the string "", expected the name of a sandbox'],
  ["findSegmentJobs", { status: "DONE" }, 'status: found the string "DONE", expected one of NEW, QUEUED,'],
  ["findSegmentJobs", { sort: "creationTime" }, 'sort: found the string "creationTime", expected an order such as'],
  [
    "findSegmentJobs",
    { properties: ["source=api"] },
    'properties[0]: found the string "source=api", expected a filter',
  ],
  [
    "findSegmentJobs",
    { sort: "creationTme:desc" },
    'sort: a job has no attribute "creationTme"; did you mean "creationTime"?',
  ],
  [
    "findSegmentJobs",
    { properties: ["source==api", "segment~segmentId==a"] },
    'properties[1]: a job has no attribute "segment"; did you mean "segments"?',
  ],
])("%s with %j is refused before anything is sent", async (name, args, told) => {
  const error: unknown = await plain(name, args).catch((thrown: unknown) => thrown);
  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect((error as Error).message).toContain(told);
  expect((error as Error).message.startsWith(`cja.${name}(`)).toBe(true);
});

test("all mistakes of a call are told together, with the call", async () => {
  const error = await plain("getSegment", { id: "a b", name: "", dataview: "dv_dev" }).catch((e: Error) => e.message);
  expect(error).toBe(
    [
      'cja.getSegment({"id":"a b","name":"","dataview":"dv_dev"}): 5 mistakes in the arguments; nothing was sent.',
      '  id: found the string "a b", expected the ID of a segment, without spaces, commas or slashes',
      '  name: found the string "", expected the name of a segment',
      "  name: found beside id; give one of the two",
      '  dataview: there is no such argument; did you mean "dataViewId"?',
      "  dataview: found beside id; an ID is enough",
    ].join("\n"),
  );
});

test.each(["source==sorce", "properties.runId==r", "segments~segmentId==a", "quota.used==1", "$.source==api"])(
  "the filter %s is sent: its attribute is known, or like none that is",
  (property) => {
    expect(lookupMistakes("findSegmentJobs", { properties: [property] }, () => false)).toEqual([]);
  },
);
