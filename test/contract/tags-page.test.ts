import { prove } from "./runner";
import { tagsPage } from "./tags-page";

prove(tagsPage);
