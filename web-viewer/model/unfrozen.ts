/** Frozen states catch a model that writes to what is past. The tests run with them; in the page they would only take time. */
import { setAutoFreeze } from 'immer';

setAutoFreeze(false);
