import type { Context } from "../grammar/definition";
import { isWider, spans, unitAround, type Test, type UnitNumber } from "./timeline";

/** Asks the units of another level for a condition. */
export function onLevel(context: Context, test: Test, level: Context): Test {
  if (context === level) return test;
  if (isWider(context, level)) {
    const known = remembered(context, test);
    return (person, unit) => known(person, unitAround(person, level, unit, context));
  }
  if (context === "visits") {
    return (person) => {
      for (let session = 0; session < person.sessions; session += 1) if (test(person, session)) return true;
      return false;
    };
  }
  const spanOf = spans(level);
  return (person, unit) => {
    const span = spanOf(person, unit);
    for (let place = 0; place < span.size; place += 1) if (test(person, span.at(place))) return true;
    return false;
  };
}

/** Answers each unit of a person once: the wider unit is the same around many narrower ones. */
export function remembered(level: Context, test: Test): Test {
  const answer = rememberedNumber(level, (person, unit) => Number(test(person, unit)));
  return (person, unit) => answer(person, unit) === 1;
}

/** The same of a number; not of the least one that 32 bits hold. */
export function rememberedNumber(level: Context, find: UnitNumber): UnitNumber {
  const UNKNOWN = -0x80000000;
  let filling = -1;
  let answers = new Int32Array(16);
  return (person, unit) => {
    if (filling !== person.filling) {
      filling = person.filling;
      const units = person.units(level);
      if (answers.length < units) answers = new Int32Array(2 * units);
      answers.fill(UNKNOWN, 0, units);
    }
    const known = answers[unit] ?? UNKNOWN;
    return known === UNKNOWN ? (answers[unit] = find(person, unit)) : known;
  };
}
