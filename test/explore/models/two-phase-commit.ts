/**
 * Two-phase commit between one transaction manager and some resource managers.
 *
 * Models: Stateright examples/2pc.rs, after L. Lamport's TLA+ specification TwoPhase. Stateright's own
 *   tests state its size: 288 states for 3 resource managers, 8,832 for 5.
 */
import type { Model } from '../../../sim/explore/model.ts';

type Rm = 'working' | 'prepared' | 'committed' | 'aborted';
type State = Readonly<{
  rms: readonly Rm[];
  tm: 'init' | 'committed' | 'aborted';
  tmPrepared: readonly boolean[];
  sentPrepared: readonly boolean[];
  sentCommit: boolean;
  sentAbort: boolean;
}>;
type Step = Readonly<{ who: 'tm' | 'rm'; does: string; rm: number }>;

export function twoPhaseCommit(size: number): Model<State, Step> {
  const each = [...new Array<null>(size).keys()];
  return {
    name: `two-phase commit of ${size}`,
    initial: [
      {
        rms: each.map(() => 'working'),
        tm: 'init',
        tmPrepared: each.map(() => false),
        sentPrepared: each.map(() => false),
        sentCommit: false,
        sentAbort: false,
      },
    ],
    enabled(state) {
      const steps: Step[] = [];
      const tm = (does: string, rm = -1) => steps.push({ who: 'tm', does, rm });
      const manager = (does: string, rm: number) => steps.push({ who: 'rm', does, rm });
      if (state.tm === 'init' && state.tmPrepared.every((prepared) => prepared)) tm('commit');
      if (state.tm === 'init') tm('abort');
      for (const rm of each) {
        if (state.tm === 'init' && state.sentPrepared[rm]) tm('hear prepared', rm);
        if (state.rms[rm] === 'working') manager('prepare', rm);
        if (state.rms[rm] === 'working') manager('choose to abort', rm);
        if (state.sentCommit) manager('hear commit', rm);
        if (state.sentAbort) manager('hear abort', rm);
      }
      return steps;
    },
    next(state, { does, rm }) {
      const become = (rms: Rm): State => ({ ...state, rms: state.rms.with(rm, rms) });
      if (does === 'commit') return { ...state, tm: 'committed', sentCommit: true };
      if (does === 'abort') return { ...state, tm: 'aborted', sentAbort: true };
      if (does === 'hear prepared')
        return { ...state, tmPrepared: state.tmPrepared.with(rm, true) };
      if (does === 'prepare') {
        return { ...become('prepared'), sentPrepared: state.sentPrepared.with(rm, true) };
      }
      return become(does === 'hear commit' ? 'committed' : 'aborted');
    },
    describe: ({ who, does, rm }) => `${who}${who === 'rm' ? rm : ''} ${does}`,
    actor: ({ who, rm }) => (who === 'tm' ? 'tm' : `rm${rm}`),
    always: {
      'no one commits what another aborts': ({ rms }) =>
        !(rms.includes('committed') && rms.includes('aborted')),
    },
    sometimes: {
      'all abort': ({ rms }) => rms.every((rm) => rm === 'aborted'),
      'all commit': ({ rms }) => rms.every((rm) => rm === 'committed'),
    },
  };
}
