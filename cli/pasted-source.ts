import { json } from "../definition/sentences/quote";
import type { Json } from "../definition/json";

type Values = Readonly<Record<string, Json>>;

const isScalar = (value: Json): boolean => typeof value !== "object" || value === null;
const isEmpty = (value: Json): boolean => !isScalar(value) && Object.keys(value as object).length === 0;

/** A text in quotes. Where JSON writes a character as two halves, these languages have it whole. */
const text = (value: string): string =>
  json(value).replace(/\\(?:u(d[89ab]..)\\u(d[c-f]..)|.)/gi, (found: string, high?: string, low?: string) =>
    high === undefined || low === undefined ? found : `\\U${codePoint(high, low).toString(16).padStart(8, "0")}`,
  );

const codePoint = (high: string, low: string): number =>
  0x10000 + ((parseInt(high, 16) & 0x3ff) << 10) + (parseInt(low, 16) & 0x3ff);

/**
 * Values as lines of a Pulumi program in YAML. All texts are in quotes: YAML takes some for numbers and dates, and Pulumi takes `${` for the
 * beginning of an expression.
 */
export function yamlLines(value: Json, indent = ""): string[] {
  if (Array.isArray(value))
    return (value as readonly Json[]).flatMap((one) => {
      if (isInline(one)) return [`${indent}- ${yamlInline(one)}`];
      const [first = "", ...rest] = yamlLines(one, `${indent}  `);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    });
  return Object.entries(value as Values).flatMap(([key, one]) =>
    isInline(one)
      ? [`${indent}${yamlKey(key)}: ${yamlInline(one)}`]
      : [`${indent}${yamlKey(key)}:`, ...yamlLines(one, `${indent}  `)],
  );
}

/** Scalars, and lists of them. */
const isInline = (value: Json): boolean =>
  isScalar(value) || isEmpty(value) || (Array.isArray(value) && (value as readonly Json[]).every(isScalar));

function yamlInline(value: Json): string {
  if (typeof value === "string") return text(value.replaceAll("${", () => "$${"));
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(yamlInline).join(", ")}]`;
  return json(value);
}

/** Words that older readers of YAML take for a truth. */
const yamlKey = (key: string): string =>
  /^[a-z][\w-]*$/i.test(key) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(key) ? key : text(key);

const WIDTH = 100;

/** A value as an expression in Python. */
export function pythonSource(value: Json, indent = ""): string {
  const line = pythonInline(value);
  if (isScalar(value) || isEmpty(value) || indent.length + line.length <= WIDTH) return line;
  const deeper = `${indent}    `;
  if (Array.isArray(value)) {
    const lines = (value as readonly Json[]).map((one) => `${deeper}${pythonSource(one, deeper)},`);
    return ["[", ...lines, `${indent}]`].join("\n");
  }
  const lines = Object.entries(value as Values).map(
    ([key, one]) => `${deeper}${text(key)}: ${pythonSource(one, deeper)},`,
  );
  return ["{", ...lines, `${indent}}`].join("\n");
}

function pythonInline(value: Json): string {
  if (typeof value === "string") return text(value);
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(pythonInline).join(", ")}]`;
  if (typeof value !== "object") return json(value);
  return `{${Object.entries(value as Values)
    .map(([key, one]) => `${text(key)}: ${pythonInline(one)}`)
    .join(", ")}}`;
}
