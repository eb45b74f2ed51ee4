/** Describes an element. Children may be texts, descriptions, lists of them, or nothing. */
export function h(tag, props, ...children) {
  const kept = children.flat(5).filter((child) => child !== undefined && child !== null && child !== false);
  return {
    tag,
    props: props ?? {},
    children: kept.map((child) => (typeof child === 'object' ? child : { text: String(child) })),
  };
}

function setProp(element, name, value) {
  if (name === 'key' || name === 'ref') return;
  if (name.startsWith('on')) {
    element.handlers ??= {};
    element.handlers[name.slice(2).toLowerCase()] = value;
  } else if (name === 'value') {
    if (element.value !== value) element.value = value;
  } else if (value === undefined || value === null || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : value);
}

function create(node) {
  if (node.text !== undefined) {
    node.element = document.createTextNode(node.text);
    return node.element;
  }
  node.element = document.createElement(node.tag);
  for (const [name, value] of Object.entries(node.props)) setProp(node.element, name, value);
  for (const child of node.children) node.element.append(create(child));
  node.props.ref?.(node.element);
  return node.element;
}

function isSame(before, after) {
  return before.tag === after.tag && before.props?.key === after.props?.key;
}

function patch(before, after) {
  const { element } = before;
  after.element = element;
  if (after.text !== undefined) {
    if (before.text !== after.text) element.data = after.text;
    return;
  }
  for (const name of Object.keys(before.props)) {
    if (!(name in after.props)) setProp(element, name, undefined);
  }
  for (const [name, value] of Object.entries(after.props)) {
    if (value !== before.props[name] || name === 'value') setProp(element, name, value);
  }
  const left = [...before.children];
  const elements = after.children.map((child) => {
    const index = left.findIndex((candidate) => isSame(candidate, child));
    if (index === -1) return create(child);
    const [match] = left.splice(index, 1);
    patch(match, child);
    return child.element;
  });
  for (const gone of left) gone.element.remove();
  elements.forEach((child, index) => {
    if (element.childNodes[index] !== child) element.insertBefore(child, element.childNodes[index] ?? null);
  });
}

const EVENTS = [
  'click',
  'mousedown',
  'input',
  'keydown',
  'submit',
  'focusout',
  'dragstart',
  'dragover',
  'dragend',
  'drop',
];

/** Draws `view()` into `root` and returns a function that draws it again, once for all changes of a moment. */
export function mount(root, view) {
  for (const type of EVENTS) {
    root.addEventListener(type, (event) => {
      for (let at = event.target; at !== null && at !== root; at = at.parentNode) {
        at.handlers?.[type]?.(event);
        if (event.cancelBubble) return;
      }
    });
  }
  let drawn;
  let isPlanned = false;
  const draw = () => {
    isPlanned = false;
    const next = view();
    if (drawn === undefined) root.replaceChildren(create(next));
    else patch(drawn, next);
    drawn = next;
  };
  return () => {
    if (isPlanned) return;
    isPlanned = true;
    queueMicrotask(draw);
  };
}
