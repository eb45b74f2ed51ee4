import { h } from './dom.js';
import * as store from './store.js';
import { notify } from './toast.js';

export function settingsView() {
  const { name, compact, hideDone } = store.settings();
  return h('section', { class: 'settings' }, [
    h('h1', {}, 'Settings'),
    h(
      'form',
      {
        onSubmit: (event) => {
          event.preventDefault();
          const fields = event.currentTarget.elements;
          store.saveSettings({
            name: fields.name.value.trim(),
            compact: fields.compact.checked,
            hideDone: fields.hideDone.checked,
          });
          notify('Settings saved.');
        },
      },
      [
        h('label', {}, ['Your name', h('input', { name: 'name', value: name, autocomplete: 'off' })]),
        h('label', { class: 'check' }, [
          h('input', { name: 'compact', type: 'checkbox', checked: compact }),
          'Compact rows',
        ]),
        h('label', { class: 'check' }, [
          h('input', { name: 'hideDone', type: 'checkbox', checked: hideDone }),
          'Hide what is done',
        ]),
        h('div', { class: 'row' }, [h('button', { class: 'primary' }, 'Save settings')]),
      ],
    ),
    h('h2', {}, 'Sample data'),
    h('p', {}, 'Puts the seven sample tasks back and forgets your own.'),
    h(
      'button',
      {
        onClick: () => {
          if (confirm('Forget all your tasks?')) {
            store.restoreSample();
            notify('The sample tasks are back.');
          }
        },
      },
      'Restore sample tasks',
    ),
  ]);
}
