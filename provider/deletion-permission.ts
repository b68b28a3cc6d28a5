import type { Mistake } from "../model";
import { InvalidRequestError } from "./http/errors";
import type { OwnedNoun, OwnedState, OwnershipServices } from "./owned";
import type { ProgramResource } from "./program-resource";
import { decideDeletion, type Holder } from "./state/holders";

/** Whether a resource may delete what the records say that others have, too, and whether it may take that over. */
export class DeletionPermission<State extends OwnedState> {
  /** What one is called within a sentence. */
  private readonly word: string;

  constructor(
    private readonly noun: OwnedNoun,
    private readonly services: OwnershipServices,
    private readonly isGone: (id: string, state: State) => Promise<boolean>,
  ) {
    this.word = noun.toLowerCase();
  }

  /**
   * What is gone already belongs to nobody.
   *
   * @param action for a replacement this is asked in the preview: the engine deletes after it has made the new one
   * @param shouldWarn whether to warn that it stays: only the deletion itself does
   * @throws InvalidRequestError where another stack has it, and nobody has said which one lets go
   */
  async isGiven(id: string, state: State, action: "delete" | "replace", shouldWarn: boolean): Promise<boolean> {
    const { holders, warn } = this.services;
    const decision = decideDeletion(await holders.holdersOf(id), state.holderId);
    if (decision.kind === "delete") return true;
    if (decision.kind === "keep") {
      const why = holderNames(decision.others) || "this stack lets it go";
      if (shouldWarn) warn(`${this.noun} ${id} is not deleted: ${why}.`);
      return false;
    }
    if (await this.isGone(id, state)) return true;
    throw new InvalidRequestError({
      operation: `${action} ${this.word} ${id} ${JSON.stringify(state.name)}`,
      method: "",
      path: "",
      happened: holderNames(decision.others),
      advice:
        `Nothing was deleted. Choose the stack that lets the ${this.word} go, and run this again. ` +
        `For this stack (the ${this.word} stays): ${letGoCommand(id, decision.self?.stack ?? "PROJECT/STACK")}. ` +
        `For the other stack (this run then deletes the ${this.word}): ${letGoCommand(id, stackNames(decision.others))}.`,
    });
  }

  /**
   * Warns of taking over what another stack has.
   *
   * @returns a mistake where the setting `cja:exclusive` makes it one
   */
  async otherStackMistake(adoptId: string, resource: ProgramResource | undefined): Promise<Mistake | undefined> {
    const { holders, exclusive, warn } = this.services;
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
      `${this.noun} ${adoptId}: ${holderNames(others)}. If this stack takes it over as well, each stack undoes the other's changes, and ` +
        "neither deletes it until one lets it go (pulumi-cja holders --let-go). Set cja:exclusive to make this an error.",
    );
    return undefined;
  }
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
