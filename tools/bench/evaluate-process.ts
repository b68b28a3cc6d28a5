/** Evaluates once, in a process of its own, and prints what it cost: `node evaluate-process.js EVENTS SHAPE`. */
import { evaluate } from "../../definition";
import { sampleEvents, SHAPES, TEN_CONDITIONS } from "./evaluate-events";

const [, , count, name] = process.argv;
const shape = SHAPES.find((known) => known === name);
if (shape === undefined) throw new Error(`the shapes are ${SHAPES.join(", ")}`);
// The code is warm then, as that of a long run is: of few events its compilation would be most of the time.
for (let round = 0; round < 5; round += 1) evaluate(TEN_CONDITIONS, sampleEvents(10_000, shape));
const events = sampleEvents(Number(count), shape);
const began = process.cpuUsage();
const { persons } = evaluate(TEN_CONDITIONS, events);
const { user, system } = process.cpuUsage(began);
const seconds = (user + system) / 1_000_000;
console.log(JSON.stringify({ persons: persons.length, seconds, peakMB: process.resourceUsage().maxRSS / 1000 }));
