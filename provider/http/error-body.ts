import { z } from "zod";
import { idText } from "./answer-fields";
import { writeJson } from "../../definition/json";

/** What a refusal's body says, whichever of Adobe's shapes it has. */
export interface ServiceProblem {
  /** Adobe's code: `429050`, `invalid_data`, `UPAPI-113430-404`, `invalid_client`. */
  code?: string;
  /** What the service says, on one line. */
  message?: string;
  /** The service's own number for the event, which Adobe's support asks for. */
  requestId?: string;
  /** Milliseconds that the service asks to wait. */
  retryAfterMs?: number;
}

const MAX_TEXT = 300;

const nonEmptyText = idText.pipe(z.string().min(1));
const optionalText = nonEmptyText.optional().catch(undefined);
const entry = z.object({ code: optionalText, message: optionalText, msg: optionalText });
const errorChain = z
  .array(z.object({ errorCode: optionalText }))
  .optional()
  .catch(undefined);

/** Every field that one of the shapes has. All are optional, and one of a wrong type counts as absent. */
const body = z.object({
  // Gateway, https://experienceleague.adobe.com/en/docs/experience-platform/landing/troubleshooting
  error_code: optionalText,
  message: optionalText,
  // Service, https://developer.adobe.com/cja-apis/docs/api/
  errorCode: optionalText,
  errorDescription: optionalText,
  errorId: optionalText,
  // Segmentation service (UPAPI) and other Platform services
  requestId: optionalText,
  errors: z.unknown().optional(),
  type: optionalText,
  title: optionalText,
  detail: optionalText,
  report: z.object({ errorChain, requestId: optionalText }).optional().catch(undefined),
  "error-chain": errorChain,
  retryAfterMs: z.coerce.number().positive().optional().catch(undefined),
  // IMS
  error: z.union([nonEmptyText, entry]).optional().catch(undefined),
  error_description: optionalText,
  // Nearly any other service
  code: optionalText,
});

type Body = z.infer<typeof body>;

