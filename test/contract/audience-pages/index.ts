import { outline } from "../recorded";
import type { Document } from "../runner";
import { audienceStatements } from "./audiences";
import { definitionStatements } from "./definitions";
import { evaluationStatements } from "./evaluation";
import { failureStatements } from "./failures";
import { fieldStatements } from "./fields";
import { lifecycleStatements } from "./lifecycle";
import { listStatements } from "./lists";
import { mergePolicyStatements } from "./merge-policies";

/**
 * Adobe's pages on what the two forms of audiences are made of: the guides of `/audiences` and `/segment/definitions`, those on eligibility,
 * on the lifecycle and on merge policies. Its outline has what they state of fields, calls, evaluation, lifecycle, references and failures.
 */
export const audiencePages: Document = {
  name: "Pages on audiences",
  outline: outline("audience-pages"),
  statements: [
    ...fieldStatements,
    ...definitionStatements,
    ...audienceStatements,
    ...listStatements,
    ...evaluationStatements,
    ...lifecycleStatements,
    ...failureStatements,
    ...mergePolicyStatements,
  ],
  unobservable: {
    "evaluation > limits": "soft limits of a sandbox: audiences above them keep working",
    "references > a nested one is evaluated with its dependent": "the emulator has no schedule",
    "failures > not editable in Segment Builder": "about the UI",
    "failures > validation of Audience Builder": "about the UI; whether the API enforces it is not said",
  },
};
