import { startEmulator } from "../../emulator";
import { at, type Json } from "./json";

/** How the emulator of one statement is started; what is left out is the guide dialect without rate limits. */
export interface PlaceOptions {
  readonly dialect?: "guide" | "reference";
  readonly limits?: boolean;
  /** Whether jobs take the time that they take when nobody sets it, instead of a `step` for each state. */
  readonly usualJobTiming?: boolean;
}

/** One request, as a document prints it. Headers that every request needs are added; `undefined` takes one away. */
export interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON. */
  readonly body?: Json;
  /** Sent as it stands, instead of `body`. */
  readonly text?: string;
  readonly signal?: AbortSignal;
}

/** What came back; `body` is undefined when the text is empty. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Json | undefined;
}

/** A running emulator with a clock that only moves when told to, and a client of its technical account. */
export interface Place {
  /** A request to Adobe's part, with a valid token, key, organisation and (for jobs) sandbox. */
  ask(ask: Ask): Promise<Answer>;
  /** A request to the control part; the answer's body. Throws when it is refused. */
  control(method: string, path: string, body?: Json): Promise<Json | undefined>;
  /** Lets time pass. */
  advance(ms: number): Promise<void>;
  readonly url: string;
  readonly token: string;
  readonly dialect: "guide" | "reference";
}

/** Each state of a job lasts one second here, so that statements can name the second. */
export const step = 1000;

/** The data views that statements name: the guide's own, and a second one. */
export const dataViews = { guide: "example_dataview_id", other: "dv_prod" } as const;

/** The organisation that the client belongs to. */
export const orgId = "EMULATOR@AdobeOrg";

/** The client's API key. */
export const clientId = "emulator";

/** The client's secret. */
export const clientSecret = "emulator-secret";

/**
 * Runs something against an emulator of its own, and closes it, whatever happens.
 *
 * @example await inPlace({ dialect: "reference" }, (place) => place.ask({ path: "/segments" }))
 */
export async function inPlace<T>(options: PlaceOptions, run: (place: Place) => Promise<T>): Promise<T> {
  const emulator = await startEmulator({
    dialect: options.dialect ?? "guide",
    limits: options.limits ?? false,
    clock: "manual",
    dataViews: [dataViews.guide],
    jobTiming: options.usualJobTiming
      ? undefined
      : { newMs: step, queuedMs: step, processingMs: step, cancellingMs: step },
  });
  try {
    const token = await fetchToken(emulator.url);
    const control = async (method: string, path: string, body?: Json) => {
      const answer = await send(emulator.url, {
        method,
        path: `/__emulator${path}`,
        ...(body === undefined ? {} : { body }),
      });
      if (answer.status >= 400) throw new Error(`control ${method} ${path}: ${answer.status} ${answer.text}`);
      return answer.body;
    };
    return await run({
      url: emulator.url,
      token,
      dialect: options.dialect ?? "guide",
      control,
      ask: (ask) => send(emulator.url, { ...ask, headers: { ...usualHeaders(token, ask), ...ask.headers } }),
      advance: async (ms) => {
        await control("POST", "/clock/advance", { ms });
      },
    });
  } finally {
    await emulator.close();
  }
}

async function fetchToken(url: string): Promise<string> {
  const form = {
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
    scope: "openid,AdobeID",
  };
  const answer = await fetch(`${url}/ims/token/v3`, { method: "POST", body: new URLSearchParams(form) });
  const token = at((await answer.json()) as Json, "access_token");
  if (typeof token !== "string") throw new Error(`no token: ${answer.status}`);
  return token;
}

function usualHeaders(token: string, ask: Ask): Record<string, string> {
  return {
    accept: "application/json",
    authorization: `Bearer ${token}`,
    "x-api-key": clientId,
    "x-gw-ims-org-id": orgId,
    ...(ask.path.startsWith("/data/core/ups") ? { "x-sandbox-name": "prod" } : {}),
  };
}

async function send(url: string, ask: Ask): Promise<Answer> {
  const target = new URL(url + ask.path);
  for (const [name, value] of Object.entries(ask.query ?? {})) target.searchParams.set(name, String(value));
  const content = ask.text ?? (ask.body === undefined ? undefined : JSON.stringify(ask.body));
  const headers = new Headers(content === undefined ? {} : { "content-type": "application/json" });
  for (const [name, value] of Object.entries(ask.headers ?? {})) {
    if (value === undefined) headers.delete(name);
    else headers.set(name, value);
  }
  const answer = await fetch(target, {
    method: ask.method ?? "GET",
    headers,
    ...(content === undefined ? {} : { body: content }),
    ...(ask.signal === undefined ? {} : { signal: ask.signal }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: parse(text) };
}

/** Bodies that are no JSON are left as text for the statement to judge. */
function parse(text: string): Json | undefined {
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    if (cause instanceof SyntaxError) return text;
    throw cause;
  }
}
