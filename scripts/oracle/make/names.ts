/**
 * The files that a shell script finds, and some that it does not.
 */
export const names = [
  'f',
  'f',
  'g',
  'd',
  'd/x',
  'd/s',
  'l',
  'dang',
  'c',
  'nosuch',
  'nosuch/x',
  '.',
  'sp ace',
];
export const quoted = (name: string) => (name.includes(' ') ? `"${name}"` : name);
