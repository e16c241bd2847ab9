/**
 * Tables as virsh draws them.
 *
 * Models: libvirt v5.0.0 tools/vsh-table.c vshTablePrint, vshTableRowPrint; v4.5.0
 *   tools/virsh-domain-monitor.c cmdList (columns of fixed width)
 * Leaves out: characters of more than one column.
 */
type Row = readonly string[];

/** From 4.8.0: as wide as the widest cell, and the heading and its rule unless quiet. */
export function fitted(heading: Row, rows: readonly Row[], quiet: boolean): string {
  const shown = quiet ? rows : [heading, ...rows];
  const widths = heading.map((_, at) => Math.max(0, ...shown.map((row) => (row[at] ?? '').length)));
  const line = (row: Row) =>
    `${row.map((cell, at) => ` ${at < row.length - 1 ? cell.padEnd((widths[at] ?? 0) + 2) : cell}`).join('')}\n`;
  const rule = `${widths.map((width) => '-'.repeat(width + 3)).join('')}\n`;
  return quiet ? rows.map(line).join('') : line(heading) + rule + rows.map(line).join('');
}

/** Before: `%-5s %-30s %s`, and a rule of 52. */
export function fixed(heading: Row, rows: readonly Row[], quiet: boolean): string {
  const line = ([id = '', name = '', state = '']: Row) =>
    ` ${id.padEnd(5)} ${name.padEnd(30)} ${state}\n`;
  const head = quiet ? '' : `${line(heading)}${'-'.repeat(52)}\n`;
  return head + rows.map(line).join('');
}
