import { credentials, Metadata } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { parseWarningLine } from "../../model/notices";

/** An engine that is gone refuses at once; one that hangs shall not hold up the end of the process. */
const TIMEOUT_MS = 2_000;

/**
 * What users shall see. Engines hide what a plugin prints, except that of Pulumi's own host of dynamic resources, so each line is sent to the
 * engine's log; without an engine it is printed.
 */
export class EngineLog {
  private client: EngineClient | undefined;
  private readonly underWay = new Set<Promise<void>>();

  /** @param address where the engine listens, `host:port` */
  constructor(
    private readonly printInstead: (line: string) => void,
    address: string | undefined,
  ) {
    this.connect(address);
  }

  connect(address: string | undefined): void {
    this.client?.close();
    this.client = address === undefined ? undefined : new EngineClient(address, credentials.createInsecure());
  }

  readonly print = (line: string): void => {
    const { client } = this;
    if (!client) return this.printInstead(line);
    const sent = send(client, line).catch(() => this.printInstead(line));
    this.underWay.add(sent);
    void sent.finally(() => this.underWay.delete(sent));
  };

  /** Settles when the engine has received all lines. */
  async allReceived(): Promise<void> {
    await Promise.all(this.underWay);
  }
}

function send(client: EngineClient, line: string): Promise<void> {
  const warning = parseWarningLine(line);
  const request = new LogRequest()
    .setSeverity(warning === undefined ? LogSeverity.INFO : LogSeverity.WARNING)
    .setMessage(warning ?? line);
  return new Promise((resolve, reject) =>
    client.log(request, new Metadata(), { deadline: Date.now() + TIMEOUT_MS }, (error) =>
      error ? reject(error) : resolve(),
    ),
  );
}
