/**
 * The rules files of Debian 12's udev 252, as far as they touch devices that exist here.
 *
 * Models: systemd v252 rules.d/50-udev-default.rules.in (DEV_KVM_MODE 0660), rules.d/80-drivers.rules,
 *   src/login/70-uaccess.rules.in, 71-seat.rules.in, 73-seat-late.rules.in (own wording)
 *
 * The group and mode of /dev/kvm are systemd's own business here. They come in the same event as the
 * first uaccess, before it, so group_obj is rw- from the beginning.
 */
import type { RulesText } from './el7.ts';

const DIRECTORY = '/usr/lib/udev/rules.d';

const defaults = `# Default permissions and names.
ACTION=="remove", ENV{REMOVE_CMD}!="", RUN+="$env{REMOVE_CMD}"
ACTION=="remove", GOTO="default_end"
ENV{MODALIAS}!="", IMPORT{builtin}="hwdb --subsystem=$env{SUBSYSTEM}"

ACTION!="add", GOTO="default_end"
SUBSYSTEM=="tty", KERNEL=="ptmx", GROUP="tty", MODE="0666"
SUBSYSTEM=="tty", KERNEL=="tty", GROUP="tty", MODE="0666"
SUBSYSTEM=="tty", KERNEL=="tty[0-9]*", GROUP="tty", MODE="0620"
KERNEL=="tty[A-Z]*[0-9]", GROUP="dialout"
SUBSYSTEM=="block", GROUP="disk"
KERNEL=="loop-control", GROUP="disk", OPTIONS+="static_node=loop-control"
KERNEL=="tun", MODE="0666", OPTIONS+="static_node=net/tun"
KERNEL=="fuse", MODE="0666", OPTIONS+="static_node=fuse"
KERNEL=="kvm", GROUP="kvm", MODE="0660", OPTIONS+="static_node=kvm"
KERNEL=="vhost-net", GROUP="kvm", MODE="0660", OPTIONS+="static_node=vhost-net"
LABEL="default_end"
`;

const uaccess = `# Devices that the user at the seat may use.
ACTION=="remove", GOTO="uaccess_end"
ENV{MAJOR}=="", GOTO="uaccess_end"

# KVM
SUBSYSTEM=="misc", KERNEL=="kvm", TAG+="uaccess"

LABEL="uaccess_end"
`;

const seat = `# Devices that belong to a seat.
ACTION=="remove", GOTO="seat_end"
TAG=="uaccess", SUBSYSTEM!="sound", TAG+="seat"
TAG=="seat", ENV{ID_PATH}=="", IMPORT{builtin}="path_id"
LABEL="seat_end"
`;

const seatLate = `# The seat is known by now.
ACTION=="remove", GOTO="seat_late_end"
ENV{ID_SEAT}=="", IMPORT{parent}="ID_SEAT"
ENV{ID_SEAT}!="", TAG+="$env{ID_SEAT}"
TAG=="uaccess", ENV{MAJOR}!="", RUN{builtin}+="uaccess"
LABEL="seat_late_end"
`;

const drivers = `# Load the modules that devices ask for.
ACTION!="add", GOTO="drivers_end"
ENV{MODALIAS}=="?*", RUN{builtin}+="kmod load"
LABEL="drivers_end"
`;

export const rulesDebian12: readonly RulesText[] = [
  { path: `${DIRECTORY}/50-udev-default.rules`, content: defaults },
  { path: `${DIRECTORY}/70-uaccess.rules`, content: uaccess },
  { path: `${DIRECTORY}/71-seat.rules`, content: seat },
  { path: `${DIRECTORY}/73-seat-late.rules`, content: seatLate },
  { path: `${DIRECTORY}/80-drivers.rules`, content: drivers },
];
