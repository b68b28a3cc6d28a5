import type { AudienceExpression, ServiceEvaluation } from "./audience";

/** What of the text decides how an audience can be evaluated. */
interface Traits {
  readonly readsEvents: boolean;
  readonly readsAttributes: boolean;
  /** The longest time before now that events are asked for, in hours; undefined where none is said. */
  readonly window: number | undefined;
}

/**
 * How the service evaluates a new or edited audience that asks for streaming or edge: as batch where its events are in no window of 24 hours,
 * or where events and attributes are asked for together; an `inSegment` is neither
 * (https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/eligibility-criteria-update).
 */
export function evaluationFor(asked: ServiceEvaluation, expression: AudienceExpression): ServiceEvaluation {
  const { readsEvents, readsAttributes, window } = traitsOf(expression);
  if (!readsEvents) return asked;
  return readsAttributes || window === undefined || window > 24 ? "batch" : asked;
}

function traitsOf({ format, value }: AudienceExpression): Traits {
  const code = format === "pql/text" ? withoutTexts(value) : value;
  const window = longestWindow(code);
  if (format === "pql/json") {
    const fields = [...code.matchAll(/"fieldName"\s*:\s*"(\w+)"/g)].map(([, name]) => name);
    return { readsEvents: fields.includes("xEvent"), readsAttributes: false, window };
  }
  const readsEvents = /\bxEvent\b/.test(code);
  const outside = withoutCalls(withoutCalls(code, "CHAIN"), "inSegment");
  const words = outside.replace(/\b(?:and|or|not|true|false)\b/gi, " ");
  // A query over events (`select … from xEvent where …`) names fields of events outside of CHAIN.
  return { readsEvents, readsAttributes: !/\bxEvent\b/.test(outside) && /[a-z_]\w*/i.test(words), window };
}

const hours: Readonly<Record<string, number>> = {
  second: 1 / 3600,
  minute: 1 / 60,
  hour: 1,
  day: 24,
  week: 168,
  month: 720,
  year: 8760,
};

function longestWindow(code: string): number | undefined {
  const windows = code.matchAll(/(\d+)\s*(second|minute|hour|day|week|month|year)s?\s+before\s+now/gi);
  const lengths = [...windows].map(([, count, unit = ""]) => Number(count) * (hours[unit.toLowerCase()] ?? Infinity));
  return lengths.length === 0 ? undefined : Math.max(...lengths);
}

const withoutTexts = (text: string): string => text.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/gs, '""');

/** The text without the calls of a function, whatever stands in their brackets. */
function withoutCalls(code: string, name: string): string {
  const start = code.search(new RegExp(`\\b${name}\\s*\\(`, "i"));
  if (start < 0) return code;
  let [at, depth] = [code.indexOf("(", start), 0];
  for (; at < code.length; at += 1) {
    if (code.charAt(at) === "(") depth += 1;
    if (code.charAt(at) === ")" && (depth -= 1) === 0) break;
  }
  return withoutCalls(`${code.slice(0, start)} ${code.slice(at + 1)}`, name);
}
