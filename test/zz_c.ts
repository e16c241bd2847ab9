import { setAutoFreeze } from 'immer';
setAutoFreeze(false);
import { prove, holds, counterexample } from '../sim/explain/fixesProve.ts';
import { replayFails } from '../sim/host/trace.ts';
const node = 'crw-rw-rw-+ root:kvm user::rw-,group::---,mask::rw-,other::rw-';
for (const c of ['setfacl --remove-all /dev/kvm','chmod 666 /dev/kvm','setfacl -m g::rw /dev/kvm','udevadm settle']) {
const t=performance.now();
const p = prove('centos7', node, c.split(' '));
console.log(c, (performance.now()-t).toFixed(0));
for (const q of p.proofs) { console.log('  ', q.question.says.en); for (const [k,v] of Object.entries({without: q.without, ...q.with})) console.log('     ', k, v.states, v.transitions, v.reached, v.orders.length, v.hit, holds(v), v.orders.slice(0,2).map(o=>o.join(', '))); 
 const o=q.with['after the trigger'].orders[0]; if (o) console.log('replay', replayFails(counterexample(p,'after the trigger',o))); }
}
