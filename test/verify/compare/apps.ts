/** Small apps as accessibility trees, written as Playwright reads them. */

export interface Todo {
  readonly name: string;
  readonly isDone?: boolean;
}

export function todoApp(todos: readonly Todo[], { filter = 'All', draft = '', extra = '' } = {}): string {
  const shown = todos.filter(({ isDone = false }) => filter === 'All' || isDone === (filter === 'Completed'));
  const left = todos.filter(({ isDone }) => isDone !== true).length;
  return `
banner
  heading "Todos"
  textbox "What needs to be done?": ${draft}
main
${shown.length === 0 ? '  paragraph: Nothing here yet' : '  list'}
${shown.map(todoItem).join('\n')}
${extra}
contentinfo
  generic
    strong: ${left}
    "${left === 1 ? 'item' : 'items'} left"
  list
${['All', 'Active', 'Completed']
  .map(
    (name) =>
      `    listitem\n      link "${name}"${name === filter ? ' [selected]' : ''} @#/${name.toLowerCase()}`,
  )
  .join('\n')}
${todos.some(({ isDone }) => isDone) ? '  button "Clear completed"' : ''}`;
}

function todoItem({ name, isDone }: Todo): string {
  return `    listitem\n      checkbox "${name}"${isDone === true ? ' [checked]' : ''}\n      "${name}"\n      button "Delete"`;
}

export interface Line {
  readonly name: string;
  readonly price: number;
  readonly count: number;
}

export function cart(
  lines: readonly Line[],
  { off = 0, total = undefined as number | undefined, message = '' } = {},
): string {
  const subtotal = lines.reduce((sum, { price, count }) => sum + price * count, 0);
  const money = (value: number): string => `${value < 0 ? '-' : ''}$${Math.abs(value).toFixed(2)}`;
  if (lines.length === 0) {
    return `${shopNav(lines)}\nmain\n  heading "Your cart"\n  paragraph: Your cart is empty\n  link "Continue shopping" @/products\n${message}`;
  }
  return `${shopNav(lines)}
main
  heading "Your cart"
  table
    rowgroup
      row
        columnheader "Product"
        columnheader "Quantity"
        columnheader "Price"
        columnheader "Remove"
    rowgroup
${lines
  .map(
    ({ name, price, count }) =>
      `      row\n        cell "${name}"\n          link "${name}" @/products/${name.toLowerCase()}\n        cell "${count}"\n          spinbutton "Quantity of ${name}": ${count}\n        cell "${money(price * count)}"\n        cell "Remove"\n          button "Remove ${name}"`,
  )
  .join('\n')}
  generic
    generic: Subtotal
    generic: ${money(subtotal)}
${off === 0 ? '' : `  generic\n    generic: Discount\n    generic: ${money(-off)}`}
  generic
    generic: Total
    generic: ${money(total ?? subtotal - off)}
  textbox "Coupon code"
  button "Apply"
${message}
  link "Check out" @/checkout`;
}

function shopNav(lines: readonly Line[]): string {
  return `
banner
  link "Pen & Paper" @/
  navigation
    list
      listitem
        link "Products" @/products
      listitem
        link "Orders" @/orders
      listitem
        link "Cart (${lines.reduce((sum, { count }) => sum + count, 0)})" @/cart`;
}

export interface Product {
  readonly name: string;
  readonly price: string;
  readonly note?: string;
}

/** Cards without list markup. */
export function catalogue(
  products: readonly Product[],
  { search = '', sort = 'Name', extra = '' } = {},
): string {
  return `${shopNav([])}
main
  heading "Products"
  searchbox "Search products": ${search}
  combobox "Sort by"
    option "Name"${sort === 'Name' ? ' [selected]' : ''}
    option "Price"${sort === 'Price' ? ' [selected]' : ''}
  paragraph: ${products.length} products
${extra}
  generic
${products
  .map(
    ({ name, price, note }) =>
      `    generic\n      img "${name}"\n      heading "${name}"\n      paragraph: ${price}${note === undefined ? '' : `\n      generic: ${note}`}\n      button "Add to cart"`,
  )
  .join('\n')}`;
}

export function settings({
  name = 'Ada',
  email = 'ada@example.com',
  isDaily = true,
  isDisabled = false,
  message = '',
  save = 'Save',
  invalid = '',
} = {}): string {
  return `
main
  heading "Settings"
  paragraph: Manage how we reach you.
  generic
    "Name"
    textbox "Name": ${name}
  generic
    "E-mail"
    textbox "E-mail"${invalid === '' ? '' : ' [invalid]'}: ${email}
${invalid === '' ? '' : `  paragraph: ${invalid}`}
  generic
    checkbox "Daily digest"${isDaily ? ' [checked]' : ''}
    "Daily digest"
  combobox "Language"
    option "English" [selected]
    option "Deutsch"
  button "${save}"${isDisabled ? ' [disabled]' : ''}
  button "Cancel"
