import { readsOnce, type Scene } from "../scene";

/**
 * A scene of audiences where the service has only the older form, `/segment/definitions`: the first list finds that out, and a PATCH
 * overwrites, so that what is there is read before.
 *
 * @param more what a step sends beside, by what it shows: a 404 may be that of the form, and who names whom only the listing tells
 */
export function inOlderForm(scene: Scene, more: Readonly<Record<string, readonly string[]>> = {}): Scene {
  let isKnown = false;
  const lineOf = (line: string): readonly string[] => {
    const older = line.replace(" /audiences", " /definitions");
    if (older === line) return [line];
    const finds = isKnown ? [] : ["GET /audiences", "GET /definitions"];
    isKnown = true;
    const [, changed] = /^PATCH (.*\}) /.exec(older) ?? [];
    return changed === undefined ? [...finds, older] : [...finds, `GET ${changed}`, `PATCH ${changed}`];
  };
  const steps = scene.steps.map((step) => ({
    ...step,
    sends: readsOnce([...step.sends.flatMap(lineOf), ...(more[step.shows] ?? [])]),
  }));
  return { ...scene, title: `${scene.title}, in the older form`, options: { audiences: "definitions" }, steps };
}
