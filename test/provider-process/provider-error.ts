import { Metadata, status, type ServiceError } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";

export type Properties = Record<string, unknown>;

/** What a provider process answered instead of a result. The message is what the engine would print. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";

  constructor(
    message: string,
    /** What exists though its start failed; the engine keeps it in state. */
    readonly started: { id: string; properties: Properties; reasons: string[] } | undefined,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Reads an error of gRPC as the engine does. An answer that never came (the process is dead) is none of the provider's: it stays as it is. */
export function providerError(error: ServiceError): Error {
  const metadata: unknown = error.metadata;
  const [details] = metadata instanceof Metadata ? metadata.get("grpc-status-details-bin") : [];
  const answered: boolean = error.code === status.UNKNOWN;
  if (!answered) return error;
  return new ProviderError(error.details, Buffer.isBuffer(details) ? startedButFailed(details) : undefined, {
    cause: error,
  });
}

function startedButFailed(details: Buffer): ProviderError["started"] {
  const [packed] = Status.deserializeBinary(details).getDetailsList();
  const failed = packed?.unpack((bytes) => ErrorResourceInitFailed.deserializeBinary(bytes), INIT_FAILED);
  if (!failed) return undefined;
  const properties = (failed.getProperties()?.toJavaScript() ?? {}) as Properties;
  return { id: failed.getId(), properties, reasons: failed.getReasonsList() };
}

const INIT_FAILED = "pulumirpc.ErrorResourceInitFailed";
