import { outline } from "../recorded";
import type { Document } from "../runner";
import { estimateStatements } from "./estimates";
import { previewStatements } from "./previews";

/** How many people an expression is about: the guide of previews and estimates, and what the OpenAPI document adds to it. */
export const previewPages: Document = {
  name: "Pages on previews and estimates",
  outline: outline("preview-pages"),
  statements: [...previewStatements, ...estimateStatements],
  unobservable: {
    "POST /preview > 503": "a fault of control",
    "GET /estimate/{id} > 503": "a fault of control",
    "behaviour > when the sample is drawn again": "the emulator's profiles do not change",
  },
};
