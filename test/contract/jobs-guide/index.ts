import { outline } from "../recorded";
import type { Document } from "../runner";
import { createStatements } from "./create";
import { bulkGetStatements, deleteStatements, getStatements } from "./get";
import { listStatements } from "./list";
import { responseStatements } from "./response";

/** https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/segment-jobs */
export const jobsGuide: Document = {
  name: "Segment jobs guide",
  outline: outline("jobs-guide"),
  statements: [
    ...listStatements,
    ...responseStatements,
    ...createStatements,
    ...getStatements,
    ...bulkGetStatements,
    ...deleteStatements,
  ],
  unobservable: {},
};
