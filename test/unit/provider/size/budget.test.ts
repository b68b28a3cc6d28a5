import { InvalidRequestError, NetworkError, PermissionError, ServiceError } from "../../../../provider/http/errors";
import { SizeBudget } from "../../../../provider/size/budget";

const failure = { operation: "count", method: "POST", path: "/reports" };
const refused = () =>
  Promise.reject(new InvalidRequestError({ ...failure, status: 400, code: "invalid_data", serviceMessage: "bad" }));

test("after the limit nothing is sent, and the reason names the option", async () => {
  const budget = new SizeBudget(2);
  let sent = 0;
  const send = () => Promise.resolve((sent += 1));
  expect(await budget.spend(send)).toEqual({ answer: 1 });
  expect(await budget.spend(send)).toEqual({ answer: 2 });
  expect(await budget.spend(send)).toEqual({ unknown: "the limit of 2 reports is reached (--max-reports)" });
  expect([sent, budget.requests]).toEqual([2, 2]);
});

test("what is wrong with one request, or takes too long, does not stop the others", async () => {
  const budget = new SizeBudget(9);
  expect(await budget.spend(refused)).toMatchObject({ unknown: "Adobe answered 400, invalid_data: bad" });
  expect(await budget.spend(() => Promise.reject(new ServiceError({ ...failure, status: 504 })))).toMatchObject({
    unknown: "it took Adobe too long; simplify the rule, or take a shorter range",
  });
  expect(await budget.spend(() => Promise.resolve(1))).toEqual({ answer: 1 });
});

test("where Adobe does not let us, or is down, nobody asks again", async () => {
  const budget = new SizeBudget(9);
  await budget.spend(() =>
    Promise.reject(new PermissionError({ ...failure, status: 403, serviceMessage: "no reports" })),
  );
  const again = () => Promise.reject(new Error("asked again"));
  expect(await budget.spend(again)).toEqual({ unknown: "Adobe answered 403, no reports" });
});

test("one request without an answer may have been too large; after the second in a row nobody asks again", async () => {
  const silent = () => Promise.reject(new NetworkError({ ...failure, happened: "no answer within 60 s" }));
  const budget = new SizeBudget(9);
  for (const answered of [true, false]) {
    expect(await budget.spend(silent)).toMatchObject({ unknown: "no answer within 60 s" });
    if (answered) expect(await budget.spend(() => Promise.resolve(1))).toEqual({ answer: 1 });
  }
  expect(await budget.spend(silent)).toMatchObject({ unknown: "no answer within 60 s" });
  const again = () => Promise.reject(new Error("asked again"));
  expect(await budget.spend(again)).toEqual({ unknown: "no answer within 60 s" });
});

test("a mistake of ours is no reason", async () => {
  await expect(new SizeBudget(1).spend(() => Promise.reject(new TypeError("x")))).rejects.toThrow(TypeError);
});
