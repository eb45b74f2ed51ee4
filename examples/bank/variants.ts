import { BOARD_VARIANTS } from './board.ts';
import { CLINIC_VARIANTS } from './clinic.ts';
import { DESK_VARIANTS } from './desk.ts';
import { LEDGER_VARIANTS } from './ledger.ts';
import { MARKET_VARIANTS } from './market.ts';
import { SHOP_VARIANTS } from './shop.ts';
import { TASKS_VARIANTS } from './tasks.ts';
import type { Variant } from './variant.ts';

/** The whole bank, app by app. */
export const VARIANTS: readonly Variant[] = [
  ...TASKS_VARIANTS,
  ...DESK_VARIANTS,
  ...LEDGER_VARIANTS,
  ...MARKET_VARIANTS,
  ...SHOP_VARIANTS,
  ...BOARD_VARIANTS,
  ...CLINIC_VARIANTS,
];
