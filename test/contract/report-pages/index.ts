import { outline } from "../recorded";
import type { Document } from "../runner";
import { answerStatements } from "./answers";
import { dateStatements } from "./dates";
import { failureStatements } from "./failures";
import { filterStatements } from "./filters";
import { requestStatements } from "./requests";

/**
 * What Adobe's pages on reports, the OpenAPI document and clients say of the calls that count people, sessions and events. Its outline has what
 * concerns reports without a dimension.
 */
export const reportPages: Document = {
  name: "Pages on reports",
  outline: outline("report-pages"),
  statements: [...requestStatements, ...filterStatements, ...dateStatements, ...answerStatements, ...failureStatements],
  unobservable: {
    "request > includeOberonXml, includePlatformPredictiveObjects": "for debugging Adobe's engine",
    "column errors > unauthorized_metric, unauthorized_dimension, unauthorized_dimension_global":
      "the emulator's account may use all components",
    "column errors > anomaly_detection_failure": "the emulator predicts nothing",
    "failures > heavy reporting": "a fault of control",
    "failures > 500, 503, 504": "a fault of control",
    "failures > quota": "a contract's, which no answer tells",
    "failures > concurrency": "the emulator answers as fast as it can",
  },
};
