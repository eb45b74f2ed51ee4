import { findNode } from '../model/targets.ts';
import type { Invariant } from './invariant.ts';

/** A click on a disabled control sends nothing, leads nowhere and does not enable it. */
export const disabledStaysDisabled: Invariant = {
  name: 'disabled-stays-disabled',
  check: ({ before, step, after }) => {
    if (before === undefined || step === undefined) return [];
    const target = 'click' in step ? step.click : 'doubleClick' in step ? step.doubleClick : undefined;
    const node = target === undefined ? undefined : findNode(before, target);
    if (target === undefined || node?.states.disabled !== true) return [];
    const sent = after.requests.find(
      (one) => one.method !== 'GET' && one.method !== 'HEAD' && one.method !== 'OPTIONS',
    );
    const later = findNode(after, target);
    const effect =
      sent !== undefined
        ? `it sends ${sent.method} ${sent.url.slice(0, 120)}`
        : after.url !== before.url
          ? `it leads to ${after.url.slice(0, 120)}`
          : later !== undefined && later.states.disabled !== true
            ? 'it is enabled after that'
            : undefined;
    if (effect === undefined) return [];
    return [
      {
        key: `disabled-stays-disabled|${node.role}|${node.name}`,
        what: `the disabled ${node.role} “${node.name}” takes a click: ${effect}`,
        severity: 'medium',
        category: 'flow',
        expected: 'nothing happens',
        actual: effect,
        node,
      },
    ];
  },
};
