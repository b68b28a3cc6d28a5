/** Programs for the engine, as text. */
import { doNothingText } from "./do-nothing";

const lines = <T>(all: readonly T[], line: (args: string, i: number) => string) =>
  all.map((args, i) => line(JSON.stringify(args), i)).join("\n");

/**
 * One segment for each of the arguments.
 *
 * @param entry where the class comes from
 */
export const segmentProgram = (all: readonly object[], entry = "pulumi-cja"): string => `
const cja = require("${entry}");
${lines(all, (args, i) => `new cja.Segment("segment-${i}", ${args});`)}
`;

/** One job for each of the arguments. */
export const jobProgram = (all: readonly object[]): string => `
const cja = require("pulumi-cja");
${lines(all, (args, i) => `new cja.SegmentJob("job-${i}", ${args});`)}
`;

/**
 * As many resources that do nothing, with the same properties and a provider text as short: what the engine itself and its
 * dynamic provider host cost, whatever the provider does.
 *
 * @param provider the file that the code stands in
 */
export const nothingProgram = (all: readonly object[], provider: string): string => `
const pulumi = require("@pulumi/pulumi");
const __provider = ${JSON.stringify(doNothingText(provider))};
class Nothing extends pulumi.CustomResource {
  constructor(name, args) {
    const outputs = { orgId: undefined, dataViewName: undefined, owner: undefined, compatibility: undefined, created: undefined, modified: undefined };
    super("pulumi-nodejs:dynamic/bench:Nothing", name, { ...outputs, ...args, __provider });
  }
}
${lines(all, (args, i) => `new Nothing("nothing-${i}", ${args});`)}
`;
