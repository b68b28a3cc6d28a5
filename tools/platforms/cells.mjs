/** Which combinations of versions are tried: each value of each axis together with each value of every other one, in few cells. */

/** By axis, what is tried. */
export const AXES = {
  node: ["20", "22", "24", "26"],
  sdk: ["oldest", "newest"],
  cli: ["oldest", "newest"],
  pm: ["npm", "pnpm", "yarn-classic", "yarn-berry", "bun"],
  typescript: ["ts-node", "tsx", "strip"],
};

const axes = Object.keys(AXES);

/** What does not exist: Node 20 strips no types, and Pulumi's SDK of today does not run on it. */
const exists = ({ node, sdk, typescript }) => node !== "20" || (sdk === "oldest" && typescript !== "strip");

/** All combinations that exist, of the values that are wanted; the newest first. */
function combinations(wanted) {
  return axes
    .reduce((cells, axis) => cells.flatMap((cell) => wanted[axis].map((value) => ({ ...cell, [axis]: value }))), [{}])
    .filter(exists)
    .reverse();
}

/** The pairs of values that a cell tries, as texts. */
export const pairsOf = (cell) =>
  axes.flatMap((one, at) => axes.slice(at + 1).map((other) => `${one}=${cell[one]} ${other}=${cell[other]}`));

/**
 * Few cells that have every pair of values that some combination has. The one with the most new pairs comes next, of several the newest.
 *
 * @param only values by axis; an axis that is not named has all of its values
 */
export function cellsFor(only = {}) {
  const candidates = combinations({ ...AXES, ...only });
  const open = new Set(candidates.flatMap(pairsOf));
  const cells = [];
  while (open.size > 0) {
    const gains = candidates.map((cell) => pairsOf(cell).filter((pair) => open.has(pair)).length);
    const cell = candidates[gains.indexOf(Math.max(...gains))];
    pairsOf(cell).forEach((pair) => open.delete(pair));
    cells.push(cell);
  }
  return cells;
}

/** `node=26,pm=npm,pm=bun` as values by axis. Throws with what there is. */
export function parseOnly(text) {
  const only = {};
  for (const part of text.split(",")) {
    const [axis, value] = part.split("=");
    if (!Object.hasOwn(AXES, axis)) throw new Error(`--only: there is no ${axis}, only ${axes.join(", ")}`);
    if (!AXES[axis].includes(value))
      throw new Error(`--only: ${axis} is one of ${AXES[axis].join(", ")}, not ${value}`);
    (only[axis] ??= []).push(value);
  }
  if (combinations({ ...AXES, ...only }).length === 0) throw new Error(`--only ${text}: there is no such combination`);
  return only;
}
