import type { Section } from "../report/sections";

/** A part of the comment that may be left out where there is no room. */
export interface Entry {
  /** What stays when the rest goes: one line. */
  readonly line: string;
  readonly body: string;
  /** What goes first. */
  readonly diagram?: string;
}

/** What is never left out, and what may be. */
export interface Comment {
  readonly summary: string;
  readonly sections: readonly Section<Entry>[];
}