${message}`;
}

export interface Person {
  readonly name: string;
  readonly city: string;
  readonly age: number;
}

export const PEOPLE: readonly Person[] = [
  { name: 'Ada', city: 'London', age: 36 },
  { name: 'Bob', city: 'Paris', age: 25 },
  { name: 'Cleo', city: 'Rome', age: 41 },
  { name: 'Dan', city: 'Paris', age: 19 },
];

export function people(
  rows: readonly Person[],
  { page = 1, pages = 2, filter = '', count = rows.length } = {},
): string {
  return `
main
  heading "People"
  textbox "Filter": ${filter}
  status: ${count} ${count === 1 ? 'person' : 'people'}
  table "People"
    rowgroup
      row
        columnheader "Name"
          button "Name"
        columnheader "City"
          button "City"
        columnheader "Age"
          button "Age"
    rowgroup
${rows.map(({ name, city, age }) => `      row\n        cell "${name}"\n        cell "${city}"\n        cell "${age}"`).join('\n')}
  navigation "Pages"
    button "Previous"${page === 1 ? ' [disabled]' : ''}
    "Page ${page} of ${pages}"
    button "Next"${page === pages ? ' [disabled]' : ''}`;
}

const WIZARD = [
  'textbox "Full name"\n  textbox "Street"',
  'radio "Standard" [checked]\n  "Standard"\n  radio "Express"\n  "Express"',
  'paragraph: Ship to Ada Lovelace\n  paragraph: Shipping: $5.00',
];

export function wizard(
  step: number,
  { heading = ['Address', 'Shipping', 'Review'][step] ?? 'Done', alert = '' } = {},
): string {
  return `
main
  list "Progress"
    listitem: Address
    listitem: Shipping
    listitem: Review
  heading "${heading}"
  paragraph: Step ${step + 1} of 3
${alert === '' ? '' : `  alert: ${alert}`}
  ${WIZARD[step] ?? 'paragraph: Thank you for your order'}
${step === 0 ? '' : '  button "Back"'}
  button "${step === 2 ? 'Place order' : 'Continue'}"`;
}

export function chat(
  messages: readonly (readonly [string, string])[],
  { draft = '', typing = '' } = {},
): string {
  return `
navigation "Channels"
  link "general" @/c/general
  link "random" @/c/random
main
  heading "general"
  log
${messages.map(([who, text]) => `    article\n      strong: ${who}\n      paragraph: ${text}\n      button "Reply"`).join('\n')}
${typing}
  textbox "Message": ${draft}
  button "Send"`;
}

export function calendar(month: string, events: Readonly<Record<number, string>>): string {
  const days = Array.from({ length: 14 }, (_, index) => index + 1);
  const week = (from: number): string =>
    `    row\n${days
      .slice(from, from + 7)
      .map(
        (day) =>
          `      gridcell "${day}"\n        "${day}"${events[day] === undefined ? '' : `\n        button "${events[day]}"`}`,
      )
      .join('\n')}`;
  return `
main
  button "Previous month"
  heading "${month}"
  button "Next month"
  grid "${month}"
${week(0)}
${week(7)}
  button "New event"`;
}

export function dashboard({
  revenue = '$12,400',
  orders = 310,
  rate = '4.2 %',
  range = 'Last 7 days',
  extra = '',
} = {}): string {
  return `
navigation
  link "Overview" @/
  link "Reports" @/reports
  link "Help" @/help
main
  heading "Overview"
  button "Last 7 days"${range === 'Last 7 days' ? ' [pressed]' : ''}
  button "Last 30 days"${range === 'Last 30 days' ? ' [pressed]' : ''}
  region "Revenue"
    heading "Revenue"
    paragraph: ${revenue}
  region "Orders"
    heading "Orders"
    paragraph: ${orders}
  region "Conversion"
    heading "Conversion"
    paragraph: ${rate}
${extra}
  button "Export CSV"`;
}

export const TODOS = [{ name: 'Buy milk' }, { name: 'Walk dog' }];
export const LINES = [
  { name: 'Pen', price: 2, count: 2 },
  { name: 'Notebook', price: 12, count: 1 },
];
export const PRODUCTS = [
  { name: 'Pen', price: '$2.00' },
  { name: 'Notebook', price: '$12.00' },
  { name: 'Ruler', price: '$3.50' },
];
export const CHAT: readonly (readonly [string, string])[] = [
  ['Ada', 'Hello'],
  ['Bob', 'Hi Ada'],
];
export const FILE = {
  method: 'POST',
  url: 'https://main.app.test/api/settings',
  resource: 'fetch',
  status: 200,
};
