/** The incident among everything that may happen to a host, each event running to its end before the next. */
import type { HostModel } from '../sim/explain/models/model.ts';

export const incident: HostModel = {
  title: 'the incident',
  asks: 'Which orders of logins, logouts, an installation and what machines do lead to group::--- under mask::rw-?',
  profile: 'centos7',
  grain: 'coarse',
  before: [{ run: ['useradd', 'guest'], as: 'root@pts/0' }],
  events: [
    'login',
    'root login',
    'logout',
    'install',
    'trigger',
    'VM start and stop',
    'udevd restart',
    'module reload',
    'reboot',
  ],
  logins: ['guest'],
  always: ['only who sits at the seat has an entry'],
  sometimes: [
    'the incident is there',
    'group kvm has its rights',
    'somebody has an entry of his own',
  ],
};
