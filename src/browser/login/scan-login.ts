import type { LoginControl } from '../../verify/login/ports.ts';
import { CONTROL_SOURCES, type isCaptcha, type readControl } from './read-control.ts';

/** Where the scanned elements are kept in our own world of a frame. */
export const FOUND = 'firsthandLogin';

export interface ScanQuery {
  readonly found: string;
  /** Number of the frame, so that refs and numbers of several frames do not meet. */
  readonly frame: number;
  readonly maxElements: number;
  readonly maxControls: number;
  readonly maxText: number;
}

/** What one frame shows. */
export interface ScannedFrame {
  readonly controls: readonly LoginControl[];
  readonly text: string;
  readonly title: string;
  readonly hasCaptcha: boolean;
  /** Local and session storage; never leaves the adapter but as a digest. */
  readonly stored: string;
}

/** What reads one element. Names of another module would mean nothing in the page. */
interface ScanParts {
  readonly isCaptcha: typeof isCaptcha;
  readonly readControl: typeof readControl;
}

/** Runs in our own world of a frame: fields and what can be pressed, open shadow roots included. */
function scanFrame(query: ScanQuery, parts: ScanParts): ScannedFrame {
  const kept = new Map<string, Element>();
  Reflect.set(globalThis, query.found, kept);
  const numbers = new Map<Node, number>();
  const numberOf = (node: Node): number => {
    const number = numbers.get(node) ?? query.frame * 1_000_000 + numbers.size;
    numbers.set(node, number);
    return number;
  };
  const controls: LoginControl[] = [];
  const texts = [(document.body?.innerText ?? '').slice(0, query.maxText)];
  let [left, hasCaptcha] = [query.maxElements, false];
  const note = (element: Element): void => {
    hasCaptcha ||= parts.isCaptcha(element);
    const control = controls.length < query.maxControls ? parts.readControl(element, numberOf) : undefined;
    if (control === undefined) return;
    const ref = `${query.frame}:${kept.size}`;
    kept.set(ref, element);
    controls.push({ ref, ...control });
  };
  const walk = (root: Document | ShadowRoot): void => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT);
    for (let at = walker.nextNode(); at !== null && left > 0; at = walker.nextNode()) {
      left -= 1;
      if (!(at instanceof Element)) continue;
      try {
        note(at);
      } catch {
        // A form can hide its own methods behind fields that are named like them.
      }
      if (at.shadowRoot === null) continue;
      for (const child of at.shadowRoot.children) {
        if (child instanceof HTMLElement && !/^(?:style|script|template|slot)$/.test(child.localName))
          texts.push(child.innerText.slice(0, query.maxText));
      }
      walk(at.shadowRoot);
    }
  };
  walk(document);
  let stored = '';
  try {
    stored = JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]).slice(0, 200_000);
  } catch {
    // A document without an origin of its own has no storage.
  }
  const text = texts.join('\n').slice(0, query.maxText);
  return { controls, text, title: document.title.slice(0, 200), hasCaptcha, stored };
}

/** The source of a function that takes a `ScanQuery` and returns a `ScannedFrame`. */
export const SCAN_LOGIN = `(query) => {
  ${[...CONTROL_SOURCES, scanFrame].map(String).join('\n')}
  return scanFrame(query, { isCaptcha, readControl });
}`;
