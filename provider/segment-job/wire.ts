import { z } from "zod";
import { idText } from "../http/id-text";
import type { Job, JobError } from "./job";
import { parseMetrics } from "./metrics";
import { asObject, field, present, type Complain } from "../http/wire-field";

const text = z.string();
const segments = z
  .array(z.looseObject({ segmentId: text }))
  .transform((list) => list.map(({ segmentId }) => segmentId));

/** `callStack` is left out: it fills the state of a stack with the service's inner names and helps nobody. */
const jobError = z
  .looseObject({ code: idText.nullish(), msg: text.nullish() })
  .transform((e): JobError => present<JobError>({ code: e.code ?? undefined, msg: e.msg ?? undefined }));

/** @returns undefined when the answer is no object, or without ID or status: then nothing in it can be used. */
export function parseJob(answer: unknown, complain: Complain): Job | undefined {
  const body = asObject(answer);
  if (!body) return undefined;
  const id = field(body, ["id"], text.min(1), complain);
  const status = field(body, ["status"], text.min(1), complain);
  if (id === undefined || status === undefined) return undefined;
  const sandbox = field(body, ["sandbox"], z.looseObject({ sandboxName: text.nullish() }), complain);
  const schema = field(body, ["schema"], z.looseObject({ name: text.nullish() }), complain);
  return present<Job>({
    id,
    status,
    segmentIds: field(body, ["segments"], segments, complain) ?? [],
    orgId: field(body, ["imsOrgId"], text, complain),
    sandboxName: sandbox?.sandboxName ?? undefined,
    source: field(body, ["source"], text, complain),
    schemaName: schema?.name ?? undefined,
    batchId: field(body, ["batchId"], text, complain),
    requestId: field(body, ["requestId"], text, complain),
    metrics: parseMetrics(body["metrics"], complain),
    errors: field(body, ["errors"], z.array(jobError), complain),
    creationTime: field(body, ["creationTime"], z.number(), complain),
    updateTime: field(body, ["updateTime"], z.number(), complain),
  });
}
