/**
 * PID 1 starts, stops and restarts services, and gives up on one that keeps dying.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { executable } from '../../sim/kernel/executable.ts';
import { desk } from '../support/host.ts';

const services = suite('services');

const unit = (exec: string) =>
  `[Unit]\nDescription=A test\n\n[Service]\nExecStart=${exec}\nRestart=on-failure\n\n[Install]\nWantedBy=multi-user.target\n`;
const host = desk({
  files: [
    { path: '/usr/lib/systemd/system/dies.service', content: unit('/usr/bin/false') },
    { path: '/usr/lib/systemd/system/gone.service', content: unit('/usr/bin/gone') },
    { path: '/usr/bin/false', mode: 0o755, content: executable('false') },
  ],
});

services('a service that keeps failing is restarted five times and then left alone', () => {
  host.root('systemctl start dies');
  const journal = host.root('journalctl -u systemd').stdout;
  assert.is(journal.split('Started A test.').length - 1, 6);
  assert.match(journal, /start request repeated too quickly for dies\.service/);
  assert.match(host.root('systemctl status dies').stdout, /Active: failed \(Result: exit-code\)/);
  assert.is(host.root('systemctl is-active dies').stdout, 'failed\n');
});

services('a simple service whose program is not there has started, and then failed', () => {
  assert.is(host.root('systemctl start gone').status, 0);
  assert.is(host.root('systemctl is-active gone').stdout, 'failed\n');
});

services('an unknown unit is answered as systemctl answers it', () => {
  assert.equal(
    [host.root('systemctl start nosuch'), host.root('systemctl status nosuch')].map((s) => [
      s.stderr,
      s.status,
    ]),
    [
      ['Failed to start nosuch.service: Unit not found.\n', 5],
      ['Unit nosuch.service could not be found.\n', 4],
    ],
  );
});

services('stop, start, enable', () => {
  host.root('systemctl stop sshd');
  assert.is(host.root('systemctl is-active sshd').stdout, 'inactive\n');
  host.root('systemctl start sshd');
  assert.is(host.root('systemctl is-active sshd').status, 0);
  assert.is(host.root('systemctl is-enabled gone').stdout, 'disabled\n');
  host.root('systemctl enable gone');
  assert.is(host.root('systemctl is-enabled gone').stdout, 'enabled\n');
});

services.run();
