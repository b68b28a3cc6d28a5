import { runtime } from "@pulumi/pulumi";
import { DEFAULT_MAX_SEGMENTS } from "../../../model";
import { maxSegmentsPerJob } from "../../../sdk/max-segments";

const variable = "CJA_MAX_SEGMENTS_PER_JOB";

afterEach(() => {
  delete process.env[variable];
  runtime.setAllConfig({});
});

test.each([
  ["nothing", undefined, undefined, DEFAULT_MAX_SEGMENTS],
  ["the config", undefined, "10", 10],
  ["the environment", "20", undefined, 20],
  ["both, of which the environment counts", "20", "10", 20],
  ["an empty environment, as CI systems pass what is not set", "", "10", 10],
  ["what is no count, which the provider reports", "many", undefined, DEFAULT_MAX_SEGMENTS],
  ["zero, which the provider reports", "0", "10", DEFAULT_MAX_SEGMENTS],
])("%s", (_what, environment, config, limit) => {
  if (environment !== undefined) process.env[variable] = environment;
  if (config !== undefined) runtime.setAllConfig({ "cja:maxSegmentsPerJob": config });
  expect(maxSegmentsPerJob()).toBe(limit);
});
