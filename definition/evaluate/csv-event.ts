import { quote } from "../mistake";
import { nearestWord } from "../parse/nearest-word";
import {
  checkId,
  checkTime,
  COMPONENT,
  isNumeric,
  wrongComponent,
  wrongValue,
  type Mistaken,
  type ReadEvent,
} from "./read-event";
import type { Values } from "./sample-event";

/**
 * Reads the rows of a table, split into cells already: columns `person`, `session`, `time`, `variables/…`, `metrics/…`, and
 * `persisted/variables/…` for what only persists. `|` separates several values, `\|` is the sign itself; an empty cell is no value.
 */
export function csvEventReader(header: readonly string[]): ((cells: readonly string[]) => ReadEvent) | Mistaken {
  const names = header.map((name) => name.trim());
  const mistakes = [
    ...missingColumns(names),
    ...names.flatMap((name, at) => wrongColumn(name, names.indexOf(name) < at)),
  ];
  if (mistakes.length > 0) return { mistakes };
  const [person, session, time] = (["person", "session", "time"] as const).map((name) => names.indexOf(name));
  return (cells) => {
    if (cells.length !== names.length)
      return {
        mistakes: [
          `has ${cells.length} of the ${names.length} cells of the first line; a comma in a value needs quotes around the value`,
        ],
      };
    const wrong: string[] = [];
    const values: Record<string, Values[string]> = {};
    const persisted: Record<string, Values[string]> = {};
    for (const [at, name] of names.entries()) {
      const cell = cells[at] ?? "";
      if (at === person || at === session || at === time || cell === "") continue;
      const persists = name.startsWith(PERSISTED);
      readCell(cell, persists ? name.slice(PERSISTED.length) : name, persists ? persisted : values, wrong);
    }
    const at = (index: number | undefined) => cells[index ?? -1]?.trim() ?? "";
    // Numbers of fewer digits may be a year, a day, or seconds.
    const when = /^\d{11,}$/.test(at(time)) ? Number(at(time)) : at(time);
    checkId(at(person), "person", wrong);
    checkId(at(session), "session", wrong);
    checkTime(when, wrong);
    if (wrong.length > 0) return { mistakes: wrong };
    const event = { person: at(person), session: at(session), time: when, values };
    return Object.keys(persisted).length > 0 ? { ...event, persisted } : event;
  };
}

const PERSISTED = "persisted/";

function missingColumns(names: readonly string[]): string[] {
  return (["person", "session", "time"] as const)
    .filter((field) => !names.includes(field))
    .map((field) => {
      const meant = names.find((name) => !COMPONENT.test(name) && nearestWord(name, [field]) !== undefined);
      return `there is no column "${field}"${meant === undefined ? ", add it" : `; rename the column ${quote(meant)}`}`;
    });
}

function wrongColumn(name: string, isRepeated: boolean): string[] {
  const component = name.startsWith(PERSISTED) ? name.slice(PERSISTED.length) : name;
  if (isRepeated)
    return [`the column ${quote(name)} is there twice, remove one; several values of a cell are separated by |`];
  if (["person", "session", "time"].includes(name) || COMPONENT.test(component)) return [];
  if (nearestWord(name, ["person", "session", "time"]) !== undefined) return [];
  const advice = wrongComponent(component);
  return [`${advice}${advice.endsWith("?") ? " Otherwise" : ", or"} remove the column`];
}

function readCell(cell: string, name: string, into: Record<string, Values[string]>, mistakes: string[]): void {
  const isMetric = name.startsWith("metrics/");
  const parts = cell.includes("|") ? cell.split(/(?<!\\)\|/).map((part) => part.replaceAll("\\|", "|")) : [cell];
  const wrong = isMetric ? parts.find((part) => !isNumeric(part)) : undefined;
  if (wrong !== undefined) mistakes.push(wrongValue(wrong, name, isMetric));
  const read = isMetric ? parts.map(Number) : parts;
  into[name] = read.length === 1 ? (read[0] ?? null) : read;
}
