/** JSON text to values and back, without a number that changes on the way. */
export {
  compareNumbers,
  ExactNumber,
  ExactNumberError,
  isExactNumber,
  isExactNumberError,
  shown,
  withoutSpelling,
} from "./exact-number";
export { isHeld, MAX_JSON_DEPTH, readJson, TooDeepError, writeJson } from "./json-text";
export { isList, isNumber, isObject, type Json, type JsonObject } from "./value";
