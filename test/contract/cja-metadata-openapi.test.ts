import { cjaMetadataOpenApiDocument } from "./cja-metadata-openapi";
import { prove } from "./runner";

prove(cjaMetadataOpenApiDocument);
