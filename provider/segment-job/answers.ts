import { z } from "zod";
import type { Job, JobError } from "./job";
import { parseMetrics } from "./metrics";
import { asObject, readField, idText, withoutUndefined, type OnBadField } from "../http/answer-fields";

const text = z.string();
const segments = z
  .array(z.looseObject({ segmentId: text }))
  .transform((list) => list.map(({ segmentId }) => segmentId));

/** `callStack` is left out: it fills the state of a stack with the service's inner names and helps nobody. */
const jobError = z
  .looseObject({ code: idText.nullish(), msg: text.nullish() })
  .transform((e): JobError => withoutUndefined<JobError>({ code: e.code ?? undefined, msg: e.msg ?? undefined }));

/** @returns undefined when the answer is no object, or without ID or status: then nothing in it can be used. */
export function parseJob(answer: unknown, onBadField: OnBadField): Job | undefined {
  const body = asObject(answer);
  if (!body) return undefined;
  const id = readField(body, ["id"], text.min(1), onBadField);
  const status = readField(body, ["status"], text.min(1), onBadField);
  if (id === undefined || status === undefined) return undefined;
  const sandbox = readField(body, ["sandbox"], z.looseObject({ sandboxName: text.nullish() }), onBadField);
  const schema = readField(body, ["schema"], z.looseObject({ name: text.nullish() }), onBadField);
  return withoutUndefined<Job>({
    id,
    status,
    segmentIds: readField(body, ["segments"], segments, onBadField) ?? [],
    orgId: readField(body, ["imsOrgId"], text, onBadField),
    sandboxName: sandbox?.sandboxName ?? undefined,
    source: readField(body, ["source"], text, onBadField),
    schemaName: schema?.name ?? undefined,
    batchId: readField(body, ["batchId"], text, onBadField),
    requestId: readField(body, ["requestId"], text, onBadField),
    metrics: parseMetrics(body["metrics"], onBadField),
    errors: readField(body, ["errors"], z.array(jobError), onBadField),
    creationTime: readField(body, ["creationTime"], z.number(), onBadField),
    updateTime: readField(body, ["updateTime"], z.number(), onBadField),
  });
}
