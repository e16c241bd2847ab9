/** Program output whose short words are not broken at their hyphens: `other::---` stays together. */
const LONGEST = 28;

export const Unbroken = ({ text }: Readonly<{ text: string }>) => (
  <>
    {text
      .split(/([ ,]+)/)
      .map((word) =>
        word.includes('-') && word.length <= LONGEST ? <span class="unbroken">{word}</span> : word,
      )}
  </>
);
