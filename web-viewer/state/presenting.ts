/** A presentation: big type, one panel, the notes kept from the class. */
import { signal } from '@preact/signals';

export const presenting = signal(false);
