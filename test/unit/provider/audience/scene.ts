import type { EmulatorOptions } from "../../../../emulator";
import type { Values } from "../../../../provider/lifecycle";
import { parseProgramResource, type ProgramResource } from "../../../../provider/program-resource";
import { World, type Provider } from "../segment-job/world";

/** A resource of a program, as the engine names it. */
export const named = (name: string, stack = "dev") =>
  parseProgramResource({
    urn: `urn:pulumi:${stack}::web::pulumi-nodejs:dynamic/cja:Audience::${name}`,
  }) as ProgramResource;

export interface Made {
  readonly id: string;
  readonly state: Values;
}

/** A world with the service's audiences at hand. */
export class AudienceWorld {
  private constructor(readonly world: World) {}

  static async start(options: EmulatorOptions = {}): Promise<AudienceWorld> {
    return new AudienceWorld(await World.start(options));
  }

  get control() {
    return this.world.emulator.control;
  }

  /** `PATCH /audiences/…`, without those for a token. */
  requests(): string[] {
    return this.control
      .requests()
      .filter(({ path }) => !path.startsWith("/ims/"))
      .map(({ method, path }) => `${method} ${path.replace("/data/core/ups", "")}`);
  }

  writes(): string[] {
    return this.requests().filter((request) => !/^GET |bulk-get$|conversion$/.test(request));
  }

  one(id: string) {
    return this.control.audiences().find((audience) => audience.id === id);
  }

  /** What the engine does with one resource, in a process of its own unless one is given. */
  async up(
    args: Values,
    before?: Made,
    process: Provider = this.world.provider(),
    resource = named("a"),
  ): Promise<Made> {
    const { inputs, mistakes } = await process.audiences.check(before?.state ?? {}, args, resource);
    expect(mistakes).toEqual([]);
    if (!before) return process.audiences.create(inputs, resource);
    const diff = await process.audiences.diff(before.id, before.state, inputs, resource);
    if (diff.kind === "same") return before;
    expect(diff).toEqual({ kind: "update" });
    return { id: before.id, state: await process.audiences.update(before.id, before.state, inputs, resource) };
  }
}
