import type { Document } from "../runner";
import { jobSilences } from "./jobs";
import { metadataSilences } from "./metadata";
import { readingSilences } from "./reading";
import { shareSilences } from "./shares";
import { tagSilences } from "./tags";
import { writingSilences } from "./writing";

const statements = [
  ...readingSilences,
  ...writingSilences,
  ...metadataSilences,
  ...tagSilences,
  ...shareSilences,
  ...jobSilences,
];

/** What no document says, and the emulator had to decide. Its outline is made of the ledger's entries. */
export const silences: Document = {
  name: "What no document says",
  outline: [...new Set(statements.flatMap(({ of }) => of))],
  statements,
  unobservable: {},
};
