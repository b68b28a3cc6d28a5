import type { Context } from "../grammar/definition";
import { isWider, unitAround, type Test, type Timeline } from "./timeline";

/** Asks the units of another level for a condition. */
export function onLevel(context: Context, test: Test, level: Context): Test {
  if (context === level) return test;
  if (isWider(context, level)) {
    const known = remembered(context, test);
    return (person, unit) => known(person, unitAround(person, level, unit, context));
  }
  if (level === "visits") return (person, session) => someOfSession(person, session, test);
  return (person) => {
    const units = context === "hits" ? person.size : person.sessions;
    for (let unit = 0; unit < units; unit += 1) if (test(person, unit)) return true;
    return false;
  };
}

function someOfSession(person: Timeline, session: number, test: Test): boolean {
  const { sessionFrom, bySession } = person;
  const end = sessionFrom[session + 1] ?? 0;
  for (let index = sessionFrom[session] ?? 0; index < end; index += 1) {
    if (test(person, bySession[index] ?? 0)) return true;
  }
  return false;
}

/** Answers each unit of a person once: the wider unit is the same around many narrower ones. */
export function remembered(level: Context, test: Test): Test {
  let filling = -1;
  // 0: not asked yet, 1: yes, 2: no.
  let answers = new Int8Array(16);
  return (person, unit) => {
    if (filling !== person.filling) {
      filling = person.filling;
      const units = level === "hits" ? person.size : level === "visits" ? person.sessions : 1;
      if (answers.length < units) answers = new Int8Array(2 * units);
      else answers.fill(0, 0, units);
    }
    const known = answers[unit];
    if (known !== 0) return known === 1;
    const answer = test(person, unit);
    answers[unit] = answer ? 1 : 2;
    return answer;
  };
}
