import type { Mistake } from "../model";
import { InvalidRequestError } from "./http/errors";
import type { ProgramResource } from "./program-resource";
import { decideDeletion, type Holder } from "./state/holders";
import { readUnlisted } from "./segment/read";
import type { SegmentServices } from "./segment/services";
import type { SegmentState } from "./segment/state";

/**
 * Whether a resource that goes may delete its segment: not where another one has it, too. What is gone already belongs to nobody.
 *
 * @param action for a replacement this is asked in the preview: the engine deletes after it has made the new one
 * @param shouldWarn whether to warn that the segment stays: only the deletion itself does
 * @throws InvalidRequestError where another stack has it, and nobody has said which one lets go
 */
export async function mayDeleteSegment(
  services: SegmentServices,
  id: string,
  state: SegmentState,
  action: "delete" | "replace",
  shouldWarn = action === "delete",
): Promise<boolean> {
  const { holders, warn } = services;
  const decision = decideDeletion(await holders.holdersOf(id), state.holderId);
  if (decision.kind === "delete") return true;
  if (decision.kind === "keep") {
    if (shouldWarn) warn(`Segment ${id} is not deleted: ${holderNames(decision.others) || "this stack lets it go"}.`);
    return false;
  }
  if (await isDeletedElsewhere(services, id, state)) return true;
  throw new InvalidRequestError({
    operation: `${action} segment ${id} ${JSON.stringify(state.name)}`,
    method: "",
    path: "",
    happened: holderNames(decision.others),
    advice:
      "Nothing was deleted. Choose the stack that lets the segment go, and run this again. " +
      `For this stack (the segment stays): ${letGoCommand(id, decision.self?.stack ?? "PROJECT/STACK")}. ` +
      `For the other stack (this run then deletes the segment): ${letGoCommand(id, stackNames(decision.others))}.`,
  });
}

/** A preview that may send nothing does not find out; the delete does. */
async function isDeletedElsewhere(services: SegmentServices, id: string, state: SegmentState): Promise<boolean> {
  if (services.validate === "apply") return false;
  return !((await services.reader.find(id, state.dataViewId)) ?? (await readUnlisted(services, id, state)));
}

/**
 * Warns of taking over what another stack has.
 *
 * @returns a mistake where the setting `cja:exclusive` makes it one
 */
export async function findOtherStackMistake(
  { holders, exclusive, warn }: SegmentServices,
  adoptId: string,
  resource: ProgramResource | undefined,
): Promise<Mistake | undefined> {
  const others = await holders.inOtherStacks(adoptId, resource?.stack);
  if (others.length === 0) return undefined;
  if (exclusive)
    return {
      path: "adoptId",
      message:
        `found ${JSON.stringify(adoptId)}, but ${holderNames(others)}, and cja:exclusive is true. Remove it from the other stack, ` +
        `or let it go there: ${letGoCommand(adoptId, stackNames(others))}`,
    };
  warn(
    `Segment ${adoptId}: ${holderNames(others)}. If this stack takes it over as well, each stack undoes the other's changes, and ` +
      "neither deletes it until one lets it go (pulumi-cja holders --let-go). Set cja:exclusive to make this an error.",
  );
  return undefined;
}

/** `cja.Segment "mobile" of the stack web/prod has it, too`. */
function holderNames(holders: readonly Holder[]): string {
  if (holders.length === 0) return "";
  const names = holders.map(({ label, stack }) => `${label} of the stack ${stack}`);
  return `${names.join(" and ")} ${names.length === 1 ? "has" : "have"} it, too`;
}

const stackNames = (holders: readonly Holder[]): string => [...new Set(holders.map(({ stack }) => stack))].join(" ");

/** As a shell takes it; of a POSIX shell, where a stack has an unusual name. */
const letGoCommand = (id: string, stacks: string): string =>
  `npx pulumi-cja holders --let-go ${/^[\w@.-]+$/.test(id) ? id : `'${id}'`} --stack ${stacks}`;
