/** Runs in the page. */
export function isFocused(element: Element): boolean {
  const root = element.getRootNode();
  return (root instanceof Document || root instanceof ShadowRoot) && root.activeElement === element;
}

/** Runs in the page: empty when the element can be typed into. */
export function whyNotEditable(element: Element): string {
  if (element.matches(':disabled') || element.closest('[aria-disabled="true"], [inert]') !== null)
    return 'is disabled';
  if (element.getClientRects().length === 0) return 'is not visible';
  if (element instanceof HTMLElement && element.isContentEditable) return '';
  const isField = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
  if (!isField) return 'cannot be typed into';
  return element.readOnly || element.getAttribute('aria-readonly') === 'true' ? 'is read-only' : '';
}

/** Runs in the page: empty when the option can be chosen. */
export function whyNotChoosable(element: Element, label: string): string {
  if (element.matches(':disabled') || element.closest('[aria-disabled="true"], [inert]') !== null)
    return 'is disabled';
  if (!(element instanceof HTMLSelectElement)) return 'is no list';
  const fold = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const option = [...element.options].find((one) => fold(one.label) === fold(label));
  if (option === undefined) return `has no option “${label}”`;
  return option.disabled ? `has option “${label}” disabled` : '';
}
