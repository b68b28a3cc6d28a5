import { openApiOutline } from "./openapi-outline";

test("parameters, allowed values (of arrays as well) and answers; shared headers are left out", () => {
  const document = {
    paths: {
      "/segments": {
        get: {
          parameters: [
            { $ref: "#/components/parameters/authorization" },
            { name: "expansion", in: "query", schema: { type: "array", items: { enum: ["owner", "tags"] } } },
            { name: "cached", in: "query", schema: { enum: [true, false] } },
            { name: "limit", in: "query", schema: { type: "integer" } },
          ],
          responses: { "200": {}, "403": {} },
        },
        post: { responses: { "200": {} } },
      },
    },
  };
  expect(openApiOutline(document)).toEqual([
    "GET /segments > parameter expansion",
    "GET /segments > expansion=owner",
    "GET /segments > expansion=tags",
    "GET /segments > parameter cached",
    "GET /segments > cached=true",
    "GET /segments > cached=false",
    "GET /segments > parameter limit",
    "GET /segments > 200",
    "GET /segments > 403",
    "POST /segments > 200",
  ]);
});
