/** JSON text to values and back, without a number that changes on the way. */
export { ExactNumber, ExactNumberError, isExactNumber, isExactNumberError, shown } from "./exact-number";
export { compareNumbers, withoutSpelling } from "./number-value";
export { isHeld, MAX_JSON_DEPTH, readJson, TooDeepError } from "./read-json";
export { writeJson } from "./write-json";
