import { countOf, mistakeLines, type Mistake } from "../model";

/** The settings are wrong: nothing is sent with them, by no step of a run. */
export class WrongSettingsError extends Error {}

/**
 * Throws, with all that is wrong in the settings, if anything is.
 *
 * @param hints lines to end with.
 */
export function refuseWrongSettings(mistakes: readonly Mistake[], ...hints: readonly string[]): void {
  if (mistakes.length === 0) return;
  const head = `${countOf(mistakes.length, "mistake")} in the settings; nothing was sent or changed.`;
  throw new WrongSettingsError([head, ...mistakeLines(mistakes), ...hints].join("\n"));
}
