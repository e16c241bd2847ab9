/**
 * XML as libvirt writes it: one element a line, two blanks a level.
 *
 * Models: libvirt v5.0.0 src/util/virbuffer.c virBufferAdjustIndent; src/conf/domain_capabilities.c FORMAT_PROLOGUE,
 *   ENUM_PROCESS
 */
export type Lines = readonly string[];

export const indent = (lines: Lines): Lines => lines.map((line) => `  ${line}`);

export const block = (name: string, lines: Lines, open = name): Lines => [
  `<${open}>`,
  ...indent(lines),
  `</${name}>`,
];

/** virXMLFormatElement: an element without children is closed at once. */
export const element = (name: string, lines: Lines, open = name): Lines =>
  lines.length === 0 ? [`<${open}/>`] : block(name, lines, open);

export const yesNo = (is: boolean): string => (is ? 'yes' : 'no');

export const supported = (name: string, lines: Lines): Lines =>
  block(name, lines, `${name} supported='yes'`);

export const feature = (name: string, is: boolean): string => `<${name} supported='${yesNo(is)}'/>`;

export const choice = (name: string, values: Lines): Lines =>
  element(
    'enum',
    values.map((v) => `<value>${v}</value>`),
    `enum name='${name}'`,
  );
