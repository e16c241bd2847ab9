/**
 * A pasted getfacl text is read as what it is: an ACL, an impossible one, or no ACL at all.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { shortText } from '../../sim/acl/text.ts';
import { looksLikeGetfacl, readGetfacl } from '../../sim/explain/evidence.ts';

const evidence = suite('pasted evidence');

const ids = {
  user: (name: string) => (name === 'operator' ? 1000 : null),
  group: (name: string) => (name === 'kvm' ? 36 : null),
};

const REPORT = `getfacl: Removing leading '/' from absolute path names
# file: dev/kvm
# owner: root
# group: kvm
user::rw-
group::---
mask::rw-
other::rw-
`;

evidence('the text of the report', () => {
  const read = readGetfacl(REPORT, ids);
  assert.not('refused' in read);
  if ('refused' in read) return;
  assert.equal(
    [read.owner, read.group, shortText(read.acl)],
    ['root', 'kvm', 'user::rw-,group::---,mask::rw-,other::rw-'],
  );
  assert.ok(looksLikeGetfacl(REPORT));
});

evidence('named entries, any order, effective rights', () => {
  const text =
    'other::rw-\nuser:operator:rwx\t#effective:rw-\nuser::rw-\nmask::rw-\ngroup::---\ngroup:kvm:r--\n';
  const read = readGetfacl(text, ids);
  assert.ok(
    !('refused' in read) &&
      shortText(read.acl) ===
        'user::rw-,user:1000:rwx,group::---,group:36:r--,mask::rw-,other::rw-',
  );
});

const refusals: readonly (readonly [text: string, why: RegExp])[] = [
  ['user::rw-\ngroup::---\n', /an entry is missing/],
  ['user::rw-\ngroup::---\nother::---\nuser:1000:rw-\n', /an entry is missing/],
  ['user::rw-\nuser::rw-\ngroup::---\nother::---\n', /two entries of a kind/],
  [
    'user::rw-\nuser:5:rw-\nuser:5:r--\ngroup::---\nmask::rw-\nother::---\n',
    /names the same user or group twice/,
  ],
  ['user::rq-\ngroup::---\nother::---\n', /this line is no entry of an ACL: user::rq-/],
  [
    'user::rw-\nuser:nobody9:rw-\ngroup::---\nmask::rw-\nother::---\n',
    /there is no user nobody9 on the simulated host/,
  ],
];

for (const [text, why] of refusals) {
  evidence(`refused: ${text.split('\n').join(' ')}`, () => {
    const read = readGetfacl(text, ids);
    assert.match('refused' in read ? read.refused : 'accepted', why);
  });
}

evidence.run();
