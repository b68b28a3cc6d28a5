import { outline } from "../recorded";
import type { Document } from "../runner";
import { readingStatements } from "./reading";
import { writingStatements } from "./writing";

/** https://developer.adobe.com/cja-apis/docs/endpoints/componentmetadata/shares/ */
export const sharesPage: Document = {
  name: "Page on shares",
  outline: outline("shares-page"),
  statements: [...writingStatements, ...readingStatements],
  unobservable: {},
};
