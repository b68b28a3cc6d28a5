import { nearestWord } from "../../../definition/parse/nearest-word";

test.each([
  ["pgae", ["page", "product"], "page"],
  ["Page", ["page"], "page"],
  ["devicetype", ["device_type"], "device_type"],
  ["device-type", ["device_type"], "device_type"],
  ["dv_prdo", ["dv_dev", "dv_prod"], "dv_prod"],
  ["DV_PROD", ["dv_prod"], "dv_prod"],
  ["not_streq", ["not-streq"], "not-streq"],
  ["os", ["it"], undefined],
  ["nowhere", ["page"], undefined],
])("%s, among %j", (word, known, found) => {
  expect(nearestWord(word, known)).toBe(found);
});
