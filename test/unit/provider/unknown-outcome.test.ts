import { NetworkError, OutcomeUnknownError, ServiceError, UnexpectedAnswerError } from "../../../provider/http/errors";
import { sendWithoutDuplicates } from "../../../provider/unknown-outcome";
import { InstantClock } from "./http/virtual-clock";

const POST = { operation: "make a thing", method: "POST", path: "/things" };
const ANSWER_MS = 60_000;

/** How the service treats a request, and how long it takes. */
interface Treatment {
  readonly error?: (at: number) => Error;
  readonly takesMs?: number;
  /** Whether the thing is there when it is looked for. */
  readonly made?: true;
  /** Another one has it already. */
  readonly taken?: true;
}

const unknown =
  (status: number | undefined, cause: Error, answered = true, retryAfter?: number) =>
  (at: number) =>
    new OutcomeUnknownError({ ...POST, status, cause, sent: { at, answered, retryAfter } });
const answers = (status: number, retryAfter?: number) => ({
  error: unknown(status, new ServiceError({ ...POST, status }), status !== 504, retryAfter),
});
const reset = { error: unknown(undefined, new NetworkError(POST), false) };
const silence = { ...reset, takesMs: ANSWER_MS };
const page = { error: unknown(200, new UnexpectedAnswerError(POST)) };
const done: Treatment = {};

async function made(...treatments: readonly Treatment[]) {
  const clock = new InstantClock();
  const began = clock.now();
  const events: string[] = [];
  const seconds = () => Math.round((clock.now() - began) / 1000);
  let sent = 0;
  let isThere = false;
  const ended = await sendWithoutDuplicates<string>(
    { clock, random: () => 0.5, requestTimeoutMs: ANSWER_MS },
    {
      operation: "make a thing",
      async send() {
        const treatment = treatments[Math.min(sent, treatments.length - 1)] ?? {};
        const { error, takesMs = 0, made: done = false, taken = false } = treatment;
        const at = clock.now();
        events.push(`POST ${seconds()}`);
        sent += 1;
        clock.time += takesMs;
        isThere ||= done;
        if (error) throw error(at);
        return taken ? undefined : "made";
      },
      async findResult() {
        events.push(`look ${seconds()}`);
        return isThere ? "found" : undefined;
      },
      onUnknownOutcome: () => undefined,
    },
  ).catch((error: unknown) => error);
  return { ended, events, sends: events.filter((event) => event.startsWith("POST")) };
}

test("two 500s in a row are each looked for, shortly, and do not end it", async () => {
  const { ended, events } = await made(answers(500), answers(500), done);
  expect(ended).toBe("made");
  expect(events).toEqual([
    ...["POST 0", "look 0", "look 2", "look 7"],
    ...["POST 7", "look 7", "look 9", "look 14"],
    "POST 14",
  ]);
});

test.each<[string, Treatment]>([
  ["an answered failure", answers(502)],
  ["no answer", silence],
  ["a broken connection", reset],
])("what was made is found after %s, and nothing is sent again", async (_, treatment) => {
  const { ended, sends } = await made({ ...treatment, made: true });
  expect([ended, sends]).toEqual(["found", ["POST 0"]]);
});

test.each<[string, readonly Treatment[], string[]]>([
  ["a broken connection is looked for as long as an answer may take", [reset, done], ["POST 0", "POST 60"]],
  ["so is the 504 of a gateway, whose service may be at work", [answers(504), done], ["POST 0", "POST 60"]],
  ["an answer that never came was waited for already", [silence, done], ["POST 0", "POST 67"]],
  ["a service that names a time is left alone until then", [answers(503, 30_000), done], ["POST 0", "POST 30"]],
  ["a page of HTML is taken for a hiccup twice", [page, page, done], ["POST 0", "POST 7", "POST 14"]],
])("%s", async (_, treatments, sends) => {
  expect(await made(...treatments)).toMatchObject({ ended: "made", sends });
});

test.each<[string, Treatment, number, number]>([
  ["500s end it after two minutes", answers(500), 10, 20],
  ["504s", answers(504), 2, 2],
  ["broken connections", reset, 2, 2],
  ["silence", silence, 2, 2],
  ["a page", page, 3, 3],
  ["a status that no read is repeated for", answers(501), 1, 1],
  ["a time that is too far away", answers(503, 3_600_000), 1, 1],
])("%s", async (_, treatment, least, most) => {
  const { ended, sends, events } = await made(treatment);
  expect(ended).toBeInstanceOf(OutcomeUnknownError);
  expect(sends.length).toBeGreaterThanOrEqual(least);
  expect(sends.length).toBeLessThanOrEqual(most);
  expect(Number(sends.at(-1)?.split(" ")[1])).toBeLessThanOrEqual(120);
  // What the last one may have made is looked for, too.
  expect(events.at(-1)).toMatch(/^look /);
});

test.each<[string, readonly Treatment[], string, string[]]>([
  ["what it had lost is there", [{ taken: true, made: true }], "found", ["POST 0", "look 0"]],
  ["what it had lost was never made", [{ taken: true }, done], "made", ["POST 0", "look 0", "POST 0"]],
])("where another one has taken it, and %s", async (_, treatments, ended, events) => {
  expect(await made(...treatments)).toMatchObject({ ended, events });
});

test("what others take again and again is not sent for ever", async () => {
  const { ended, sends } = await made({ taken: true });
  expect(String(ended)).toMatch(
    /Could not make a thing: other runs.* took over all 3 that this run created\. Run pulumi up again/,
  );
  expect(sends).toHaveLength(3);
});

test("where nobody can look nothing is sent again", async () => {
  const clock = new InstantClock();
  let sends = 0;
  const request = {
    operation: "make a thing",
    async send(): Promise<string> {
      sends += 1;
      throw answers(500).error(clock.now());
    },
    async findResult(error: OutcomeUnknownError | undefined): Promise<string> {
      if (!error) return "found";
      throw error.withFailedSearch(new Error("no listing"));
    },
    onUnknownOutcome: () => undefined,
  };
  const work = sendWithoutDuplicates({ clock, random: () => 0.5, requestTimeoutMs: ANSWER_MS }, request);
  await expect(work).rejects.toThrow(/The check in this run failed: no listing/);
  expect(sends).toBe(1);
});
