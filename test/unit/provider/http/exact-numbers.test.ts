import { parseErrorBody, UnexpectedAnswerError } from "../../../../provider/http/errors";
import { ExactNumber, isExactNumber, readJson } from "../../../../definition/json";
import { parseJob } from "../../../../provider/segment-job/answers";
import { parseSegment } from "../../../../provider/segment/answers";
import { answer } from "./scripted-server";
import { create, failure, list, stopServers, world } from "./transport-world";

afterEach(stopServers);

const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

test("an answer keeps the numbers that JavaScript cannot hold", async () => {
  const { transport } = await world([answer(200, '{"num":9007199254740993,"same":12,"big":[1e400,-0]}')]);
  const { data } = await transport.send(list);
  expect(data).toEqual(readJson('{"num":9007199254740993,"same":12,"big":[1e400,-0]}'));
  expect(isExactNumber((data as { num: unknown }).num)).toBe(true);
});

test.each([2_000, 200_000])("an answer of %d levels is an error that says so", async (levels) => {
  const { transport } = await world([answer(200, deep(levels)), answer(200, deep(levels)), answer(200, deep(levels))]);
  const error = await failure(transport.send(list));
  expect(error).toBeInstanceOf(UnexpectedAnswerError);
  expect(error.message).toMatch(
    /^Could not list segments \(GET \/segments\): the answer is JSON, but it is nested deeper than 1000 levels/,
  );
});

test.each([200_000])("a refusal of %d levels is the refusal that it is", async (levels) => {
  const { transport } = await world([answer(400, deep(levels))]);
  expect((await failure(transport.send(list))).message).toMatch(/400 Bad Request/);
});

test("a request with such a number is not sent", async () => {
  const { server, transport } = await world([answer(200)]);
  const body = { definition: { num: new ExactNumber("9007199254740993") } };
  expect((await failure(transport.send({ ...create, body }))).message).toMatch(
    /the number 9007199254740993 has more digits.*, so it cannot be sent unchanged\. Nothing was sent/,
  );
  expect(server.received).toEqual([]);
});

test("a refusal's numbers are told as they are", () => {
  const code = readJson('{"code":90071992547409931234}');
  expect(parseErrorBody(400, code)).toEqual({ code: "90071992547409931234" });
  expect(parseErrorBody(400, readJson('{"odd":[9007199254740993]}'))).toEqual({
    message: '{"odd":[9007199254740993]}',
  });
});

test("an ID of many digits is the same as text", () => {
  const segment = parseSegment(readJson('{"id":"s1","owner":{"id":9007199254740993}}'), () => undefined);
  expect(segment?.owner?.id).toBe("9007199254740993");
});

test("a figure that cannot be held is told with its number, and left out alone", () => {
  const told: string[] = [];
  const job = parseJob(
    readJson(`{"id":"j","status":"SUCCEEDED","creationTime":1e400,"metrics":{"totalProfiles":9007199254740993,
      "segmentedProfileCounter":{"a":1,"b":-0},"ofTomorrow":{"x":[1,{"y":9007199254740993}],"z":3}}}`),
    (name, expected) => void told.push(`${name}: ${expected}`),
  );
  const found = (number: string) => `expected a number that JavaScript can hold, found the number ${number}`;
  expect(told).toEqual([
    `metrics.totalProfiles: ${found("9007199254740993")}`,
    `metrics.segmentedProfileCounter.b: ${found("-0")}`,
    `metrics.ofTomorrow.x[1].y: ${found("9007199254740993")}`,
    `creationTime: ${found("1e400")}`,
  ]);
  expect(JSON.parse(JSON.stringify(job))).toEqual({
    ...{ id: "j", status: "SUCCEEDED", segmentIds: [] },
    metrics: { segmentedProfileCounter: { a: 1 }, ofTomorrow: { z: 3 } },
  });
});
