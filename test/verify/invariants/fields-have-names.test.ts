import { fieldsHaveNames } from '../../../src/verify/invariants/fields-have-names.ts';
import { testInvariant } from '../../support/invariant-cases.ts';

testInvariant(fieldsHaveNames, {
  buggy: [
    {
      says: 'a label that names another field',
      after: '<form><div><label for="‹mail2|mail›">Email:</label> <input id="mail"></div></form>',
      what: /the field beside “Email” has no name/,
    },
    {
      says: 'a box beside loose words',
      after: '<p><input type="checkbox" id="a"> <label ‹|for="a"›>I agree</label></p>',
      what: /“I agree”/,
    },
  ],
  clean: [
    {
      says: 'a field that has a label',
      after: '<label>Email <input></label><label for="x">Name</label><input id="x">',
    },
    { says: 'a field with a hint inside', after: '<p>Search</p><input placeholder="Search">' },
    { says: 'a field far from words', after: '<p>Hello there</p><div><input></div>' },
    {
      says: 'a long text in front of a field',
      after: '<div><p>Please tell us in your own words what happened to you.</p><textarea></textarea></div>',
    },
  ],
});
