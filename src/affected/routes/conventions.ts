import { angular } from './angular.ts';
import { astro } from './astro.ts';
import type { Convention } from './convention.ts';
import { html } from './html.ts';
import { nest } from './nest.ts';
import { next } from './next.ts';
import { nuxt } from './nuxt.ts';
import { reactRouter } from './react-router.ts';
import { remix } from './remix.ts';
import { server } from './server.ts';
import { svelteKit } from './svelte-kit.ts';
import { vueRouter } from './vue-router.ts';

/** Every way to declare routes that is known. */
export const CONVENTIONS: readonly Convention[] = [
  next,
  nuxt,
  svelteKit,
  astro,
  remix,
  reactRouter,
  vueRouter,
  angular,
  server,
  nest,
  html,
];
