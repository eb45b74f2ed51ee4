import type { Severity } from '../domain/finding.ts';
import type { ElementChange, StyleChange } from './element-changes.ts';
import type { ElementBox } from './ports.ts';

/** One cause of what a picture shows, in words. */
export interface Cause {
  readonly key: string;
  readonly severity: Severity;
  readonly title: string;
  readonly expected: string;
  readonly actual: string;
}

/** Names an element as a person would: `button “Pay”`. */
export function nameElement(element: ElementBox): string {
  const what = element.role === '' ? (element.tag === 'body' ? 'page' : element.tag) : element.role;
  return element.name === '' ? what : `${what} “${shorten(element.name, 60)}”`;
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
      return {
        key: `restyled|${change.styles.map((style) => `${style.property}:${style.from}>${style.to}`).join(';')}`,
        severity: 'medium',
        title: `${capital(nameElement(change.head))} looks different: ${change.styles.slice(0, 2).map(inShort).join(', ')}${change.styles.length > 2 ? ` and ${change.styles.length - 2} more` : ''}`,
        expected: change.styles.map((style) => `${style.property}: ${readable(style.from)}`).join('; '),
        actual: change.styles.map((style) => `${style.property}: ${readable(style.to)}`).join('; '),
      };
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
        title: `${capital(nameElement(change.head))} has another size: ${size(change.base)} is now ${size(change.head)}`,
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
    title: `${capital(nameElement(head))} moved by ${right} px across and ${down} px down`,
    expected: `at ${base.x}, ${base.y}`,
    actual: `at ${head.x}, ${head.y}`,
  };
}

function describeDisabled(element: ElementBox): Cause {
  const name = nameElement(element);
  return {
    key: `disabled|${element.key}|${element.name}`,
    severity: 'high',
    title: `${capital(name)} is disabled`,
    expected: `${name} can be used`,
    actual: `${name} is disabled`,
  };
}

function inShort({ property, from, to }: StyleChange): string {
  return `${property} ${shorten(readable(from), 30)} → ${shorten(readable(to), 30)}`;
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

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
