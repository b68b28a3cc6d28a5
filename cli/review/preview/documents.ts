import { readJson, TooDeepError } from "../../../definition/json";

/** A text that holds no whole JSON documents. The message says why. */
export class NotJson extends Error {
  override readonly name = "NotJson";
}

/**
 * Where an object may begin: with a line, or behind another object, and then with a key, or with the end of the object or the text. Any
 * other brace is one of the log.
 */
const OBJECT_START =
  /(?:^|(?<=\}))[^\S\n]*\{(?=\s*(?:\}|"(?:[^"\\\n]|\\.)*"\s*:|(?:"(?:[^"\\\n]|\\.)*"?\s*)?(?![^])))/gm;
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}]/gs;
/** What no log has, but a preview that begins within a line, or whose lines were prefixed. */
const PREVIEW_FRAGMENT = /"(?:steps|diagnostics|changeSummary|result)"\s*:/;

/**
 * The JSON objects of a text, one after another: `cat dev.json prod.json | pulumi-cja review`. What `pulumi` and others print between
 * them is passed over, and so are lines of a structured log behind the first of them.
 *
 * @throws NotJson where there is none, where one breaks off, or where a part of one stands alone
 */
export function parseDocuments(text: string): unknown[] {
  const documents: unknown[] = [];
  let end = 0;
  OBJECT_START.lastIndex = 0;
  for (let begin = OBJECT_START.exec(text); begin; begin = OBJECT_START.exec(text)) {
    const start = OBJECT_START.lastIndex - 1;
    rejectFragment(text.slice(end, start));
    end = findObjectEnd(text, start);
    if (end < 0) throw new NotJson("the JSON ends early: the preview did not finish");
    const json = parseJson(text.slice(start, end));
    if (documents.length === 0 || !isLogLine(json, text.slice(start, end))) documents.push(json);
    OBJECT_START.lastIndex = end;
  }
  rejectFragment(text.slice(end));
  if (documents.length === 0) throw new NotJson(text.trim() === "" ? "it is empty" : "it has no JSON object");
  return documents;
}

function rejectFragment(textBetween: string): void {
  if (PREVIEW_FRAGMENT.test(textBetween))
    throw new NotJson("a part of a preview stands among other text: a preview must begin on a line of its own");
}

function findObjectEnd(text: string, start: number): number {
  TOKEN.lastIndex = start;
  let depth = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    depth += match[0] === "{" ? 1 : match[0] === "}" ? -1 : 0;
    if (depth === 0) return TOKEN.lastIndex;
  }
  return -1;
}

function parseJson(text: string): unknown {
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof TooDeepError) throw new NotJson(error.message, { cause: error });
    throw new NotJson(`it is not JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** `{"level":"info","msg":"done"}`, as loggers write it: with a level that is no error, and with words. */
function isLogLine(json: unknown, text: string): boolean {
  const { level, msg, message = msg } = Object(json) as Readonly<Record<string, unknown>>;
  const isCalm = typeof message === "string" && /^(?:trace|debug|info|notice|warn|warning)$/i.test(String(level));
  return isCalm && !text.includes("\n") && !PREVIEW_FRAGMENT.test(text);
}
