import type { AudienceForm } from "../../emulator";
import type { Dialect } from "../../provider/segment/dialect";
import type { Api } from "./faults";
import type { Provider, Stage } from "./stage";

/** Which requests meet a fault: as the emulator takes it. */
export interface Target {
  readonly method?: string;
  /** Source of a regular expression. */
  readonly path: string;
  /** How many pass before. */
  readonly skip?: number;
}

/** Something that the engine asks of the provider, on a stage of its own. */
export interface Operation {
  readonly api: Api;
  readonly dialect?: Dialect;
  /** Where audiences are. Default: in both forms. */
  readonly audiences?: AudienceForm;
  /** The request that is in trouble. */
  readonly request: Target & { readonly method: string };
  /** What is in trouble when it lasts. Default: the whole API. */
  readonly outage?: Target;
  /** As an error names it: "Could not …". */
  readonly named: RegExp;
  /** What an error says instead of what happened to the request: the trouble before it is what counts. */
  readonly told?: RegExp;
  readonly arrange: (stage: Stage) => Promise<Scene>;
}

export interface Scene {
  /** One command of the engine, as `pulumi up`. When it fails, it is given again by the next process. */
  readonly command: (provider: Provider) => Promise<void>;
  /** It writes nothing, whatever happens. */
  readonly readsOnly?: true;
  /** What is asked of the service to make something, if anything is. */
  readonly creates?: RegExp;
  /** How something whose making is in doubt is looked for. */
  readonly looks?: RegExp;
  /** Once the command has got through: state and service agree, nothing is there twice and nothing is lost. */
  readonly agree: () => void;
}
