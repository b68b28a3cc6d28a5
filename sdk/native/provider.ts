import * as pulumi from "@pulumi/pulumi";
import { settingRow, SETTING_NAMES, type Setting, type SETTINGS_TABLE } from "../../model/settings/table";

type Parsed<Name extends Setting> = NonNullable<ReturnType<(typeof SETTINGS_TABLE)[Name]["parse"]>>;
/** A duration is written as a string. */
type ValueOf<Name extends Setting> = Name extends "requestTimeout" ? string : Parsed<Name>;

/** The settings of a provider, named as in the stack's config, without `cja:`. */
export type ProviderArgs = {
  readonly [Name in Setting]?: pulumi.Input<ValueOf<Name> | undefined>;
};

/**
 * An organisation, and the settings to reach it. A program makes one for each organisation that it works in. Its arguments outrank the environment
 * variables, and it does not use the stack's config (`cja:orgId` and others).
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

/** The engine accepts only strings, and encrypts secret ones. */
const texts = (args: ProviderArgs): pulumi.Inputs =>
  Object.fromEntries(
    SETTING_NAMES.map((setting) => {
      const text = pulumi
        .output(args[setting])
        .apply((value: unknown) => (value === undefined ? undefined : String(value as string | number | boolean)));
      return [setting, args[setting] !== undefined && settingRow(setting).secret ? pulumi.secret(text) : text];
    }),
  );
