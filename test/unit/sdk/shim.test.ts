import { SEGMENT_JOB_PROVIDER, SEGMENT_PROVIDER } from "../../../sdk/shim";

test("the text that stands in every state file stays as it is, to the letter", () => {
  expect(SEGMENT_PROVIDER).toBe('exports.handler = () => require("pulumi-cja/provider").segment');
  expect(SEGMENT_JOB_PROVIDER).toBe('exports.handler = () => require("pulumi-cja/provider").segmentJob');
});
