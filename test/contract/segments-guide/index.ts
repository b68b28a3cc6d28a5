import { outline } from "../recorded";
import type { Document } from "../runner";
import { createStatements } from "./create";
import { deleteStatements } from "./delete";
import { errorStatements } from "./errors";
import { fieldStatements } from "./fields";
import { getStatements } from "./get";
import { includeTypeStatements } from "./include-type";
import { limitStatements } from "./limits";
import { listStatements } from "./list";
import { localeStatements } from "./locale";
import { updateStatements } from "./update";
import { validateStatements } from "./validate";

const advice = "advice to authors of segments or clients: no request shows it true or false";

/** https://developer.adobe.com/cja-apis/docs/endpoints/segments/ */
export const segmentsGuide: Document = {
  name: "Segments guide",
  outline: outline("segments-guide"),
  statements: [
    ...listStatements,
    ...includeTypeStatements,
    ...fieldStatements,
    ...getStatements,
    ...createStatements,
    ...updateStatements,
    ...validateStatements,
    ...deleteStatements,
    ...localeStatements,
    ...limitStatements,
    ...errorStatements,
  ],
  unobservable: {
    "DELETE /segments/{ID} > prose > reports and other sources that reference it can still use it":
      "reports are another API, which is not emulated",
    "limits > Compatibility: Not all segment definitions are compatible with all CJA products":
      "which definition is not compatible with which product is not said",
    "limits > Complexity: Segments with very complex definitions may have performance implications": advice,
    "limits > Nesting: Deep nesting of containers should be avoided for optimal performance": advice,
    "best practices > Use the validation endpoint before creating segments to ensure compatibility": advice,
    "best practices > Cache segment results when possible to reduce API calls": advice,
    "best practices > Use appropriate segment names and descriptions for maintainability": advice,
    "best practices > Consider using the UI for complex segment creation and the API for programmatic management":
      advice,
    "best practices > Implement retry logic with exponential backoff for rate-limited requests": advice,
    "best practices > Test segments in a development environment before deploying to production": advice,
  },
};
