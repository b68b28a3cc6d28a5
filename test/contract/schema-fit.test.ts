import type { Json } from "./json";
import { schemaFit } from "./schema-fit";

const document: Json = {
  components: {
    schemas: {
      Job: {
        type: "object",
        required: ["id"],
        properties: {
          id: { type: "string" },
          status: { type: "string", enum: ["NEW", "FAILED"] },
          computeJobId: { type: "integer" },
          ratio: { type: "number" },
          properties: { type: "object" },
          counters: { type: "object", additionalProperties: { type: "number" } },
          definition: { type: "object", additionalProperties: { type: "object", properties: {} } },
          children: { type: "array", items: { $ref: "#/components/schemas/Job" } },
        },
      },
    },
  },
};

test.each<[string, Json, string[]]>([
  ["all is declared", { id: "a", status: "NEW", computeJobId: 1, ratio: 0.5, children: [{ id: "b" }] }, []],
  ["an undeclared key", { id: "a", jobId: "b" }, ["+ jobId"]],
  ["an undeclared key further down", { id: "a", children: [{ id: "b", x: 1 }] }, ["+ children[].x"]],
  ["a required key", {}, ["- id"]],
  ["a required key further down", { id: "a", children: [{}] }, ["- children[].id"]],
  ["another type", { id: 1 }, ["! id: string, not number"]],
  ["a fraction is no integer", { id: "a", computeJobId: 1.5 }, ["! computeJobId: integer, not number"]],
  ["null is no string", { id: null }, ["! id: string, not null"]],
  ["outside the enum", { id: "a", status: "DONE" }, ['? status: "DONE"']],
  ["a bare object holds anything", { id: "a", properties: { runId: 1 } }, []],
  ["a map's values have the map's type", { id: "a", counters: { x: 1, y: "2" } }, ["! counters.y: number, not string"]],
  ["Java's Object is any value", { id: "a", definition: { func: "segment", version: [1, 0, 0] } }, []],
  ["no object at all", [], ["! : object, not array"]],
])("%s", (_title, value, misfits) => {
  expect(schemaFit({ $ref: "#/components/schemas/Job" }, value, document)).toEqual(misfits);
});

test("a reference to nowhere is an error, not a fit", () => {
  expect(() => schemaFit({ $ref: "#/components/schemas/Nothing" }, {}, document)).toThrow("no schema");
});
