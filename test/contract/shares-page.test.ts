import { prove } from "./runner";
import { sharesPage } from "./shares-page";

prove(sharesPage);
