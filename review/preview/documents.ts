import { readJson, TooDeepError } from "../../json";

/** A text that holds no whole JSON documents. The message says why. */
export class NotJson extends Error {
  override readonly name = "NotJson";
}

// A document begins with a line: a brace within a line of the log begins none.
const BEGIN = /^[ \t]*\{/gm;
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}]/gs;

/**
 * The JSON objects of a text, one after another: `cat dev.json prod.json | pulumi-cja review`. What `pulumi` prints between
 * them is passed over.
 *
 * @throws NotJson where there is none, or where one breaks off
 */
export function documentsIn(text: string): unknown[] {
  const documents: unknown[] = [];
  BEGIN.lastIndex = 0;
  for (let begin = BEGIN.exec(text); begin; begin = BEGIN.exec(text)) {
    const start = BEGIN.lastIndex - 1;
    const end = endOf(text, start);
    if (end < 0) throw new NotJson("the JSON breaks off: the preview has not ended");
    documents.push(parsed(text.slice(start, end)));
    BEGIN.lastIndex = end;
  }
  if (documents.length === 0) throw new NotJson(text.trim() === "" ? "it is empty" : "it holds no JSON object");
  return documents;
}

function endOf(text: string, start: number): number {
  TOKEN.lastIndex = start;
  let depth = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    depth += match[0] === "{" ? 1 : match[0] === "}" ? -1 : 0;
    if (depth === 0) return TOKEN.lastIndex;
  }
  return -1;
}

function parsed(text: string): unknown {
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof TooDeepError) throw new NotJson(error.message, { cause: error });
    throw new NotJson(`it is not JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
