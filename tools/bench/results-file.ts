import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Part } from "./row";

/** What the file holds, of all parts. */
export interface Written {
  readonly machine: unknown;
  readonly rows: readonly { readonly part: Part }[];
  readonly realTime: readonly unknown[];
  readonly start: unknown;
  readonly language: readonly unknown[];
  readonly evaluation: readonly unknown[];
  readonly review: unknown;
  readonly export: unknown;
  readonly tags: readonly unknown[];
  readonly doors: readonly unknown[];
  readonly limits: readonly { readonly part: Part }[];
}

/** Writes what was measured of some parts, and keeps what the file says of the others. */
export function replaceParts(file: string, parts: ReadonlySet<Part>, measured: Written): void {
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Partial<Written>) : {};
  const merged = <T extends { readonly part: Part }>(old: readonly T[] = [], found: readonly T[]): T[] => [
    ...old.filter(({ part }) => !parts.has(part)),
    ...found,
  ];
  const of = <T>(part: Part, found: T, old: T | undefined): T | undefined => (parts.has(part) ? found : old);
  const content = {
    machine: measured.machine,
    rows: merged(before.rows, measured.rows),
    realTime: of("realtime", measured.realTime, before.realTime),
    start: of("start", measured.start, before.start),
    language: of("language", measured.language, before.language),
    evaluation: of("evaluate", measured.evaluation, before.evaluation),
    review: of("review", measured.review, before.review),
    export: of("export", measured.export, before.export),
    tags: of("tags", measured.tags, before.tags),
    doors: of("native", measured.doors, before.doors),
    limits: merged(before.limits, measured.limits),
  };
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}
