import type { LoginControl } from '../../verify/login/ports.ts';

/*
 * These functions run in our own world of a page. They are sent as their sources, all together, so they refer to one
 * another by name and to nothing else.
 */

function fold(text: string | null | undefined, max: number): string {
  return (text ?? '')
    .slice(0, max * 4)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, max);
}

/** What holds a node where it is shown: slots and the hosts of shadow roots included. */
function above(node: Node): Node | null {
  if (node instanceof ShadowRoot) return node.host;
  return (node instanceof Element ? node.assignedSlot : null) ?? node.parentNode;
}

function pathOf(element: Element, numberOf: (node: Node) => number): number[] {
  const path: number[] = [];
  for (let at = above(element); at instanceof Node && path.length < 60; at = above(at)) {
    if (at instanceof Element) path.push(numberOf(at));
  }
  return path;
}

function formOf(element: Element): Element | undefined {
  for (let at: Node | null = element; at instanceof Node; at = above(at)) {
    const isForm = at instanceof Element && (at.localName === 'form' || at.getAttribute('role') === 'form');
    if (isForm) return at as Element;
  }
  const form: unknown = Reflect.get(element, 'form');
  return form instanceof HTMLFormElement ? form : undefined;
}

function isShown(element: Element): boolean {
  const boxes = [...element.getClientRects()];
  return (
    element.checkVisibility({ visibilityProperty: true }) &&
    boxes.some(({ width, height }) => width > 1 && height > 1)
  );
}

/** Transparent, off the page or hidden from assistive technology. */
function isFaint(element: Element): boolean {
  const { right, bottom } = element.getBoundingClientRect();
  if (right + scrollX <= 0 || bottom + scrollY <= 0) return true;
  if (!element.checkVisibility({ opacityProperty: true })) return true;
  return element.closest('[aria-hidden="true"], [inert]') !== null;
}

/** The text beside a field that no label is tied to. */
function textBeside(field: Element): string {
  const fields = 'input:not([type=hidden]), textarea, select';
  for (let at = above(field), depth = 0; at instanceof Node && depth < 6; at = above(at), depth += 1) {
    if (!(at instanceof HTMLElement)) continue;
    if (at.localName === 'form' || at.querySelectorAll(fields).length > 1) break;
    const text = fold(at.innerText, 80);
    if (text !== '') return text;
  }
  const before = field.previousElementSibling;
  if (before instanceof HTMLElement && !before.matches(fields) && before.querySelector(fields) === null)
    return fold(before.innerText, 80);
  const loose = field.previousSibling;
  if (loose instanceof Text && loose.data.trim() !== '') return fold(loose.data, 80);
  const cell = field.closest('td, dd')?.previousElementSibling;
  return cell instanceof HTMLElement ? fold(cell.innerText, 80) : '';
}

function kindOf(element: Element): LoginControl['kind'] | undefined {
  if (element instanceof HTMLInputElement) {
    if (['text', 'email', 'tel', 'number', 'password', 'url', 'search'].includes(element.type))
      return 'field';
    return ['submit', 'button', 'image'].includes(element.type) ? 'button' : undefined;
  }
  if (element instanceof HTMLButtonElement || element.localName === 'summary') return 'button';
  if (element instanceof HTMLAnchorElement) return element.href === '' ? 'button' : 'link';
  const role = element.getAttribute('role');
  if (role === 'link') return 'link';
  if (role === 'button' || role === 'menuitem' || role === 'tab') return 'button';
  if (/-.*(?:button|btn)|(?:button|btn).*-/.test(element.localName)) return 'button';
  return isPressable(element) ? 'button' : undefined;
}

/** A plain element that takes clicks: by a handler in the markup, in the order of the tab key, or by its pointer. */
function isPressable(element: Element): boolean {
  const text = element.textContent ?? '';
  if (!(element instanceof HTMLElement) || element.childElementCount > 3 || text.length > 200) return false;
  if (fold(text, 61).length > 60 || /^(?:html|body|label|form|option|select)$/.test(element.localName))
    return false;
  if (text.trim() === '' && !element.hasAttribute('aria-label') && !element.hasAttribute('title'))
    return false;
  const isHandled = element.hasAttribute('onclick') || element.hasAttribute('tabindex');
  if (!isHandled && getComputedStyle(element).cursor !== 'pointer') return false;
  const others = 'a[href], button, label, [role=button], [role=link], [onclick]';
  if (element.parentElement?.closest(others)) return false;
  return element.querySelector(`${others}, input, select`) === null;
}

