/**
 * A set of records of a fixed number of 32-bit words, in the order in which they were added.
 *
 * Records are compared whole, never by hash alone, so "seen before" is never a guess and a proof is a
 * proof. Buckets are chains through the records themselves, [next, word, word ...], so a link and what it
 * must be compared with lie together. When there are more records than buckets, there are four times as many
 * from then on and all records are hung up anew, in the order in which they lie in memory: the records never move, and no
 * second table is kept beside the first.
 */
import { at } from './ints.ts';

export type Records = Readonly<{
  /** The record's number; it was new exactly if this is what `size` was before. */
  add: (words: Int32Array) => number;
  /** The record's number, or -1. */
  find: (words: Int32Array) => number;
  /** Where a record's words are: in this chunk, from this place on. */
  chunk: (record: number) => Int32Array;
  base: (record: number) => number;
  size: () => number;
  bytes: () => number;
}>;

const SHIFT = 10;
const CHUNK = 1 << SHIFT;

export function recordSet(words: number): Records {
  const stride = 1 + words;
  const chunks: Int32Array[] = [];
  /** For each bucket 1 + its last record, or 0 for none; so are the links between records. */
  let heads = new Int32Array(CHUNK);
  let size = 0;

  const chunk = (record: number) => chunks[record >>> SHIFT] as Int32Array;
  const base = (record: number) => (record & (CHUNK - 1)) * stride + 1;

  const bucketOf = (mixed: number) => mixed & (heads.length - 1);

  function lookUp(mixed: number, wanted: Int32Array): number {
    let link = at(heads, bucketOf(mixed));
    while (link !== 0) {
      const here = chunk(link - 1);
      const start = base(link - 1);
      let word = 0;
      while (word < words && at(here, start + word) === at(wanted, word)) word++;
      if (word === words) return link - 1;
      link = at(here, start - 1);
    }
    return -1;
  }

  function hang(bucket: number, record: number): void {
    chunk(record)[base(record) - 1] = at(heads, bucket);
    heads[bucket] = record + 1;
  }

  function grow(): void {
    heads = new Int32Array(4 * heads.length);
    for (let record = 0; record < size; record++) {
      const start = base(record);
      hang(bucketOf(hash(chunk(record), start, start + words)), record);
    }
  }

  return {
    add(wanted) {
      const mixed = hash(wanted, 0, words);
      const known = lookUp(mixed, wanted);
      if (known >= 0) return known;
      if (size === chunks.length * CHUNK) chunks.push(new Int32Array(CHUNK * stride));
      if (size === heads.length) grow();
      const start = base(size);
      const here = chunk(size);
      for (let word = 0; word < words; word++) here[start + word] = at(wanted, word);
      hang(bucketOf(mixed), size);
      return size++;
    },
    find: (wanted) => lookUp(hash(wanted, 0, words), wanted),
    chunk,
    base,
    size: () => size,
    bytes: () => chunks.length * CHUNK * stride * 4 + heads.length * 4,
  };
}

/** Murmur3's mixing, word by word; the last two lines spread the result over the low bits. */
function hash(words: Int32Array, base: number, end: number): number {
  let mixed = 0x2545f491;
  for (let i = base; i < end; i++) {
    let word = Math.imul(at(words, i), 0xcc9e2d51);
    word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    mixed ^= word;
    mixed = (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
  }
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}
