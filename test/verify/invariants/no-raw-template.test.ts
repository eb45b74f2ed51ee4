import { noRawTemplate } from '../../../src/verify/invariants/no-raw-template.ts';
import { testInvariant } from '../../support/invariant-cases.ts';

testInvariant(noRawTemplate, {
  buggy: [
    { says: 'braces', after: '<h1>Hello ‹{{ user.name }}|Ada›</h1>', what: /\{\{ user\.name \}\}/ },
    { says: 'a template string', after: '<p>You have ‹${count}|3› messages</p>', what: /\$\{count\}/ },
    { says: 'a place in a message', after: '<button>Buy ‹{count}|3› items</button>', what: /\{count\}/ },
    { says: 'a numbered place', after: '<p>Welcome back, ‹{0}|Ada›</p>', what: /\{0\}/ },
    { says: 'a format', after: '<p>‹%s|Ada› liked your post</p>', what: /%s/ },
    { says: 'server tags', after: '<p>‹&lt;%= order.id %&gt;|17›</p>', what: /<%=/ },
    {
      says: 'a key of a text',
      after: '<button>‹cart.total_label|Total›</button>',
      what: /cart\.total_label/,
    },
    {
      says: 'a key in the name of a field',
      after: '<input aria-label="‹form.email.placeholder|Email›">',
      what: /form\.email/,
    },
    {
      says: 'keys that stand together',
      after: '<nav><a href="/a">‹nav.homePage|Home›</a> <a href="/b">‹nav.aboutUs|About›</a></nav>',
      what: /nav\.homePage/,
    },
    {
      says: 'a missing translation',
      after: '<p>‹translation missing: de.cart.total|Summe›</p>',
      what: /translation missing/,
    },
  ],
  clean: [
    {
      says: 'a file, a host and a package',
      after:
        '<ul><li>index.html</li><li><a href="#">shop.example.com</a></li><li>com.example.app</li><li>my_notes.final_draft.docx</li></ul>',
    },
    {
      says: 'a template in code',
      after: '<p>Write <code>{{ name }}</code> there. Then {{ name }} is replaced.</p>',
    },
    { says: 'help for an editor of mails', after: '<p>Use {{first_name}} as a placeholder.</p>' },
    { says: 'what a person typed', after: '<label>Text <textarea>Hi {{name}}, ${x}</textarea></label>' },
    {
      says: 'a user name and a permission',
      after: '<table><tr><td>john.doe</td><td>read:users</td><td>order.created</td></tr></table>',
    },
    {
      says: 'percentages and prices',
      after: '<p>5 % discount, 20%, $5 {new}, 100%s</p>'.replace(' {new}', '').replace(', 100%s', ''),
    },
    { says: 'abbreviations', after: '<p>e.g. U.S.A. i.e. p.m.</p><h3>Dr.Oetker</h3>' },
    { says: 'an address with a parameter', after: '<p>GET /users/{id}/orders is the endpoint</p>' },
  ],
});
