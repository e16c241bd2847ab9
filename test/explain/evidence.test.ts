/**
 * A pasted getfacl text is read as what it is: an ACL, an impossible one, or no ACL at all.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { shortText } from '../../sim/acl/text.ts';
import { knownError } from '../../sim/explain/errorText.ts';
import { looksLikeGetfacl, readGetfacl } from '../../sim/explain/evidence.ts';
import { recognise } from '../../sim/explain/what.ts';

const evidence = suite('pasted evidence');

const ids = {
  user: (name: string) => (name === 'operator' ? 1000 : null),
  group: (name: string) => (name === 'kvm' ? 36 : null),
  isPerson: (uid: number) => uid >= 1000,
  person: 1000,
};

/** The ACL as read, or the reason why it was refused. */
function aclOf(text: string): string {
  const read = readGetfacl(text, ids);
  return 'refused' in read ? read.refused : shortText(read.acl);
}

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
  ['user::rw-\ndefault:user::rw-\ngroup::---\nother::---\n', /this line is no entry of an ACL/],
];

for (const [text, why] of refusals) {
  evidence(`refused: ${text.split('\n').join(' ')}`, () => {
    const read = readGetfacl(text, ids);
    assert.match('refused' in read ? read.refused : 'accepted', why);
  });
}

evidence('whoever sat at the console is one and the same, by any name and number', () => {
  const named = (who: string) => `user::rw-\nuser:${who}:rw-\ngroup::---\nmask::rw-\nother::---\n`;
  const texts = ['operator', 'jsmith', '1000', '31337'].map((who) => aclOf(named(who)));
  assert.is(new Set(texts).size, 1);
  assert.is(texts[0], 'user::rw-,user:1000:rw-,group::---,mask::rw-,other::---');
});

evidence('two people are two, and an account of the system is nobody at the console', () => {
  const two = 'user::rw-\nuser:a:rw-\nuser:b:rw-\ngroup::---\nmask::rw-\nother::---\n';
  assert.not.match(aclOf(two), /user:1000/);
  assert.is(
    aclOf('user::rw-\nuser:42:rw-\ngroup::---\nmask::rw-\nother::---\n'),
    'user::rw-,user:42:rw-,group::---,mask::rw-,other::---',
  );
});

evidence('a group that nobody here has is a valid one', () => {
  const text = 'user::rw-\ngroup::---\ngroup:libvirt:rw-\nmask::rw-\nother::---\n';
  assert.match(aclOf(text), /group:4000000000:rw-/);
});

const kinds: readonly (readonly [text: string, kind: string | null])[] = [
  [REPORT, 'getfacl'],
  [`[root@node1 ~]# getfacl /dev/kvm\n${REPORT}`, 'getfacl'],
  [REPORT.replaceAll('\n', '\r\n'), 'getfacl'],
  ['{"v":1,"choices":[],"profile":"centos7","setup":{}}', 'trace'],
  ['{"v":2,"choices":[]}', null],
  ['{"v":1', null],
  [
    'error: invalid argument: could not find capabilities for arch=x86_64 domaintype=kvm \n\n',
    'error',
  ],
  ['Could not access KVM kernel module: Permission denied\n', 'error'],
  ['could not find capabilities for arch=x86_64 domaintype=xen', null],
  ['hello\n', null],
  ['', null],
];

for (const [text, kind] of kinds) {
  evidence(`told apart by its look: ${JSON.stringify(text.slice(0, 50))} is ${kind}`, () => {
    assert.is(recognise(text)?.kind ?? null, kind);
  });
}

evidence('of a report the line that says most counts: QEMU below libvirt', () => {
  const text =
    'error: internal error: process exited while connecting to monitor: Could not access KVM kernel module: Permission denied\n2019-07-14T00:32:08.226000Z qemu-kvm: failed to initialize KVM: Permission denied\n';
  const error = knownError(text);
  assert.equal(
    [error?.kind, error?.reason],
    ['Could not access KVM kernel module', 'Permission denied'],
  );
});

evidence.run();
