// What is in the basket, kept in the browser. Components listen to `change`.

const KEY = 'seedhouse-basket';
const EMPTY = { lines: [], coupon: null, gift: false, saved: [] };

class Basket extends EventTarget {
  #state = EMPTY;
  plants = [];

  constructor() {
    super();
    this.#read();
    addEventListener('storage', (event) => {
      if (event.key === KEY) {
        this.#read();
        this.dispatchEvent(new Event('change'));
      }
    });
  }

  #read() {
    this.#state = { ...EMPTY, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') };
  }

  #write(changes) {
    this.#read();
    this.#state = { ...this.#state, ...changes(this.#state) };
    localStorage.setItem(KEY, JSON.stringify(this.#state));
    this.dispatchEvent(new Event('change'));
  }

  get lines() {
    return this.#state.lines.map((line) => ({ ...line, plant: this.plant(line.sku) }));
  }

  get coupon() {
    return this.#state.coupon;
  }

  get gift() {
    return this.#state.gift;
  }

  get saved() {
    return this.#state.saved;
  }

  get count() {
    return this.#state.lines.reduce((sum, line) => sum + line.quantity, 0);
  }

  plant(sku) {
    return this.plants.find((plant) => plant.sku === sku);
  }

  add(sku, quantity = 1) {
    this.#write(({ lines }) => {
      const known = lines.find((line) => line.sku === sku);
      if (known === undefined) return { lines: [...lines, { sku, quantity }] };
      return {
        lines: lines.map((line) => (line === known ? this.#limited(line, line.quantity + quantity) : line)),
      };
    });
  }

  setQuantity(sku, quantity) {
    if (quantity < 1) return this.remove(sku);
    this.#write(({ lines }) => ({
      lines: lines.map((line) => (line.sku === sku ? this.#limited(line, quantity) : line)),
    }));
  }

  #limited(line, quantity) {
    return { ...line, quantity: Math.min(quantity, this.plant(line.sku)?.stock ?? quantity) };
  }

  remove(sku) {
    this.#write(({ lines, coupon, gift }) => {
      const rest = lines.filter((line) => line.sku !== sku);
      return rest.length === 0 ? { lines: rest, coupon: null, gift: false } : { lines: rest, coupon, gift };
    });
  }

  setCoupon(coupon) {
    this.#write(() => ({ coupon }));
  }

  setGift(gift) {
    this.#write(() => ({ gift }));
  }

  toggleSaved(sku) {
    this.#write(({ saved }) => ({
      saved: saved.includes(sku) ? saved.filter((one) => one !== sku) : [...saved, sku],
    }));
  }

  clear() {
    this.#write(({ saved }) => ({ ...EMPTY, saved }));
  }

  /** In cents. Delivery is judged by what the plants cost before the coupon. */
  totals() {
    const goods = this.lines.reduce((sum, { plant, quantity }) => sum + plant.price * quantity, 0);
    const { coupon } = this;
    let discount = 0;
    if (coupon !== null && goods >= coupon.from) {
      discount = coupon.percent === undefined ? coupon.amount : Math.round((goods * coupon.percent) / 100);
    }
    const gift = this.gift ? 250 : 0;
    const delivery = goods === 0 || goods >= 6000 ? 0 : 590;
    return { goods, discount, gift, delivery, total: goods - discount + gift + delivery };
  }
}

export const basket = new Basket();

export function euro(cents) {
  return `€${(cents / 100).toFixed(2)}`;
}
