import { gzipSync } from "node:zlib";
import * as errors from "../../../../provider/http/errors";
import { answer, type Step } from "./scripted-server";
import { connect, create, failure, list, serve, stopServers, world } from "./transport-world";

afterEach(stopServers);

/** As a service of Adobe's says it. */
const GONE = { errorCode: "resource_not_found", errorDescription: "Segment s1 was not found", errorId: "e-1" };

describe("a request", () => {
  test("carries what Adobe wants, and its own headers", async () => {
    const { server, transport } = await world([answer(200)]);
    await transport.send({
      ...create,
      headers: { "x-sandbox-name": "prod", "x-request-id": "mine" },
      query: { expansion: "definition,tags", rsid: "dv 1/ä", limit: 5, page: undefined, sort: "id:desc" },
    });
    expect(server.received).toMatchObject([
      {
        method: "POST",
        url: "/segments?expansion=definition,tags&rsid=dv%201%2F%C3%A4&limit=5&sort=id:desc",
        body: '{"name":"Mobile"}',
        headers: {
          authorization: "Bearer given-token",
          "x-api-key": "client-1",
          "x-gw-ims-org-id": "1234@AdobeOrg",
          "x-sandbox-name": "prod",
          "x-request-id": "mine",
          accept: "application/json",
          "accept-encoding": "gzip",
          "content-type": "application/json",
          "user-agent": "pulumi-cja/test",
        },
      },
    ]);
  });

  test("without a body has no content type", async () => {
    const { server, transport } = await world([answer(200)]);
    await transport.send(list);
    expect(server.received[0]?.headers).not.toHaveProperty("content-type");
    expect(server.received[0]?.body).toBe("");
  });

  test("keeps a base path, whether it ends with a slash or not", async () => {
    const server = await serve([answer(200), answer(200)]);
    await connect(`${server.url}/data/core/ups/`).transport.send(list);
    await connect(`${server.url}/data/core/ups`).transport.send(list);
    expect(server.received.map(({ url }) => url)).toEqual(["/data/core/ups/segments", "/data/core/ups/segments"]);
  });

  test("goes over a kept connection if it may be repeated, else over one of its own", async () => {
    const { server, transport } = await world(Array<Step>(5).fill(answer(200)));
    for (const request of [list, list, create, create, list]) await transport.send(request);
    expect(server.received.map(({ connection }) => connection)).toEqual([1, 1, 2, 3, 1]);
  });

  test("to this machine does not go through a proxy", async () => {
    const { transport } = await world([answer(200, { fine: true })]);
    const before = process.env["http_proxy"];
    process.env["http_proxy"] = "http://127.0.0.1:9";
    try {
      expect((await transport.send(list)).data).toEqual({ fine: true });
    } finally {
      if (before === undefined) delete process.env["http_proxy"];
      else process.env["http_proxy"] = before;
    }
  });

  test("that is absurdly large is not sent", async () => {
    const { server, transport } = await world([]);
    const error = await failure(transport.send({ ...create, body: "x".repeat(17 * 1024 * 1024) }));
    expect(error).toBeInstanceOf(errors.InvalidRequestError);
    expect(server.received).toHaveLength(0);
  });

  test.each([
    ["cja:clientId", { apiKey: undefined }],
    ["cja:orgId", { orgId: "" }],
  ])("is not sent without %s", async (setting, options) => {
    const { server, transport } = await world([], options);
    const error = await failure(transport.send(list));
    expect(error).toMatchObject({ name: "CredentialsMissingError", setting });
    expect(server.received).toHaveLength(0);
  });

  test("that cannot be built fails with advice, and is not repeated", async () => {
    const { clock, transport } = connect("cja.adobe.io");
    expect((await failure(transport.send(list))).message).toMatch(
      /Invalid URL.*Nothing was sent\. Check the URL settings/,
    );
    expect(clock.slept).toEqual([]);
  });
});

describe("an answer", () => {
  const zipped: Step = (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    response.end(gzipSync('{"id":"s1"}'));
  };
  test.each<[string, Step, object]>([
    [
      "of JSON",
      answer(200, { id: "s1" }, { "x-request-id": "r-1" }),
      { status: 200, data: { id: "s1" }, requestId: "r-1" },
    ],
    ["in gzip", zipped, { status: 200, data: { id: "s1" } }],
    ["with several results", answer(207, { results: {} }), { status: 207, data: { results: {} } }],
    ["without a body", answer(204, ""), { status: 204, data: undefined }],
    ["of an empty 200", answer(200, ""), { status: 200, data: undefined }],
    ["of an accepted status", answer(404, GONE), { status: 404, data: GONE, requestId: "e-1" }],
    ["of an accepted status that has no words of its own", answer(400, ""), { status: 400, data: undefined }],
  ])("%s is passed on", async (_, step, expected) => {
    const { transport } = await world([step]);
    expect(await transport.send({ ...list, acceptedStatuses: [404, 400] })).toMatchObject(expected);
  });

  test.each<[number, unknown, new (failure: errors.Failure) => errors.CjaError]>([
    [400, { errorCode: "invalid_data" }, errors.InvalidRequestError],
    [403, { error_code: "403025", message: "Profile is not valid" }, errors.PermissionError],
    [404, GONE, errors.NotFoundError],
    [405, {}, errors.InvalidRequestError],
    [422, { title: "exists" }, errors.InvalidRequestError],
  ])("%i is a refusal: no repetition, whether the request may be repeated or not", async (status, body, type) => {
    for (const request of [list, create]) {
      const { server, transport } = await world([answer(status, body, { "x-request-id": "r-7" })]);
      const error = await failure(transport.send(request));
      expect(error.constructor).toBe(type);
      expect(error).toMatchObject({ status, requestId: "r-7" });
      expect(error.message).toContain(`Could not ${request.operation} (${request.method} /segments)`);
      expect(server.received).toHaveLength(1);
    }
  });

  test.each<[string, Step]>([
    ["a 404 page of some web server", answer(404, "<html><title>Not Found</title></html>")],
    ["a 404 text of some web server", answer(404, "404 Not Found")],
    ["a 404 without a body, as of a proxy", answer(404, "")],
    ["a 404 with the JSON of another service", answer(404, { message: "Not Found" })],
    ["a 404 with a bare error", answer(404, { error: { code: 404, message: "Not Found" } })],
    ["a 404 of the gateway, which finds no route", answer(404, { error_code: "404000", message: "Not Found" })],
    ["a 404 as of any web framework", answer(404, { type: "about:blank", title: "Not Found", status: 404 })],
    ["a redirect", answer(302, "", { location: "/elsewhere" })],
    ["a permanent redirect", answer(308, { a: 1 }, { location: "https://example.com/" })],
  ])("%s is not the API's: the URL setting is named, nothing passes for gone, nobody is followed", async (_, step) => {
    for (const request of [list, create]) {
      const { server, transport } = await world([step, answer(200)]);
      const error = await failure(transport.send({ ...request, acceptedStatuses: [404] }));
      expect(error).toBeInstanceOf(errors.UnexpectedAnswerError);
      expect(error.message).toContain(`Check cja:cjaUrl (CJA_URL), which is ${server.url}`);
      expect(server.received).toHaveLength(1);
    }
  });
});
