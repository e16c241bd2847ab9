/**
 * The picture of the kernel's verdict must never say anything else than the verdict.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Acl, type Entry, entry, inOrder } from '../../sim/acl/entry.ts';
import { type Guarded, permission, type Subject } from '../../sim/acl/permission.ts';
import { dice } from '../../sim/explore/random.ts';
import { judgedRows } from '../../web-viewer/model/verdict.ts';

const verdict = suite('viewer: verdict');

const classTags = { owner: 'user_obj', group: 'group_obj', other: 'other' } as const;

function drawnFile(draw: (sides: number) => number): { acl: Acl; file: Guarded } {
  const named: Entry[] = [];
  for (const id of [1, 2]) if (draw(2) === 0) named.push(entry('user', draw(8), id));
  for (const id of [5, 6]) if (draw(2) === 0) named.push(entry('group', draw(8), id));
  const mask = named.length > 0 || draw(2) === 0 ? [entry('mask', draw(8))] : [];
  const bare = [entry('user_obj', draw(8)), entry('group_obj', draw(8)), entry('other', draw(8))];
  const acl = inOrder([...bare, ...named, ...mask]);
  const bits = (tag: Entry['tag']) => acl.find((e) => e.tag === tag)?.perm ?? 0;
  const middle = mask[0]?.perm ?? bits('group_obj');
  const mode = (bits('user_obj') << 6) | (middle << 3) | bits('other');
  return { acl, file: { uid: 0, gid: 4, mode, acl: mask.length > 0 ? acl : null } };
}

verdict(
  '10,000 drawn files and users: the row that decides is the entry that the kernel names',
  () => {
    const draw = dice(20190714);
    let refused = 0;
    let unread = 0;
    for (let n = 0; n < 10_000; n++) {
      const { acl, file } = drawnFile(draw);
      const who: Subject = { uid: draw(4), gids: [4 + draw(4), 5 + draw(3)], dacOverride: false };
      const { by, granted } = permission(who, file, 6);
      const rows = judgedRows(acl, who, file);
      assert.is(rows.length, acl.length);
      const deciding = rows.filter(({ fate }) => fate === 'decides');
      assert.is(deciding.length, 1, JSON.stringify({ acl, who, file, rows }));
      const decided = acl[deciding[0]?.row ?? -1];
      const expected = typeof by === 'string' ? classTags[by as keyof typeof classTags] : by.tag;
      assert.is(decided?.tag, expected, JSON.stringify({ acl, who, file, by }));
      if (typeof by === 'object') assert.equal(decided, by);
      if (!granted) refused++;
      if (rows.some(({ fate }) => fate === 'not asked')) unread++;
    }
    assert.ok(refused > 1000 && unread > 100, `${refused} refused, ${unread} unread`);
  },
);

verdict.run();
