/**
 * Why is KVM missing? One question for every kind of evidence.
 */
import type { Refused } from './evidence.ts';
import type { Explanation, Options } from './explanation.ts';
import type { What } from './what.ts';
import { whyAcl } from './whyAcl.ts';
import { whyError } from './whyError.ts';
import { whyTrace } from './whyTrace.ts';

/** A host's report is held against scenarios, which explain/report/whyReport.ts is given. */
export type Asked = Exclude<What, { kind: 'report' }>;

export function why(what: Asked, options: Options): Explanation | Refused {
  switch (what.kind) {
    case 'trace':
      return whyTrace(what.trace, options);
    case 'getfacl':
      return whyAcl(what.text, options);
    case 'error':
      return whyError(what.error, options);
  }
}
