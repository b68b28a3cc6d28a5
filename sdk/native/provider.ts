import * as pulumi from "@pulumi/pulumi";
import { settingRow, SETTING_NAMES, type Setting, type SETTINGS_TABLE } from "../../model/settings/table";

type Parsed<Name extends Setting> = NonNullable<ReturnType<(typeof SETTINGS_TABLE)[Name]["parse"]>>;
/** A duration is written as a text. */
type ValueOf<Name extends Setting> = Name extends "requestTimeout" ? string : Parsed<Name>;

/** The settings of a provider, by the names that they have in the stack's config after `cja:`. */
export type ProviderArgs = {
  readonly [Name in Setting]?: pulumi.Input<ValueOf<Name> | undefined>;
};

/**
 * An organisation, and how it is reached. A program has one for each organisation that it works in; what is set here outranks the variables
 * of the environment, and the stack's config (`cja:orgId` and others) does not count.
 *
 * @example
 * ```ts
 * const other = new cja.Provider("other", { orgId: "…@AdobeOrg", clientId: "…", clientSecret: config.requireSecret("otherSecret") });
 * new cja.Segment("mobile", { … }, { provider: other });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    super("cja", name, texts(args), opts);
  }
}

/** The engine takes texts alone, and keeps what is secret encrypted. */
const texts = (args: ProviderArgs): pulumi.Inputs =>
  Object.fromEntries(
    SETTING_NAMES.map((setting) => {
      const text = pulumi
        .output(args[setting])
        .apply((value: unknown) => (value === undefined ? undefined : String(value as string | number | boolean)));
      return [setting, args[setting] !== undefined && settingRow(setting).secret ? pulumi.secret(text) : text];
    }),
  );
