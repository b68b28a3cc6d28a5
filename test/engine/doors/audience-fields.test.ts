import { play } from "./play";
import { AUDIENCE_FIELDS } from "./scenes/audience-fields";

play(AUDIENCE_FIELDS);
