import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AdminApi, openAdminApi } from './admin-api.ts';
import { type Databases, databaseEnvironment, withClient } from './databases.ts';
import { drawPicture } from './draw-picture.ts';
import { SHOP_PROGRAM, shopEnvironment } from './install-shop.ts';
import { lastLines, runProgram } from './run-program.ts';
import { inEditorForm, widgets } from './seed-content.ts';
import { ADMIN, CATEGORIES, COUPON, CUSTOMER, FEATURED, PRODUCTS } from './seed-data.ts';
import { startShop } from './start-shop.ts';

/** When everything in the shop was made, so that no page depends on the day of the run. */
const MADE_AT = '2026-01-05T10:00:00Z';
const ADDRESSES_LIMIT_MS = 5 * 60_000;

/** Draws the pictures of the products into `media`, where the shop looks for them. */
export async function drawPictures(media: string): Promise<void> {
  await mkdir(join(media, 'catalog'), { recursive: true });
  for (const { key, hue } of PRODUCTS)
    await writeFile(join(media, 'catalog', `${key}.png`), drawPicture(hue));
}

/**
 * Makes a database with the shop's tables and our content, by its own migrations and its own API, and returns its
 * address. Nobody is connected to it afterwards: it is there to be copied. `folder` is an instance of the shop.
 */
export async function seedShop(folder: string, databases: Databases): Promise<string> {
  const database = await databases.create();
  const shop = await startShop(folder, database, 'answer');
  try {
    await createAdmin(folder, database);
    const ids = await readIds(database);
    await fill(await openAdminApi(shop.url, ADMIN), ids, database);
  } catch (error) {
    throw new Error(`the shop could not be filled: ${String(error)}; it said:\n${lastLines(shop.said())}`, {
      cause: error,
    });
  } finally {
    await shop.stop();
  }
  await forgetTheDay(database);
  return database;
}

async function createAdmin(folder: string, database: string): Promise<void> {
  const { code, said } = await runProgram(
    process.execPath,
    [SHOP_PROGRAM, 'user:create', '-n', ADMIN.fullName, '-e', ADMIN.email, '-p', ADMIN.password],
    { cwd: folder, env: shopEnvironment(databaseEnvironment(database)), limitMs: 300_000 },
  );
  if (code !== 0) throw new Error(`its administrator could not be made: ${lastLines(said)}`);
}

/** What the shop's own migrations have made and products refer to. */
interface Ids {
  readonly attributeGroup: number;
  readonly parcel: number;
}

async function readIds(database: string): Promise<Ids> {
  return withClient(database, async (client) => {
    const first = async (sql: string): Promise<number> => {
      const { rows } = await client.query<{ readonly id: number }>(sql);
      if (rows[0] === undefined) throw new Error(`nothing came of: ${sql}`);
      return rows[0].id;
    };
    return {
      attributeGroup: await first('SELECT min(attribute_group_id) AS id FROM attribute_group'),
      parcel: await first(
        'SELECT package_id AS id FROM package ORDER BY is_default DESC, package_id LIMIT 1',
      ),
    };
  });
}

async function fill(api: AdminApi, ids: Ids, database: string): Promise<void> {
  const categories = await addCategories(api);
  // A product's address has its category's before it only when that is there first.
  await waitForAddresses(
    database,
    CATEGORIES.map(({ key }) => `/${key}`),
  );
  const products = await addProducts(api, ids, categories);
  const { uuid } = await api.post('/collections', { name: FEATURED.name, code: FEATURED.code });
  for (const sku of FEATURED.products) {
    await api.post(`/collections/${String(uuid)}/products`, { product_id: products.get(sku) });
  }
  await api.post('/coupons', {
    coupon: COUPON.code,
    status: 1,
    description: COUPON.text,
    discount_amount: COUPON.percent,
    discount_type: 'percentage_discount_to_entire_order',
  });
  const { email, password, fullName } = CUSTOMER;
  await api.post('/customers', { email, password, full_name: fullName });
  for (const widget of widgets()) await api.post('/widgets', widget);
  await waitForAddresses(
    database,
    PRODUCTS.map(({ category, key }) => `/${category}/${key}`),
  );
}

/** Returns the number of each by its key. */
async function addCategories(api: AdminApi): Promise<ReadonlyMap<string, unknown>> {
  const categories = new Map<string, unknown>();
  for (const { key, name, text } of CATEGORIES) {
    const made = await api.post('/categories', {
      name,
      url_key: key,
      status: 1,
      include_in_nav: 1,
      description: inEditorForm(key, text),
      meta_title: name,
      meta_description: text,
    });
    categories.set(key, made['category_id'] ?? made['insertId']);
  }
  return categories;
}

/** Returns the identifier of each by what it is sold as. */
async function addProducts(
  api: AdminApi,
  ids: Ids,
  categories: ReadonlyMap<string, unknown>,
): Promise<ReadonlyMap<string, unknown>> {
  const products = new Map<string, unknown>();
  for (const { sku, name, key, category, price, text } of PRODUCTS) {
    const made = await api.post('/products', {
      sku,
      name,
      url_key: key,
      price,
      weight: 1,
      qty: 1000,
      status: 1,
      visibility: 1,
      manage_stock: 1,
      stock_availability: 1,
      group_id: ids.attributeGroup,
      package_id: ids.parcel,
      category_id: categories.get(category),
      description: inEditorForm(key, text),
      meta_title: name,
      meta_description: text,
      images: [`/assets/catalog/${key}.png`],
    });
    products.set(sku, made['uuid']);
  }
  return products;
}

/** Readable addresses are made by another process of the shop, some time later. */
async function waitForAddresses(database: string, wanted: readonly string[]): Promise<void> {
  const deadline = Date.now() + ADDRESSES_LIMIT_MS;
  for (;;) {
    const there = await withClient(database, async (client) => {
      const { rows } = await client.query<{ readonly path: string }>(
        'SELECT request_path AS path FROM url_rewrite',
      );
      return new Set(rows.map(({ path }) => path));
    });
    const missing = wanted.filter((path) => !there.has(path));
    if (missing.length === 0) return;
    if (Date.now() > deadline) throw new Error(`the addresses ${missing.join(', ')} did not come`);
    await sleep(500);
  }
}

/** Sets all times to one, and forgets sessions and events. */
async function forgetTheDay(database: string): Promise<void> {
  await withClient(database, async (client) => {
    // Without the triggers, which would note every row as changed.
    await client.query('SET session_replication_role = replica');
    const { rows } = await client.query<{ readonly statement: string }>(
      `SELECT format('UPDATE %I.%I SET %I = %L', table_schema, table_name, column_name, $1::text) AS statement
         FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
        WHERE table_type = 'BASE TABLE' AND table_schema = 'public' AND column_name IN ('created_at', 'updated_at')`,
      [MADE_AT],
    );
    for (const { statement } of rows) await client.query(statement);
    await client.query('DELETE FROM session');
    await client.query('DELETE FROM event');
  });
}
