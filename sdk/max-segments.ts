import * as pulumi from "@pulumi/pulumi";
import { parseSettings } from "../model/settings/settings";

/** The setting `cja:maxSegmentsPerJob`, for the check in the program. A value that is no count is reported by the provider. */
export function maxSegmentsPerJob(): number {
  const config = { "cja:maxSegmentsPerJob": new pulumi.Config("cja").get("maxSegmentsPerJob") };
  return parseSettings(config, process.env).settings.maxSegmentsPerJob;
}
