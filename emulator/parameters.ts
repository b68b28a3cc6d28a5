import { badParameter } from "./errors";

/** Query parameters of one request. A name that nobody asks for is ignored, as live tenants do. */
export class Parameters {
  /** @param values each name's values in the order of the URL. */
  constructor(private readonly values: Readonly<Record<string, readonly string[]>>) {}

  /** The value, several joined by commas; undefined when absent or empty. */
  text(name: string): string | undefined {
    return this.values[name]?.join(",") || undefined;
  }

  /** A comma-delimited list; undefined when absent or empty. */
  list(name: string): string[] | undefined {
    const parts = this.text(name)
      ?.split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "");
    return parts === undefined || parts.length === 0 ? undefined : parts;
  }

  /** Each value by itself, for parameters that may be repeated. */
  repeated(name: string): readonly string[] {
    return this.values[name] ?? [];
  }

  /** A whole number within the bounds, or a 400. */
  integer(name: string, bounds: { fallback: number; least: number; most: number }): number {
    const text = this.text(name);
    if (text === undefined) return bounds.fallback;
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || value < bounds.least || value > bounds.most) {
      throw badParameter(`${name} must be a whole number from ${bounds.least} to ${bounds.most}, not ${text}`);
    }
    return value;
  }

  /** One of the allowed values, or a 400. */
  oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const value = allowed.find((candidate) => candidate === text);
    if (value === undefined) throw badParameter(`${name} must be one of ${allowed.join(", ")}, not ${text}`);
    return value;
  }
}

const locales = ["en_US", "fr_FR", "ja_JP", "de_DE", "es_ES", "ko_KR", "pt_BR", "zh_CN", "zh_TW"] as const;

/** Refuses a locale that the segments guide does not list. What the emulator answers is the same in all of them. */
export function checkLocale(parameters: Parameters): void {
  parameters.oneOf("locale", locales, "en_US");
}
