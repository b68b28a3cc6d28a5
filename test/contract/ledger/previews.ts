import type { Divergence } from "./divergence";

/** Previews of expressions, and their estimates. */
export const previewLedger: readonly Divergence[] = [
  {
    id: "preview-type",
    document: "previews guide",
    statement: "pql/text is the only predicateType; the OpenAPI document's default is PQL",
    here: "both, and none; 400 for others",
    why: "both documents are followed",
  },
  {
    id: "preview-size",
    document: "previews guide",
    statement: "the size depends on the profiles, and on a merge policy that the body does not name",
    here: "a number from 0 to 4275 that the text of the expression makes; no merge policy is looked at",
    why: "the emulator has no profiles, and evaluates no expression",
  },
  {
    id: "previews-by-reads",
    document: "previews guide",
    statement: "10 to 15 seconds; how the states of a preview and its estimate go on is not said",
    here: "RUNNING for two reads of either of them, whatever the clock says; then both are done",
    why: "a test can count reads, and need not wait",
  },
  {
    id: "preview-form",
    document: "previews guide",
    statement: "state and links stand inside of the last result; the OpenAPI document has them beside results",
    here: "beside results",
    why: "the sample's brackets are misplaced",
  },
  {
    id: "preview-bounds",
    document: "AEP OpenAPI",
    statement: "offset and limit have no bounds; limit is 1000 unless said",
    here: "limit 1 to 1000, offset 0 and more; 400 for others",
    why: "as in the other lists",
  },
  {
    id: "preview-bad-pql",
    document: "previews guide",
    statement: "POST lists no 400, and FAILED is not explained",
    here: "201, and FAILED with error.description, for what the check of audiences' expressions refuses",
    why: "the one way that the documents leave to say so",
  },
  {
    id: "preview-kept",
    document: "previews guide",
    statement: "how long an ID is good for is not said",
    here: "until it is deleted, or the emulator ends or is reset; a state file does not keep it",
    why: "it is a question, and no content",
  },
];
