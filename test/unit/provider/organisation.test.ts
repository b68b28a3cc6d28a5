import { NetworkError } from "../../../provider/http/errors";
import { SettingsMissingError } from "../../../provider/settings-errors";
import { refuseOtherOrganisation } from "../../../provider/organisation";

const state = { orgId: "A@AdobeOrg" };

test("state of the same organisation passes, and so does old state without one", () => {
  expect(() => refuseOtherOrganisation(state, () => "A@AdobeOrg")).not.toThrow();
  expect(() => refuseOtherOrganisation({}, () => "B@AdobeOrg")).not.toThrow();
});

test("state of another organisation is refused, with both and with what to do", () => {
  expect(() => refuseOtherOrganisation(state, () => "B@AdobeOrg")).toThrow(
    "Could not use this stack: its resources belong to the organisation A@AdobeOrg, but the settings say B@AdobeOrg. " +
      "Set cja:orgId (CJA_ORG_ID) to A@AdobeOrg, or use another stack for the other organisation. Nothing was sent.",
  );
});

test("an organisation that is not set passes: a preview that sends nothing needs none, and a request asks for it", () => {
  const missing = () => {
    throw new SettingsMissingError(["orgId"], undefined);
  };
  expect(() => refuseOtherOrganisation(state, missing)).not.toThrow();
});

test("any other error stays one", () => {
  const broken = () => {
    throw new NetworkError({ operation: "x", method: "", path: "", happened: "y" });
  };
  expect(() => refuseOtherOrganisation(state, broken)).toThrow(NetworkError);
});
