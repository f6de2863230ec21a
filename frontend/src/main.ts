// Everything that a script adds to pages that work without one; each part begins by itself.

import { startAttach } from "./attach";
import { startCopying } from "./copying";
import { startEnter } from "./enter";
import { startItems } from "./items";
import { startKeys } from "./keys";
import { startOlder } from "./older";
import { startPrinting } from "./printing";
import { startSeek } from "./seek";
import { startSend } from "./send";
import { startTyping } from "./typing";

startTyping();
startEnter();
startAttach();
startItems();
startKeys();
startSend();
startSeek();
startCopying();
startPrinting();
startOlder();
