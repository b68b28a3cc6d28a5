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

/** The engine accepts only strings, and encrypts secret ones. What is no setting goes along: the plugin says so, and what was meant. */
const texts = (args: Readonly<Record<string, pulumi.Input<string | number | boolean | undefined>>>): pulumi.Inputs =>
  Object.fromEntries(
    [...new Set([...SETTING_NAMES, ...Object.keys(args)])].map((name) => {
      const text = pulumi.output(args[name]).apply((value) => (value === undefined ? undefined : String(value)));
      return [name, args[name] !== undefined && isSecret(name) ? pulumi.secret(text) : text];
    }),
  );

const isSecret = (name: string): boolean => SETTING_NAMES.some((one) => one === name && settingRow(one).secret);
