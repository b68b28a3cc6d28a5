import { aepOpenApiDocument } from "./aep-openapi";
import { prove } from "./runner";

prove(aepOpenApiDocument);
