/** What the page opens with when its address names nothing else. */
export const FIRST = 'acl-group-empty';
export const FIRST_PROFILE = 'centos7';
