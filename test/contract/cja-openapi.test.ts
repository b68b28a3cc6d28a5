import { cjaOpenApiDocument } from "./cja-openapi";
import { prove } from "./runner";

prove(cjaOpenApiDocument);
