import { gatewayDocument } from "./gateway";
import { prove } from "./runner";

prove(gatewayDocument);
