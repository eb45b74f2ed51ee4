import { focusStaysInDialog } from '../../../src/verify/invariants/focus-stays-in-dialog.ts';
import { testInvariant } from '../../support/invariant-cases.ts';

const at = (place: string): string =>
  `<main><a href="/">Home</a></main><div role="dialog" aria-label="Edit" style="position:fixed;${place};width:400px;height:200px"><button>Save</button></div>`;
const html = at('top:100px;left:440px');
const inside = { role: 'button', name: 'Save' };
const outside = { role: 'link', name: 'Home' };
const step = { press: 'Tab' };

testInvariant(focusStaysInDialog, {
  buggy: [
    {
      says: 'a focus that leaves',
      before: { html, focus: inside },
      step,
      after: { html, focus: outside },
      repaired: { html, focus: inside },
      what: /Tab leads out of the open dialog “Edit” to the link “Home”/,
    },
  ],
  clean: [
    {
      says: 'a dialog that closed',
      before: { html, focus: inside },
      step,
      after: { html: '<main><a href="/">Home</a></main>', focus: outside },
    },
    {
      says: 'a popover beside its button',
      before: { html: at('top:100px;left:900px'), focus: inside },
      step,
      after: { html: at('top:100px;left:900px'), focus: outside },
    },
    { says: "the browser's own controls", before: { html, focus: inside }, step, after: { html } },
    {
      says: 'a focus that was never inside',
      before: { html, focus: outside },
      step,
      after: { html, focus: outside },
    },
  ],
});
