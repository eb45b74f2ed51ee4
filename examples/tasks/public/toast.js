import { h } from './dom.js';

const box = document.getElementById('toast');
let timer;

/** Says what happened; with `label`, offers to take it back. */
export function notify(message, label, action) {
  clearTimeout(timer);
  box.replaceChildren(h('span', {}, message));
  if (label !== undefined) {
    box.append(
      h(
        'button',
        {
          onClick: () => {
            hide();
            action();
          },
        },
        label,
      ),
    );
  }
  box.hidden = false;
  timer = setTimeout(hide, 20_000);
}

export function hide() {
  box.hidden = true;
  box.replaceChildren();
}
