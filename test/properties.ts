/** Where property tests take fast-check from, and how many samples each of them tries. */
import fc from "fast-check";

/** The script test:all sets it: all samples, and the whole fault matrix. */
export const EVERYTHING = process.env["PULUMI_CJA_TEST_EVERYTHING"] === "1";

/** `all` of them in `npm run test:all`, a tenth of it (but not less than ten) everywhere else. */
export const samples = (all: number): number => (EVERYTHING ? all : Math.min(all, Math.max(10, Math.ceil(all / 10))));

fc.configureGlobal({ numRuns: samples(100) });

export { fc };
