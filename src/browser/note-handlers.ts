/**
 * Which elements react to a click, whatever they look like: many products listen on plain blocks that show no hand.
 *
 * The page's own world alone knows, so two functions of ours talk through events that nobody else sends: `noteHandlers`
 * runs there before any script of the page, `collectHandled` in our world. They are sent as source text, so each may only
 * use its arguments and the globals. A page that answers falsely gains nothing: what is found is only tried.
 */

/* oxlint-disable typescript/unbound-method -- functions of the browser are kept here to be called with Reflect.apply */

interface HandlerEvents {
  readonly ask: string;
  readonly answer: string;
  readonly maxElements: number;
}

export const HANDLER_EVENTS: HandlerEvents = {
  ask: 'firsthand:who-handles',
  answer: 'firsthand:handles',
  maxElements: 5_000,
};

/** Source that notes the handlers of a document from its beginning. */
export const NOTE_HANDLERS = `(${String(noteHandlers)})(${JSON.stringify(HANDLER_EVENTS)})`;

/**
 * Frameworks that listen once for the whole page keep what an element does on the element: as a property such as `__click`,
 * or among the properties of one, such as `onClick` of React's.
 */
function noteHandlers({ ask, answer, maxElements }: HandlerEvents): void {
  const types = new Set<unknown>(['click', 'mousedown', 'mouseup', 'pointerdown', 'pointerup']);
  const noted = new WeakSet();
  const { apply, get, ownKeys } = Reflect;
  const { addEventListener, dispatchEvent } = EventTarget.prototype;
  const NativeElement = Element;
  const NativeEvent = Event;
  EventTarget.prototype.addEventListener = new Proxy(addEventListener, {
    apply: (listen, self: unknown, args) => {
      if (types.has(args[0]) && self instanceof NativeElement) noted.add(self);
      apply(listen, self, args);
    },
  });
  const isClick = (key: unknown): boolean =>
    typeof key === 'string' && /^\W*_*(?:on)?(?:click|mousedown|pointerdown)$/i.test(key);
  const holdsClick = (kept: object): boolean =>
    !(kept instanceof Node) &&
    ownKeys(kept)
      .slice(0, 50)
      .some((key) => isClick(key) && typeof get(kept, key) === 'function');
  const isHandled = (element: Element): boolean => {
    if (noted.has(element) || typeof get(element, 'onclick') === 'function') return true;
    return ownKeys(element).some((key) => {
      const kept: unknown = get(element, key);
      if (typeof kept === 'function') return isClick(key);
      return typeof kept === 'object' && kept !== null && holdsClick(kept);
    });
  };
  apply(addEventListener, window, [
    ask,
    () => {
      let left = maxElements;
      const visit = (root: ParentNode): void => {
        for (const element of root.querySelectorAll('*')) {
          if ((left -= 1) < 0) return;
          if (isHandled(element))
            apply(dispatchEvent, element, [new NativeEvent(answer, { composed: true })]);
          if (element.shadowRoot !== null) visit(element.shadowRoot);
        }
      };
      visit(document);
    },
  ]);
}

/**
 * Small blocks that react to a click and hold no other control: by a handler, in the order of the tab key, or as the head of
 * what folds. Of a list or a table that listens, its items. Runs in our world of the page.
 */
export function collectHandled({ ask, answer }: HandlerEvents, maxFound: number): ReadonlySet<Element> {
  const controls = 'a[href], button, input, select, textarea, [role=button], [role=link], [contenteditable]';
  const found = new Set<Element>();
  const add = (element: Element | undefined): void => {
    if (!(element instanceof HTMLElement) || found.size >= maxFound) return;
    if (/^(?:html|body|form|label|dialog|main)$/.test(element.localName)) return;
    if (/^(?:ul|ol|table|tbody)$/.test(element.localName)) {
      const items = element.querySelectorAll(':scope > li, :scope > tr, :scope > tbody > tr');
      for (const item of items) add(item);
      return;
    }
    const text = element.textContent ?? '';
    const isNamed = text.trim() !== '' || element.matches('[aria-label], [title], [alt]');
    if (text.length > 400 || !isNamed || element.querySelector(controls) !== null) return;
    found.add(element);
  };
  for (const element of document.querySelectorAll('summary, [tabindex="0"]')) add(element);
  const collect = (event: Event): void => {
    event.stopImmediatePropagation();
    const [target] = event.composedPath();
    if (target instanceof Element) add(target);
  };
  window.addEventListener(answer, collect, true);
  window.dispatchEvent(new Event(ask));
  window.removeEventListener(answer, collect, true);
  return found;
}
