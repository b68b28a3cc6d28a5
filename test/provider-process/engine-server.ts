/** As much of an engine as a provider process can tell: a port that listens, and takes what is logged to it. */
import { Server, ServerCredentials, type handleUnaryCall } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogSeverity, type LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

export interface EngineServer {
  /** What a provider process gets as its argument: `127.0.0.1:PORT`. */
  readonly address: string;
  /** From now on nobody listens there, as after the engine's death. */
  stop(): void;
}

export async function startEngineServer(onLog: (line: string) => void): Promise<EngineServer> {
  const server = new Server();
  const log: handleUnaryCall<LogRequest, Empty> = (call, answer) => {
    const isWarning = call.request.getSeverity() === LogSeverity.WARNING;
    onLog(`${isWarning ? "warning: " : ""}${call.request.getMessage()}`);
    answer(null, new Empty());
  };
  server.addService(EngineService, { log });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { address: `127.0.0.1:${port}`, stop: () => server.forceShutdown() };
}
