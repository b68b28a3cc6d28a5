import { openApiOutline } from "../openapi-outline";
import type { Document } from "../runner";
import { dataViewStatements } from "./data-views";
import { refusalStatements } from "./refusals";
import { metadataOpenApi } from "./schema";
import { shareStatements } from "./shares";
import { tagStatements } from "./tags";

/** https://developer.adobe.com/cja-apis/docs/api/ : tags, shares and the list of data views in the reference dialect. */
export const cjaMetadataOpenApiDocument: Document = {
  name: "CJA OpenAPI document on tags, shares and data views",
  outline: openApiOutline(metadataOpenApi),
  statements: [...tagStatements, ...shareStatements, ...dataViewStatements, ...refusalStatements],
  unobservable: {
    "GET /componentmetadata/shares/{id} > 400": '"Invalid component type": the request has no component type',
  },
};
