import { missingFields } from '../accounts.ts';
import { EMPTY_CART } from '../cart.ts';
import { page, type Reply, RequestError, redirect } from '../http.ts';
import { checkoutPage } from '../pages/checkout.ts';
import { orderPage } from '../pages/order.ts';
import { writeReceipt } from '../receipts.ts';
import type { Visit } from '../routes.ts';
import { readAddress } from './account.ts';

export function showCheckout({ session }: Visit): Reply {
  if (session.account === undefined || session.cart.lines.length === 0) return redirect('/cart');
  return page(checkoutPage(session, session.account.address, []));
}

/** Places the order; the customer sees the confirmation once the warehouse has its receipt. */
export async function placeOrder({ session, form, orders, today, receiptsFolder }: Visit): Promise<Reply> {
  if (session.account === undefined || session.cart.lines.length === 0) return redirect('/cart');
  const address = readAddress(form);
  const missing = missingFields(address);
  if (missing.length > 0) return page(checkoutPage(session, address, missing), 422);
  const order = orders.place(session.id, session.account.email, {
    cart: session.cart,
    address,
    placedOn: today,
  });
  await writeReceipt(order, receiptsFolder);
  session.cart = EMPTY_CART;
  return redirect(`/orders/${order.number}?placed=yes`);
}

export function showOrder({ session, orders, param, query }: Visit): Reply {
  const order = orders.find(session.id, param);
  if (order === undefined) throw new RequestError(404, 'You have no order with that number.');
  return page(orderPage(session, order, query.get('placed') === 'yes'));
}
