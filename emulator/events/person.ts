import type { SampleEvent, Values } from "../../definition/evaluate/sample-event";
import { Random } from "./random";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How many days the data set covers. */
export const days = 30;

/** Names of an app's devices are others than those of the web: the examples ask for both. */
const devices = [
  "Mobile Phone",
  "Mobile Phone",
  "Mobile Phone",
  "Desktop",
  "Desktop",
  "Desktop",
  "Tablet",
  "Phone",
] as const;
const countries = ["Germany", "Germany", "France", "Japan", "United States", "United States", "United States"] as const;
const channels = ["Direct", "Paid Search", "Natural Search", "Email", "Social Networks"] as const;
const campaigns = ["spring", "newsletter-11", "retargeting"] as const;
const products = ["boots", "coat", "gloves", "hat", "scarf", "tent"] as const;
const guides = ["guide: sizes", "guide: winter", "guide: tents"] as const;

/** What a person does in the days before a midnight: up to four sessions, each on a day of its own. */
export function eventsOfPerson(person: string, seed: number, midnight: number): SampleEvent[] {
  const random = new Random(seed);
  const device = random.oneOf(devices);
  const country = random.oneOf(countries);
  // Some like to buy, most look around.
  const buys = random.chance(0.25) ? 0.8 : 0.15;
  const visits = random.distinct(random.integer(1, 4), days);
  return visits.flatMap((dayOfVisit, index) => {
    const common: Values = {
      "variables/device_type": device,
      "variables/mobiledevicetype": device === "Desktop" ? "Other" : device === "Tablet" ? "Tablet" : "Mobile Phone",
      "variables/geocountry": country,
      "variables/adobe_firstvreturn_sessiontype": index === 0 ? "First-time" : "Return",
    };
    // Early enough to be over before midnight.
    let time = midnight - (days - dayOfVisit) * day + random.integer(0, 22 * 60) * minute;
    return pagesOf(random, buys).map((values) => {
      const session = `${person}-${index + 1}`;
      const event = { person, session, time: new Date(time).toISOString(), values: { ...common, ...values } };
      time += random.integer(5, 240) * 1000;
      return event;
    });
  });
}

/** What is set on the events of a session beside what its person is: at most 13 of them. */
function pagesOf(random: Random, buys: number): Values[] {
  const channel = random.oneOf(channels);
  const campaign = channel === "Direct" || channel === "Natural Search" ? undefined : random.oneOf(campaigns);
  const entry = page(random.chance(0.25) ? "Offer" : "Home", {
    "variables/marketing_channel": channel,
    ...(campaign !== undefined && { "variables/campaign": campaign }),
  });
  // What an offer leads to goes into the cart without a look at it.
  const offered = entry["variables/page"] === "Offer" && random.chance(0.3) ? [random.oneOf(products)] : undefined;
  const looks = offered ? [] : Array.from({ length: random.integer(0, 5) }, () => look(random));
  const seen = offered ?? looks.flatMap((values) => values["variables/product"] ?? []);
  if (seen.length === 0 || !random.chance(buys)) return [entry, ...looks];
  const basket = [...new Set(seen)];
  const inCart = page("Cart", { "variables/product": basket });
  if (!random.chance(0.6)) return [entry, ...looks, inCart];
  // In quarters, of which JavaScript's numbers make exact sums.
  const revenue = basket.length * random.integer(40, 400) * 0.25;
  const order: Values = {
    "variables/product": basket,
    "metrics/orders": 1,
    "metrics/revenue": revenue,
    "metrics/commerce.purchases.value": 1,
  };
  return [entry, ...looks, inCart, page("Checkout"), page("Order confirmation", order)];
}

function look(random: Random): Values {
  if (random.chance(0.2)) return page(random.oneOf(guides));
  if (random.chance(0.1)) return page("Offer");
  const product = random.oneOf(products);
  return page(`product: ${product}`, { "variables/product": [product] });
}

/** The page's name goes by two IDs: schemas of data views differ, and the examples ask for both. */
const page = (name: string, more: Values = {}): Values => ({
  "variables/page": name,
  "variables/web.webPageDetails.name": name,
  ...more,
});
