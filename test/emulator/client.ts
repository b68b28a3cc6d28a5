import { startEmulator, type Emulator, type EmulatorOptions } from "../../emulator";

/** The fields that tests read of answers; an answer has those of its kind. */
export interface AnswerBody {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly definition: unknown;
  readonly owner: object;
  readonly tags: readonly object[];
  readonly created: string;
  readonly modified: string;
  readonly valid: boolean;
  readonly message: string;
  readonly errors: unknown;
  readonly totalElements: number;
  readonly lastPage: boolean;
  readonly content: readonly AnswerBody[];
  readonly children: readonly AnswerBody[];
  readonly results: Readonly<Record<string, AnswerBody>>;
  readonly status: string;
  readonly requestId: string;
  readonly creationTime: number;
  readonly updateTime: number;
  readonly segments: readonly object[];
  readonly metrics: object;
  readonly _page: object;
  readonly _links: { readonly next: { readonly href?: string } };
  readonly title: string;
  readonly error_code: string;
  readonly errorCode: string;
  readonly errorDescription: string;
  readonly access_token: string;
  readonly error: string;
}

export interface Answer {
  readonly status: number;
  /** Parsed JSON, or the text where it is none. */
  readonly body: AnswerBody;
  /** What a list holds, whatever the form of the list. */
  readonly list: readonly AnswerBody[];
  readonly headers: Headers;
}

export interface CallOptions {
  readonly headers?: Record<string, string>;
  /** Headers that are left out. */
  readonly without?: readonly string[];
  readonly signal?: AbortSignal;
}

export type Call = (method: string, path: string, body?: unknown, options?: CallOptions) => Promise<Answer>;

/** An emulator with a manual clock and no limits, and a way to call it with everything that its gateway wants. */
export async function openEmulator(options: EmulatorOptions = {}): Promise<{ emulator: Emulator; call: Call }> {
  const emulator = await startEmulator({ limits: false, clock: "manual", ...options });
  const { access_token } = emulator.control.issueToken();
  const headers = {
    authorization: `Bearer ${access_token}`,
    "x-api-key": emulator.environment.CJA_CLIENT_ID,
    "x-gw-ims-org-id": emulator.environment.CJA_ORG_ID,
    "x-sandbox-name": "prod",
    "content-type": "application/json",
  };
  const call: Call = async (method, path, body, { headers: more = {}, without = [], signal } = {}) => {
    const sent = Object.entries({ ...headers, ...more }).filter(([name]) => !without.includes(name));
    const content = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
    const response = await fetch(emulator.url + path, {
      method,
      headers: Object.fromEntries(sent),
      ...content,
      ...(signal && { signal }),
    });
    const answered = parsed(await response.text());
    return { status: response.status, headers: response.headers, body: answered as AnswerBody, list: listOf(answered) };
  };
  return { emulator, call };
}

/** Runs a test on an emulator of its own, which is closed whatever happens. */
export async function withEmulator(
  options: EmulatorOptions,
  test: (ground: { emulator: Emulator; call: Call }) => Promise<void>,
): Promise<void> {
  const ground = await openEmulator(options);
  await test(ground).finally(() => ground.emulator.close());
}

/** Lets the event loop turn until the condition holds; throws when it does not come to hold. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 20_000; turn++) {
    if (await condition()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error("what was waited for has not come");
}

/** A token request as IMS wants it. */
export function tokenRequest(emulator: Emulator, change: Record<string, string> = {}): Promise<Response> {
  const form = {
    grant_type: "client_credentials",
    client_id: emulator.environment.CJA_CLIENT_ID,
    client_secret: emulator.environment.CJA_CLIENT_SECRET,
    ...change,
  };
  return fetch(`${emulator.url}/ims/token/v3`, { method: "POST", body: new URLSearchParams(form) });
}

export const jobsPath = "/data/core/ups/segment/jobs";

export const page = { func: "attr", name: "variables/page" };
export const pageIsHome = { func: "streq", str: "home", val: page };

export const definitionOf = (pred: unknown, context = "hits"): Record<string, unknown> => ({
  func: "segment",
  version: [1, 0, 0],
  container: { func: "container", context, pred },
});
export const definition = definitionOf(pageIsHome);

export const anyText: unknown = expect.any(String);
export const anyNumber: unknown = expect.any(Number);

export const idsOf = (list: readonly { id: string }[]): string[] => list.map((item) => item.id);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function listOf(answered: unknown): readonly AnswerBody[] {
  if (Array.isArray(answered)) return answered as AnswerBody[];
  const { content, children } = Object(answered) as Partial<AnswerBody>;
  return content ?? children ?? [];
}
