import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { deviceIs } from "../engine/programs";
import { Host } from "./host";
import { Resource } from "./resource";

// A URL that leads elsewhere, or a proxy that answers for the API: what it says of a segment is nothing that the service says. Real
// provider processes; the engine does the same in test/engine/not-the-api.test.ts.

const definition = deviceIs("Phone");
const SEGMENTS = ["Mobile", "Tablet"].map((name) => ({ name, dataViewId: "dv_dev", definition }));
const ADOBES = '{"errorCode":"resource_not_found","errorDescription":"not found","errorId":"e-1"}';
const RUN = { segmentIds: ["audience-1"], deleteRecord: true };

let host: Host;
let server: Server | undefined;
/** Two segments and an active job. */
const resources = [new Resource("segment"), new Resource("segment"), new Resource("job")];
beforeAll(async () => {
  host = await Host.start();
  const jobTiming = { newMs: 0, queuedMs: 0, processingMs: 3_600_000 };
  host.emulator.control.setJobOutcome({ status: "SUCCEEDED", jobTiming });
  const process = await host.process();
  for (const [i, resource] of resources.entries()) await resource.up(process, SEGMENTS[i] ?? RUN);
}, 120_000);
afterAll(() => host.stop());
afterEach(async () => {
  const ended = server;
  server = undefined;
  ended?.closeAllConnections();
  if (ended) await new Promise((resolve) => ended.close(resolve));
});

/** @returns its URL. */
async function serve(answer: (response: ServerResponse) => void): Promise<string> {
  const made = createServer((_, response) => answer(response));
  server = made;
  // As a proxy that does not know the host.
  made.on("connect", (_, socket) => socket.end("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"));
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`;
}

/** What the service has, and what the engine keeps of it. */
function everything() {
  const { control } = host.emulator;
  return {
    segments: control.segments().map(({ name, deleted }) => [name, deleted]),
    jobs: control.jobs().map(({ status }) => status),
    kept: resources.map(({ kept }) => kept),
  };
}

/** What destroy and refresh of each resource fail with. */
async function failures(settings: Readonly<Record<string, string>>): Promise<string[]> {
  const process = await host.process(settings);
  const told: string[] = [];
  for (const resource of resources) {
    told.push(await failure(resource.destroy(process)));
    told.push(await failure(resource.refresh(process)));
  }
  return told;
}

const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "it has not failed",
    (error: unknown) => (error as Error).message,
  );

const type = (contentType: string, body: string) => (response: ServerResponse) =>
  void response.writeHead(404, { "content-type": contentType }).end(body);

test.each<[string, (response: ServerResponse) => void]>([
  ["nothing", (response) => void response.writeHead(404).end()],
  ["a text", type("text/plain", "404 page not found")],
  ["a page", type("text/html", "<!doctype html><title>Not Found</title>")],
  ["another service's words", type("application/json", '{"message":"Not Found","status":404}')],
  ["Adobe's words, even for a listing", type("application/json", ADOBES)],
])("where everything is answered 404 with %s, nothing is gone", async (_, answer) => {
  const before = everything();
  const url = `${await serve(answer)}/v1`;
  const told = await failures({ CJA_URL: url, CJA_PLATFORM_URL: url });
  expect(everything()).toEqual(before);
  for (const text of told)
    expect(text).toMatch(/^Could not .*(404 Not Found|same cause as the error reported on another resource)/);
  // In full once, with the URL and where it is set.
  expect(told[0]).toContain(`cja:cjaUrl (CJA_URL), which is ${url}`);
  expect(told.join("\n")).toContain(`which is ${url}`);
});

test("a proxy that knows no such host is not the service: nothing is gone", async () => {
  const before = everything();
  const proxy = await serve((response) => void response.writeHead(404).end());
  const urls = { CJA_URL: "https://cja.example", CJA_PLATFORM_URL: "https://platform.example" };
  const told = await failures({ ...urls, HTTPS_PROXY: proxy });
  expect(everything()).toEqual(before);
  for (const text of told) expect(text).toMatch(/whether a proxy answers|reported on another resource/);
  expect(told[0]).toContain("cja:cjaUrl (CJA_URL), which is https://cja.example");
});

test("what the service says of something that is gone still counts", async () => {
  const [first, , job] = resources;
  host.emulator.control.deleteSegment(first?.id ?? "", { purge: true });
  host.emulator.control.forgetJob(job?.id ?? "");
  const process = await host.process();
  for (const resource of resources) await resource.destroy(process);
  expect(everything()).toEqual({ segments: [["Tablet", true]], jobs: [], kept: [undefined, undefined, undefined] });
});
