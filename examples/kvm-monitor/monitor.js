/**
 * A small monitor, the thing under test: can guests use KVM on this host?
 *
 * Looking costs something, so it remembers: the verdict is good for as long as the node's ctime stays what it was. How
 * exactly the two times are compared is what the tests are about; libvirt 5.0 compares whole seconds.
 */
export function createMonitor({ fs, resolution = 1 }) {
  const { R_OK, W_OK } = fs.constants;
  let known = null;

  function look(ctime) {
    try {
      fs.accessSync('/dev/kvm', R_OK | W_OK);
      return { ctime, usable: true, why: 'open' };
    } catch ({ code }) {
      return { ctime, usable: false, why: code };
    }
  }

  return {
    check() {
      try {
        const ctime = Math.floor(fs.statSync('/dev/kvm').ctimeMs / resolution);
        if (known?.ctime !== ctime) known = look(ctime);
        return known;
      } catch ({ code }) {
        return { ctime: null, usable: false, why: code };
      }
    },
  };
}
