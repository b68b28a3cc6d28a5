import { openApiOutline } from "../openapi-outline";
import type { Document } from "../runner";
import { definitionOperationStatements } from "./definition-operations";
import { definitionStatements } from "./definitions";
import { operationStatements } from "./operations";
import { refusalStatements } from "./refusals";
import { aepOpenApi } from "./schema";
import { stateStatements } from "./states";

/** https://developer.adobe.com/experience-platform-apis/references/segmentation/ : its parts on segment jobs and on segment definitions. */
export const aepOpenApiDocument: Document = {
  name: "Segmentation OpenAPI document",
  outline: [...openApiOutline(aepOpenApi), "states", "metrics of a job at work", "times", "sandboxes"],
  statements: [
    ...operationStatements,
    ...refusalStatements,
    ...stateStatements,
    ...definitionStatements,
    ...definitionOperationStatements,
  ],
  unobservable: {},
};
