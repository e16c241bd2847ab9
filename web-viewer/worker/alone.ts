/** The worker as a file of its own, for the folder build. */
import { serve } from './worker.ts';

serve(self as unknown as Parameters<typeof serve>[0]);
