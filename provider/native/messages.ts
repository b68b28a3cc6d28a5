import { Metadata, status, type handleUnaryCall, type ServerErrorResponse } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { Values } from "../lifecycle";
import { toPlainJson } from "../resource-steps";

/** Plain values of a message. */
export const valuesOf = (struct: Struct | undefined): Values => struct?.toJavaScript() ?? {};

/** A message of plain values. */
export const structOf = (values: Values): Struct =>
  Struct.fromJavaScript(toPlainJson(values) as Record<string, JavaScriptValue>);

/** A method of the service. It answers an error in the form that the engine reads. */
export const answering =
  <Request, Answer>(answer: (request: Request) => Promise<Answer> | Answer): handleUnaryCall<Request, Answer> =>
  (call, callback) =>
    void (async () => answer(call.request))().then(
      (message) => callback(null, message),
      (error: unknown) => callback(error instanceof InitFailedError ? error.response : failed(error)),
    );

const failed = (error: unknown): ServerErrorResponse =>
  Object.assign(new Error(error instanceof Error ? error.message : String(error)), { code: status.UNKNOWN });

/** The resource exists now, but is not what the program asked for: the engine keeps it in state, with the reasons. */
export class InitFailedError extends Error {
  readonly response: ServerErrorResponse;

  constructor(id: string, state: Values, reasons: readonly string[]) {
    super(reasons.join("\n"));
    const detail = new ErrorResourceInitFailed();
    detail.setId(id);
    detail.setProperties(structOf(state));
    detail.setReasonsList([...reasons]);
    const packed = new Any();
    packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const message = new Status();
    message.setCode(status.UNKNOWN);
    message.setMessage(this.message);
    message.addDetails(packed);
    const metadata = new Metadata();
    metadata.set("grpc-status-details-bin", Buffer.from(message.serializeBinary()));
    this.response = Object.assign(failed(this), { metadata });
  }
}
