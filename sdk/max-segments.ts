import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_MAX_SEGMENTS } from "../model";

/**
 * The setting `cja:maxSegmentsPerJob`, for the check in the program. Empty counts as not given, and a value that is no count
 * is reported by the provider.
 */
export function maxSegmentsPerJob(): number {
  const texts = [process.env["CJA_MAX_SEGMENTS_PER_JOB"], new pulumi.Config("cja").get("maxSegmentsPerJob")];
  const limit = Number(texts.find((text) => text !== undefined && text.trim() !== "") ?? DEFAULT_MAX_SEGMENTS);
  return Number.isInteger(limit) && limit >= 1 ? limit : DEFAULT_MAX_SEGMENTS;
}
