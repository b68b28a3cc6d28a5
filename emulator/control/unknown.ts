import { ServiceRefusal } from "../errors";

/** For a segment or a job that control is asked to change and that is not there. */
export const unknownHere = (what: string, id: string): ServiceRefusal =>
  new ServiceRefusal(404, "resource_not_found", `The emulator has no ${what} ${id}`);
