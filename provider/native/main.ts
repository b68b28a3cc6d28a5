import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { thisProcess } from "../state/engine-process";
import { exitOnSignal, exitWithEngine } from "../state/exit-with-engine";
import { Plugin } from "./plugin";

/** gRPC's own limit would refuse a very long definition. */
const UNLIMITED = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

/**
 * Serves the plugin `cja`, and prints the port for the engine to read.
 *
 * @param folder where the executable and its schema are.
 */
export function serve(folder: string): void {
  const args = process.argv.slice(2);
  const plugin = new Plugin({
    folder,
    args,
    environment: process.env,
    print: (line) => void process.stderr.write(`${line}\n`),
  });
  exitWithEngine(thisProcess(process.pid, args), () => process.exit(1));
  exitOnSignal(
    () => plugin.endAllAnswered(),
    () => process.exit(),
  );
  const server = new Server(UNLIMITED);
  server.addService(ResourceProviderService, plugin.methods);
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
}
