/** What became of typing: nothing was typed unless it is `typed`. */
export type Typed = 'typed' | 'absent' | 'origin-refused';

export interface TypeOrder {
  readonly found: string;
  readonly ref: string;
  readonly value: string;
  /** The document must still be of this origin, which the caller has found to be allowed. */
  readonly origin: string;
}

/**
 * Runs in our own world of a frame: types a value into one of the scanned fields.
 *
 * The check of the origin and the typing are one task of the page, so that neither a navigation nor a stolen focus can
 * come between them: what is typed goes into that element of that document, or nowhere. It is sent to the page as its
 * source, so it refers to nothing outside itself.
 */
export function typeValue(order: TypeOrder): Typed {
  const kept: unknown = Reflect.get(globalThis, order.found);
  const element: unknown = kept instanceof Map ? kept.get(order.ref) : undefined;
  if (!(element instanceof HTMLInputElement) || !element.isConnected) return 'absent';
  if (self.origin !== order.origin || element.ownerDocument !== document) return 'origin-refused';
  const key = (type: string): boolean =>
    element.dispatchEvent(new KeyboardEvent(type, { bubbles: true, composed: true, key: 'Unidentified' }));
  element.focus();
  element.select();
  // Its events are those of a person's typing, which pages that keep the value themselves listen for.
  const root = element.getRootNode();
  const hasFocus = (root instanceof Document || root instanceof ShadowRoot) && root.activeElement === element;
  if (hasFocus) document.execCommand('insertText', false, order.value);
  if (element.value !== order.value) {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(element, order.value);
    element.dispatchEvent(
      new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertText' }),
    );
  }
  // Forms that wake their button on a key see one; the events of our world carry no text.
  key('keydown');
  key('keyup');
  element.dispatchEvent(new Event('change', { bubbles: true }));
  return 'typed';
}
