/**
 * The prompt of CentOS' /etc/bashrc: `[root@node1 ~]# `.
 *
 * Models: setup-2.8.71 /etc/bashrc PS1='[\u@\h \W]\$ '; GNU bash 4.2 parse.y decode_prompt_string
 */
export function prompt(user: string, nodename: string, cwd: string, home: string): string {
  const host = nodename.split('.')[0] ?? nodename;
  const last = cwd.slice(cwd.lastIndexOf('/') + 1) || '/';
  return `[${user}@${host} ${cwd === home ? '~' : last}]${user === 'root' ? '#' : '$'} `;
}
