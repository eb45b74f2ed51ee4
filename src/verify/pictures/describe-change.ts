import type { Severity } from '../../domain/finding.ts';
import type { ElementBox } from '../ports.ts';
import type { ElementChange, StyleChange } from './element-change.ts';
import { nameStyles } from './name-styles.ts';

/** One cause of what a picture shows, in words. */
export interface Cause {
  readonly key: string;
  readonly severity: Severity;
  readonly title: string;
  readonly expected: string;
  readonly actual: string;
  /** More for the body, a line each. */
  readonly details?: readonly string[];
}

/** Tags that mean nothing to a person. */
const PLAIN = new Set(['div', 'span', 'section', 'article', 'b', 'i', 'em', 'strong', 'small', 'time']);
/** Tags without a role of ours that mean something. */
const WORDS: Readonly<Record<string, string>> = {
  body: 'page',
  aside: 'box',
  dl: 'list',
  dt: 'term',
  dd: 'value',
};
const MAX_DETAILS = 8;

/** Names an element as a person would: `button “Pay”`. */
export function nameElement(element: ElementBox): string {
  const name = element.name === '' ? '' : `“${shorten(element.name, 60)}”`;
  if (element.role === '' && PLAIN.has(element.tag)) return name === '' ? 'a part of the page' : name;
  const what = element.role === '' ? (WORDS[element.tag] ?? element.tag) : element.role;
  return name === '' ? what : `${what} ${name}`;
}

export function describeChange(change: ElementChange): Cause {
  switch (change.kind) {
    case 'added': {
      const name = nameElement(change.head);
      return {
        key: `added|${change.head.key}|${change.head.name}`,
        severity: 'low',
        title: `New on the page: ${name}`,
        expected: `no ${name}`,
        actual: `${name}, ${size(change.head)}`,
      };
    }
    case 'removed': {
      const name = nameElement(change.base);
      return {
        key: `removed|${change.base.key}|${change.base.name}`,
        severity: change.base.isInteractive ? 'high' : 'medium',
        title: `Gone from the page: ${name}`,
        expected: `${name}, ${size(change.base)}`,
        actual: `no ${name}`,
      };
    }
    case 'restyled':
      if (change.base.isInteractive && !change.head.isInteractive) return describeDisabled(change.head);
      return describeRestyled(change);
    case 'text':
      return {
        key: `text|${change.base.text}|${change.head.text}`,
        severity: 'low',
        title: `The text of ${nameElement({ ...change.head, name: '' })} changed: “${shorten(change.base.text, 50)}” is now “${shorten(change.head.text, 50)}”`,
        expected: change.base.text,
        actual: change.head.text,
      };
    case 'resized':
      return {
        key: `resized|${change.head.key}|${change.head.width - change.base.width}|${change.head.height - change.base.height}`,
        severity: 'medium',
        title: `${sentence(nameElement(change.head))} has another size: ${size(change.base)} is now ${size(change.head)}`,
        expected: size(change.base),
        actual: size(change.head),
      };
    case 'moved':
      return describeMove(change.base, change.head);
    default:
      return change satisfies never;
  }
}

function describeMove(base: ElementBox, head: ElementBox): Cause {
  const [right, down] = [head.x - base.x, head.y - base.y];
  return {
    key: `moved|${right}|${down}|${head.key}`,
    severity: 'medium',
    title: `${sentence(nameElement(head))} moved by ${right} px across and ${down} px down`,
    expected: `at ${base.x}, ${base.y}`,
    actual: `at ${head.x}, ${head.y}`,
  };
}

function describeDisabled(element: ElementBox): Cause {
  const name = nameElement(element);
  return {
    key: `disabled|${element.key}|${element.name}`,
    severity: 'high',
    title: `${sentence(name)} is disabled`,
    expected: `${name} can be used`,
    actual: `${name} is disabled`,
  };
}

function describeRestyled({ head, styles, contrast }: Extract<ElementChange, { kind: 'restyled' }>): Cause {
  const list = (side: 'from' | 'to'): string =>
    styles.map((style) => `${style.property}: ${readable(style[side])}`).join('; ');
  const rest = styles.length - MAX_DETAILS;
  return {
    key: `restyled|${styles.map((style) => `${style.property}:${style.from}>${style.to}`).join(';')}${contrast === undefined ? '' : '|unreadable'}`,
    severity: contrast === undefined ? 'medium' : 'high',
    title:
      contrast === undefined
        ? `${sentence(nameElement(head))} looks different: ${nameStyles(styles)}`
        : `${sentence(nameElement(contrast.element))} can hardly be read: contrast ${ratio(contrast.head)}, on the base ${ratio(contrast.base)}`,
    expected: list('from'),
    actual: list('to'),
    details: [
      ...styles.slice(0, MAX_DETAILS).map(inFull),
      ...(rest > 0 ? [`and ${rest} more ${rest === 1 ? 'property' : 'properties'}`] : []),
    ],
  };
}

function inFull({ property, from, to }: StyleChange): string {
  return `\`${property}\`: ${shorten(readable(from), 60)} → ${shorten(readable(to), 60)}`;
}

/** As it is written: `4.5:1`, and `14:1` where a tenth says nothing. */
function ratio(contrast: number): string {
  return `${contrast < 10 ? contrast.toFixed(1) : Math.round(contrast)}:1`;
}

/** Colours as people write them. */
function readable(value: string): string {
  return value.replace(/\brgb\((\d+), (\d+), (\d+)\)/g, (_match, ...channels: string[]) => {
    const hex = channels.slice(0, 3).map((channel) => Number(channel).toString(16).padStart(2, '0'));
    return `#${hex.join('')}`;
  });
}

function size({ width, height }: ElementBox): string {
  return `${width} × ${height} px`;
}

/** Begins with a capital letter. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
