import { SORTS, searchProducts, sortProducts } from '../catalogue.ts';
import { page, type Reply, RequestError } from '../http.ts';
import { cataloguePage } from '../pages/catalogue.ts';
import { productPage } from '../pages/product.ts';
import { findProduct, PRODUCTS } from '../products.ts';
import type { Visit } from '../routes.ts';

export function showCatalogue({ session, query }: Visit): Reply {
  const search = (query.get('q') ?? '').trim();
  const sort = query.get('sort') ?? SORTS[0].value;
  const products = sortProducts(searchProducts(PRODUCTS, search), sort);
  return page(cataloguePage(session, { search, sort, products }));
}

export function showProduct({ session, param }: Visit): Reply {
  const product = findProduct(param);
  if (product === undefined) throw new RequestError(404, 'We do not sell that any more.');
  return page(productPage(session, product));
}
