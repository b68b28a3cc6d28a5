import { openApiOutline } from "../openapi-outline";
import type { Document } from "../runner";
import { contentStatements } from "./contents";
import { errorStatements } from "./errors";
import { expansionStatements } from "./expansions";
import { filterStatements } from "./filters";
import { listStatements } from "./list";
import { listErrorStatements } from "./list-errors";
import { oneStatements } from "./one";
import { cjaOpenApi } from "./schema";
import { updateStatements } from "./update";
import { validateStatements } from "./validate";

/** What live tenants answer beyond what the document declares (its list schema is only `object`). */
const observed = [
  "envelope",
  "default fields",
  "field names",
  "owner",
  "deleted",
  "POST > required",
  "PUT > fields",
  "validate request",
  "former path",
];

/** https://developer.adobe.com/cja-apis/docs/api/ : the emulator's reference dialect. */
export const cjaOpenApiDocument: Document = {
  name: "CJA OpenAPI document",
  outline: [...openApiOutline(cjaOpenApi), ...observed],
  statements: [
    ...listStatements,
    ...filterStatements,
    ...listErrorStatements,
    ...expansionStatements,
    ...contentStatements,
    ...oneStatements,
    ...updateStatements,
    ...validateStatements,
    ...errorStatements,
  ],
  unobservable: {},
};
