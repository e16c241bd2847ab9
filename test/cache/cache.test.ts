/**
 * When libvirt trusts what it remembers of QEMU, and when it asks again: every row on every version.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { expectedOf, playRow, rows, versions } from './engine.ts';

const cache = suite('cache');

let played = 0;
for (const row of rows) {
  cache(`${row.state}: ${row.title}`, () => {
    for (const version of versions) {
      assert.is(playRow(row, version), expectedOf(row, version), `libvirt ${version}`);
      played++;
    }
  });
}

cache('at least 150 rows were played', () => {
  assert.is(played, rows.length * versions.length);
  assert.ok(played >= 150);
});

cache.run();
