import { outline } from "../recorded";
import type { Document } from "../runner";
import { readingStatements } from "./reading";
import { writingStatements } from "./writing";

/** https://developer.adobe.com/cja-apis/docs/endpoints/componentmetadata/tags/ */
export const tagsPage: Document = {
  name: "Page on tags",
  outline: outline("tags-page"),
  statements: [...writingStatements, ...readingStatements],
  unobservable: {},
};
