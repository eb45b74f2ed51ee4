import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatMoney } from './money.ts';
import type { Order } from './orders.ts';

/** Writes the order's receipt to `folder`, where the warehouse picks it up; does nothing when there is no folder. */
export async function writeReceipt(order: Order, folder: string | undefined): Promise<void> {
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${order.number}.txt`), receiptText(order));
}

export function receiptText(order: Order): string {
  const lines = order.lines.map(
    (line) => `${line.quantity} × ${line.name}  ${formatMoney(line.price * line.quantity)}`,
  );
  return [`Order ${order.number}, ${order.placedOn}`, ...lines, `Total ${formatMoney(order.total)}`, ''].join(
    '\n',
  );
}