interface Entry {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

/** The entries of UPAPI's `errors`: a map from status to entries; a plain list of entries or of texts is read too. */
function parseEntries(errors: unknown): Entry[] {
  const items: unknown[] = typeof errors === "object" && errors !== null ? Object.values(errors).flat() : [];
  return items.flatMap((item): Entry[] => {
    if (typeof item === "string") return [{ message: item }];
    const parsed = entry.safeParse(item);
    return parsed.success ? [{ code: parsed.data.code, message: parsed.data.message ?? parsed.data.msg }] : [];
  });
}

/** `https://ns.adobe.com/aep/errors/UPAPI-113430-404` → `UPAPI-113430-404`; `about:blank` tells nothing. */
function codeOfType(type: string | undefined): string | undefined {
  const lastSegment = type?.split("/").at(-1);
  return lastSegment !== undefined && /\d/.test(lastSegment) ? lastSegment : undefined;
}

function findCode(body: Body): string | undefined {
  const entryCodes = parseEntries(body.errors).map((item) => item.code);
  const chainCodes = [...(body["error-chain"] ?? []), ...(body.report?.errorChain ?? [])].map((link) => link.errorCode);
  const error = typeof body.error === "object" ? body.error.code : body.error;
  return (
    // An inner code is the bare status in some answers: a code with letters tells more.
    entryCodes.find((code) => code !== undefined && /[a-z]/i.test(code)) ??
    body.error_code ??
    body.errorCode ??
    codeOfType(body.type) ??
    chainCodes.find((code) => code !== undefined) ??
    error ??
    entryCodes.find((code) => code !== undefined) ??
    body.code
  );
}

function joinMessages(body: Body): string | undefined {
  const error = typeof body.error === "object" ? body.error.message : undefined;
  const messages = [
    body.title,
    body.message,
    body.errorDescription,
    body.error_description,
    body.detail,
    error,
    ...parseEntries(body.errors).map((item) => item.message),
  ].filter((line) => line !== undefined);
  // Titles repeat the only message often: say it once.
  return messages.length > 0 ? oneLine([...new Set(messages)].join("; ")) : undefined;
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT - 1)}…` : line;
}

/** Whether a text is a page for a browser rather than an API's answer. */
function isHtml(text: string): boolean {
  return /^\s*(<!doctype html|<html|<head|<body)/i.test(text);
}

/** An HTML page is represented by its title; one without a title by its text. */
function parseText(raw: string): ServiceProblem {
  if (!isHtml(raw)) {
    const line = oneLine(raw);
    return line === "" ? {} : { message: line };
  }
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(raw)?.[1]?.trim();
  const words = title || raw.replace(/<(script|style)[\s\S]*?<\/\1>/gi, " ").replace(/<[^>]*>/g, " ");
  return { message: `${PAGE}${oneLine(words)}` };
}

const PAGE = "an HTML page: ";

/** Whether what a refusal says comes from a page for a browser, which no service of Adobe answers. */
export const isPage = ({ serviceMessage }: { readonly serviceMessage?: string | undefined }): boolean =>
  serviceMessage?.startsWith(PAGE) === true;

const serviceError = z
  .object({ errorCode: nonEmptyText })
  .and(z.union([z.object({ errorDescription: nonEmptyText }), z.object({ errorId: nonEmptyText })]));
const platformError = z.object({ type: z.string().regex(/^https?:\/\/ns\.adobe\.com\//) });
const UPAPI = /^UP[A-Z]*-\d/;

/**
 * Whether a 404 is the word of one of Adobe's services, which alone knows what there is. Everything else that answers 404 knows
 * nothing of it: a proxy, a web server, another API, and Adobe's own gateway (`error_code`), which finds no route.
 *
 * @param data the body as parsed JSON
 * @example isServiceNotFound({ errorCode: "resource_not_found", errorDescription: "…" }) // true
 * @example isServiceNotFound({ message: "Not Found" }) // false
 */
export function isServiceNotFound(data: unknown): boolean {
  const parsed = body.safeParse(data);
  if (!parsed.success) return false;
  if (serviceError.safeParse(data).success || platformError.safeParse(data).success) return true;
  const { "error-chain": links, report } = parsed.data;
  const hasChainedCode = [...(links ?? []), ...(report?.errorChain ?? [])].some(
    ({ errorCode }) => errorCode !== undefined,
  );
  return hasChainedCode || parseEntries(parsed.data.errors).some(({ code }) => code !== undefined && UPAPI.test(code));
}

/**
 * Reads a refusal's body in every shape that Adobe's gateway, services and IMS use, see `ServiceProblem`.
 * Nothing is thrown: a body that has none of the shapes is returned as text.
 *
 * @param status the HTTP status; an inner code that only repeats it is left out
 * @param data the body as parsed JSON, or as text where it is not JSON
 * @example parseErrorBody(429, { error_code: "429050", message: "Too many requests" }).code // "429050"
 */
export function parseErrorBody(status: number, data: unknown): ServiceProblem {
  if (typeof data === "string") return parseText(data);
  const parsed = body.safeParse(Array.isArray(data) ? { errors: data } : data);
  if (!parsed.success) return data === undefined || data === null ? {} : { message: oneLine(writeJson(data)) };
  const code = findCode(parsed.data);
  const message = joinMessages(parsed.data);
  const requestId = parsed.data.requestId ?? parsed.data.errorId ?? parsed.data.report?.requestId;
  const retryAfterMs = parsed.data.retryAfterMs;
  const isUnrecognised = code === undefined && message === undefined;
  return {
    ...(code !== undefined && code !== String(status) && { code }),
    ...(message !== undefined && { message }),
    ...(isUnrecognised && writeJson(data) !== "{}" && { message: oneLine(writeJson(data)) }),
    ...(requestId !== undefined && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}
