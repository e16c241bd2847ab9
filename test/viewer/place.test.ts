/**
 * Addresses: what a link says is what the page shows, and a hostile link is only a wrong one.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codeOf, codeOfTold, editsOf, toldOf } from '../../web-viewer/state/edits.ts';
import {
  type HostPlace,
  hashOf,
  hostPlace,
  LONGEST,
  type Place,
  panels,
  placeOf,
} from '../../web-viewer/state/place.ts';

const links = suite('viewer: links');

const host = (more: Partial<HostPlace> = {}): Place => ({
  ...hostPlace('acl-group-empty'),
  ...more,
});

links('every place has an address, and the address leads back', () => {
  const places: Place[] = [
    ...panels.map((panel) => host({ panel, at: 9 })),
    host({ profile: 'centos7,libvirt=4.5.0', edits: 'W10', hash: 'abc', version: '0.1.0' }),
    { view: 'lessons' },
    { view: 'lesson', lesson: '01-what-is-dev-kvm', seed: 7 },
    { view: 'scenarios' },
  ];
  for (const place of places) assert.equal(placeOf(hashOf(place)), place);
});

links('what is no address of ours is none', () => {
  const hostile = [
    '#/<script>alert(1)</script>',
    '#/javascript:alert(1)/why',
    '#/../../etc/passwd',
    '#/acl-group-empty/nowhere',
    '#/acl-group-empty/why/more',
    '#/lessons/<img src=x onerror=alert(1)>',
    '#/__proto__',
    `#/acl-group-empty/why?edits=${'A'.repeat(LONGEST)}`,
  ];
  for (const hash of hostile) assert.is(placeOf(hash), null, hash);
});

links('a number that is none becomes the beginning', () => {
  for (const at of ['-1', 'NaN', '1e99', '1.5', "'", '9999999999'])
    assert.equal(placeOf(`#/acl-group-empty/open?at=${at}`), host());
});

links('edits go into a link and come back; whatever else is refused in a sentence', () => {
  const edits = [
    { at: 3, type: "setfacl -m g::rw /dev/kvm; echo '中文' & é" },
    { at: 2, swap: true as const },
    { at: 1, drop: true as const },
    { at: 4, choice: { login: 'operator', on: 'tty1' } },
  ];
  assert.equal(editsOf(codeOf(edits)), edits);
  const wrong = [
    '%%%',
    'AAAA',
    codeOf([]).slice(1),
    btoa('{"at":1}'),
    btoa('[{"at":-1,"drop":true}]'),
    btoa('[{"at":1}]'),
    btoa('[{"at":1,"choice":{"login":"x; rm -rf /","on":"tty1"}}]'),
    btoa('[{"at":1,"choice":{"fault":{}}}]'),
    btoa(`[${'{"at":1,"drop":true},'.repeat(300).slice(0, -1)}]`),
  ].map((code) => code.replace(/=+$/, ''));
  for (const code of wrong) assert.throws(() => editsOf(code), /cannot be read/, code);
});

links('a whole story goes into a link with its changes, and comes back', () => {
  const told = { profile: 'centos7', setup: {}, choices: [{ login: 'operator', on: 'tty1' }] };
  const edits = [{ at: 1, type: 'ls' }];
  assert.equal(toldOf(codeOfTold(told, edits)), { told, edits });
  assert.is(toldOf(codeOf(edits)), null);
  for (const code of ['t.', 't.AAAA.W10', `t.${btoa('{"profile":1}').replace(/=+$/, '')}.W10`])
    assert.throws(() => toldOf(code), /cannot be read/, code);
});

links.run();
