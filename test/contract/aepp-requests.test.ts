import { aeppRequests } from "./aepp-requests";
import { prove } from "./runner";

prove(aeppRequests);