/** What people see or hear of a control. */
function labelOf(element: Element, kind: LoginControl['kind']): string {
  const root = element.getRootNode();
  const named = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).slice(0, 5);
  const byIds = named.map((id) =>
    id !== '' && (root instanceof Document || root instanceof ShadowRoot)
      ? root.getElementById(id)?.textContent
      : '',
  );
  const hasLabels = element instanceof HTMLInputElement || element instanceof HTMLButtonElement;
  const labels = hasLabels ? [...(element.labels ?? [])].map((label) => label.textContent) : [];
  const attributes = ['aria-label', 'placeholder', 'title'].map((name) => element.getAttribute(name));
  const host = root instanceof ShadowRoot ? root.host : undefined;
  const ofHost =
    host === undefined ? [] : ['label', 'placeholder', 'aria-label'].map((name) => host.getAttribute(name));
  if (kind === 'field') return join([...labels, ...byIds, ...attributes, ...ofHost]);
  const inner = element instanceof HTMLElement ? element.innerText : element.textContent;
  const value = element instanceof HTMLInputElement ? [element.value, element.alt] : [];
  const drawn = [...element.querySelectorAll('img[alt], svg title, [aria-label]')]
    .slice(0, 4)
    .map((one) => one.getAttribute('alt') ?? one.getAttribute('aria-label') ?? one.textContent);
  const own = element.localName.includes('-') ? [element.getAttribute('label')] : [];
  return join([inner, ...value, ...labels, ...byIds, ...attributes, ...drawn, ...own]);
}

function join(parts: readonly (string | null | undefined)[]): string {
  const folded = parts.map((part) => fold(part, 120)).filter((part) => part !== '');
  return fold([...new Set(folded)].join(' '), 160);
}

/** A check for robots that a person would have to solve. */
export function isCaptcha(element: Element): boolean {
  const makers =
    /recaptcha\/(?:api2|enterprise)\/(?:anchor|bframe)|hcaptcha\.com|challenges\.cloudflare\.com|arkoselabs|funcaptcha|friendlycaptcha|geetest|captcha-delivery/i;
  const is =
    (element instanceof HTMLIFrameElement &&
      makers.test(element.src) &&
      !element.src.includes('size=invisible')) ||
    element.matches(
      '.g-recaptcha[data-sitekey]:not([data-size="invisible"]):not(button), .h-captcha[data-sitekey]:not([data-size="invisible"]), .cf-turnstile, .frc-captcha',
    ) ||
    (element instanceof HTMLImageElement && /captcha/i.test(`${element.src} ${element.alt} ${element.id}`)) ||
    (element instanceof HTMLInputElement &&
      /captcha/i.test(`${element.name} ${element.id} ${element.placeholder}`));
  return is && element.closest('.grecaptcha-badge') === null && isShown(element);
}

/** All of what a control says of itself, but for its value. */
export function readControl(
  element: Element,
  numberOf: (node: Node) => number,
): Omit<LoginControl, 'ref'> | undefined {
  const kind = kindOf(element);
  if (kind === undefined) return undefined;
  const root = element.getRootNode();
  const attribute = (name: string): string => fold(element.getAttribute(name), 120);
  const host = root instanceof ShadowRoot ? fold(root.host.getAttribute('name'), 60) : '';
  const names = ['name', 'id', 'formcontrolname', 'data-testid'].map(attribute);
  const input = element instanceof HTMLInputElement ? element : undefined;
  const form = formOf(element);
  return {
    kind,
    type: (
      input?.type ?? (element instanceof HTMLButtonElement ? element.type : attribute('type'))
    ).toLowerCase(),
    autocomplete: attribute('autocomplete').toLowerCase(),
    names: [...names, host].filter((name) => name !== '').join(' '),
    label: labelOf(element, kind),
    near: kind === 'field' ? textBeside(element) : '',
    maxLength: input?.maxLength ?? -1,
    path: pathOf(element, numberOf),
    ...(form === undefined ? {} : { form: numberOf(form) }),
    isVisible: isShown(element),
    isFaint: isFaint(element),
    isDisabled:
      element.matches(':disabled') ||
      element.getAttribute('aria-disabled') === 'true' ||
      input?.readOnly === true,
    isFilled: kind === 'field' && input !== undefined && input.value !== '',
    ...(element instanceof HTMLAnchorElement && element.href !== '' ? { href: element.href } : {}),
  };
}

/** The sources of all that runs in the page to read one control. */
export const CONTROL_SOURCES: readonly string[] = [
  fold,
  above,
  pathOf,
  formOf,
  isShown,
  isFaint,
  textBeside,
  kindOf,
  isPressable,
  labelOf,
  join,
  isCaptcha,
  readControl,
].map(String);
