import { escapeClosesDialog } from '../../../src/verify/invariants/escape-closes-dialog.ts';
import { testInvariant } from '../../support/invariant-cases.ts';

const dialog = (content = '<button>Save</button>'): string =>
  `<main><button>Edit</button></main><div role="dialog" aria-label="Edit" style="position:fixed;top:100px;left:440px;width:400px;height:200px">${content}</div>`;
const focus = { role: 'button', name: 'Save' };
const before = { html: dialog(), focus };
const step = { press: 'Escape' };

testInvariant(escapeClosesDialog, {
  buggy: [
    {
      says: 'a dialog that stays open',
      before,
      step,
      after: { html: dialog(), focus },
      repaired: '<main><button>Edit</button></main>',
      what: /Escape does not close the dialog “Edit”/,
    },
  ],
  clean: [
    {
      says: 'a list inside of it that closes first',
      before: { html: dialog('<button>Save</button><ul><li>One</li></ul>'), focus },
      step,
      after: { html: dialog(), focus },
    },
    {
      says: 'a banner at the edge',
      before: {
        html: '<div role="dialog" aria-label="Cookies" style="position:fixed;bottom:0;left:0;right:0;height:90px"><button>Save</button></div>',
        focus,
      },
      step,
      after: {
        html: '<div role="dialog" aria-label="Cookies" style="position:fixed;bottom:0;left:0;right:0;height:90px"><button>Save</button></div>',
        focus,
      },
    },
    { says: 'a dialog without the focus', before: { html: dialog() }, step, after: { html: dialog() } },
    {
      says: 'a warning that wants an answer',
      before: { html: dialog().replace('"dialog"', '"alertdialog"'), focus },
      step,
      after: { html: dialog().replace('"dialog"', '"alertdialog"'), focus },
    },
  ],
});
