/** What happened, one after the other. */
import type { Words } from '../../sim/play/scenario.ts';
import { Said } from './Said.tsx';

export const Sequence = ({ words }: Readonly<{ words: readonly Words[] }>) => (
  <>
    {words.map((each, i) => (
      <>
        {i > 0 && ' → '}
        <Said words={each} />
      </>
    ))}
  </>
);
