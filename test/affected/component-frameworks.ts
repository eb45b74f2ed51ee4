import { type Example, lock, manifest } from './example.ts';

export const COMPONENTS: readonly Example[] = [
  {
    framework: 'sveltekit',
    files: {
      ...lock,
      'package.json': manifest('@sveltejs/kit', 'svelte'),
      'src/app.html': '<body>%sveltekit.body%</body>\n',
      'src/routes/+layout.svelte': "<script>\n  import '../app.css';\n</script>\n<slot />\n",
      'src/app.css': '.x { color: red }\n',
      'src/routes/+page.svelte':
        '<script lang="ts">\n  import Card from \'$lib/Card.svelte\';\n</script>\n<Card />\n',
      'src/routes/(app)/items/[id=integer]/+page.svelte':
        '<h1>Item</h1>\n<style>\n  h1 { color: red }\n</style>\n',
      'src/routes/(app)/items/[id=integer]/+page.server.ts':
        "import { load as read } from '$lib/server/items';\nexport const load = read;\n",
      'src/routes/[[lang]]/about/+page.svelte':
        "<script>\n  import Card from '$lib/Card.svelte';\n</script>\n<Card />\n",
      'src/routes/api/items/+server.ts':
        "import { load } from '$lib/server/items';\nexport const GET = load;\n",
      'src/lib/Card.svelte': '<p>Card</p>\n',
      'src/lib/server/items.ts': 'export const load = () => 1;\n',
    },
    pages: ['/', '/items/:id', '/:lang?/about'],
    endpoints: ['/api/items'],
    leaf: ['src/routes/(app)/items/[id=integer]/+page.server.ts', ['/items/:id']],
    shared: ['src/lib/Card.svelte', ['/', '/:lang?/about']],
    style: ['src/app.css', ['/', '/:lang?/about', '/items/:id']],
    isStyleEverywhere: true,
  },
  {
    framework: 'nuxt',
    files: {
      ...lock,
      'package.json': manifest('nuxt'),
      'nuxt.config.ts': "export default defineNuxtConfig({ css: ['~/assets/site.css'] });\n",
      'app.vue':
        '<template><NuxtLayout><NuxtPage /></NuxtLayout></template>\n<style src="./assets/site.css"></style>\n',
      'assets/site.css': '.x { color: red }\n',
      'layouts/default.vue': '<template><TheHeader /><slot /></template>\n',
      'layouts/plain.vue': '<template><slot /></template>\n',
      'components/TheHeader.vue': '<template><h1>Shop</h1></template>\n',
      'components/base/Button.vue': '<template><button>Go</button></template>\n',
      'composables/useCart.ts': 'export const useCart = () => 1;\n',
      'pages/index.vue': '<template><BaseButton /></template>\n',
      'pages/cart.vue':
        '<script setup>\nconst cart = useCart();\n</script>\n<template><base-button /></template>\n',
      'pages/users/[id].vue':
        "<script setup>\ndefinePageMeta({ layout: 'plain' });\n</script>\n<template><p>User</p></template>\n",
      'pages/users.vue': '<template><NuxtPage /></template>\n',
      'server/api/cart.post.ts': 'export default defineEventHandler(() => 1);\n',
    },
    pages: ['/', '/cart', '/users', '/users/:id'],
    endpoints: ['POST /api/cart'],
    leaf: ['composables/useCart.ts', ['/cart']],
    shared: ['components/base/Button.vue', ['/', '/cart']],
    style: ['assets/site.css', ['/', '/cart', '/users', '/users/:id']],
    isStyleEverywhere: true,
  },
  {
    framework: 'vue-router',
    files: {
      ...lock,
      'package.json': manifest('vue', 'vue-router'),
      'jsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"] } } }',
      'index.html': '<script type="module" src="/src/main.js"></script>\n',
      'src/main.js':
        "import App from './App.vue';\nimport router from './router';\nimport '@/assets/main.css';\n",
      'src/assets/main.css': '.x { color: red }\n',
      'src/App.vue': '<template><RouterView /></template>\n',
      'src/router/index.js': [
        "import { createRouter, createWebHistory } from 'vue-router';",
        "import Home from '../views/Home.vue';",
        'const routes = [',
        "  { path: '/', component: Home },",
        "  { path: '/users/:id(\\\\d+)', component: () => import('@/views/User.vue'), children: [",
        "    { path: '', component: () => import('@/views/Profile.vue') },",
        "    { path: 'posts', component: () => import('@/views/Posts.vue') },",
        '  ] },',
        "  { path: '/old', redirect: '/' },",
        "  { path: '/:pathMatch(.*)*', component: () => import('@/views/Missing.vue') },",
        '];',
        'export default createRouter({ history: createWebHistory(), routes });',
        '',
      ].join('\n'),
      'src/views/Home.vue':
        "<script setup>\nimport Card from '@/components/Card.vue';\n</script>\n<template><Card /></template>\n",
      'src/views/User.vue': '<template><RouterView /></template>\n',
      'src/views/Profile.vue':
        '<template><p>Profile</p></template>\n<style scoped>\np { color: red }\n</style>\n',
      'src/views/Posts.vue':
        "<script setup>\nimport Card from '@/components/Card.vue';\n</script>\n<template><Card /></template>\n",
      'src/views/Missing.vue': '<template><p>Missing</p></template>\n',
      'src/components/Card.vue': '<template><p>Card</p></template>\n',
    },
    pages: ['/', '/users/:id', '/users/:id/posts', '/:pathMatch*'],
    leaf: ['src/views/Profile.vue', ['/users/:id']],
    shared: ['src/components/Card.vue', ['/', '/users/:id/posts']],
    style: ['src/assets/main.css', ['/', '/:pathMatch*', '/users/:id', '/users/:id/posts']],
    isStyleEverywhere: true,
  },
  {
    framework: 'angular',
    files: {
      ...lock,
      'package.json': manifest('@angular/core', '@angular/router'),
      'angular.json': '{ "projects": {} }',
      'src/index.html': '<app-root></app-root>\n',
      'src/main.ts':
        "import { AppComponent } from './app/app.component';\nimport { routes } from './app/app.routes';\n",
      'src/app/app.component.ts':
        "@Component({ selector: 'app-root', templateUrl: './app.component.html', styleUrl: './app.component.css' })\nexport class AppComponent {}\n",
      'src/app/app.component.html': '<router-outlet></router-outlet>\n',
      'src/app/app.component.css': '.shell { color: red }\n',
      'src/app/app.routes.ts': [
        "import { Routes } from '@angular/router';",
        "import { HomeComponent } from './home/home.component';",
        'export const routes: Routes = [',
        "  { path: '', component: HomeComponent, pathMatch: 'full' },",
        "  { path: 'users/:id', loadComponent: () => import('./user/user.component').then((m) => m.UserComponent) },",
        "  { path: 'orders', loadChildren: () => import('./orders/orders.module').then((m) => m.OrdersModule) },",
        "  { path: 'admin', loadChildren: () => import('./admin/admin.routes').then((m) => m.ADMIN_ROUTES) },",
        "  { path: '**', redirectTo: '' },",
        '];',
        '',
      ].join('\n'),
      'src/app/home/home.component.ts':
        "import { MoneyPipe } from '../money.pipe';\n@Component({ templateUrl: './home.component.html', styleUrls: ['./home.component.scss'] })\nexport class HomeComponent { pipe = MoneyPipe; }\n",
      'src/app/home/home.component.html': '<p>Home</p>\n',
      'src/app/home/home.component.scss': '.home { color: red }\n',
      'src/app/user/user.component.ts':
        "@Component({ template: '<p>User</p>' })\nexport class UserComponent {}\n",
      'src/app/orders/orders.module.ts':
        "import { OrdersRoutingModule } from './orders-routing.module';\n@NgModule({ imports: [OrdersRoutingModule] })\nexport class OrdersModule {}\n",
      'src/app/orders/orders-routing.module.ts':
        "import { OrdersComponent } from './orders.component';\nconst routes: Routes = [{ path: '', component: OrdersComponent }, { path: ':id', component: OrdersComponent }];\n@NgModule({ imports: [RouterModule.forChild(routes)] })\nexport class OrdersRoutingModule {}\n",
      'src/app/orders/orders.component.ts':
        "import { MoneyPipe } from '../money.pipe';\n@Component({ template: '' })\nexport class OrdersComponent { pipe = MoneyPipe; }\n",
      'src/app/admin/admin.routes.ts':
        "export const ADMIN_ROUTES: Routes = [{ path: 'users', loadComponent: () => import('./users.component').then((m) => m.UsersComponent) }];\n",
      'src/app/admin/users.component.ts': "@Component({ template: '' })\nexport class UsersComponent {}\n",
      'src/app/money.pipe.ts': 'export class MoneyPipe {}\n',
    },
    pages: ['/', '/users/:id', '/orders', '/orders/:id', '/admin/users'],
    leaf: ['src/app/admin/users.component.ts', ['/admin/users']],
    shared: ['src/app/money.pipe.ts', ['/', '/orders', '/orders/:id']],
    style: ['src/app/home/home.component.scss', ['/']],
  },
  {
    framework: 'astro',
    files: {
      ...lock,
      'package.json': manifest('astro'),
      'src/pages/index.astro':
        "---\nimport Layout from '../layouts/Layout.astro';\nimport Hero from '@components/Hero.astro';\n---\n<Layout><Hero /></Layout>\n",
      'src/pages/blog/[slug].astro':
        "---\nimport Layout from '../../layouts/Layout.astro';\n---\n<Layout />\n<script>\n  import '../../scripts/share.ts';\n</script>\n",
      'src/pages/docs/[...path].md': '---\nlayout: ../../layouts/Layout.astro\n---\n# Docs\n',
      'src/pages/_draft.astro': '<p>Draft</p>\n',
      'src/pages/feed.xml.ts': 'export const GET = () => 1;\n',
      'src/layouts/Layout.astro': "---\nimport '../styles/global.css';\n---\n<slot />\n",
      'src/components/Hero.astro': '<h1>Hello</h1>\n<style>\n  h1 { color: red }\n</style>\n',
      'src/scripts/share.ts': 'export {};\n',
      'src/styles/global.css': '.x { color: red }\n',
    },
    pages: ['/', '/blog/:slug', '/docs/:path*'],
    endpoints: ['/feed.xml'],
    leaf: ['src/scripts/share.ts', ['/blog/:slug']],
    shared: ['src/layouts/Layout.astro', ['/', '/blog/:slug', '/docs/:path*']],
    style: ['src/styles/global.css', ['/', '/blog/:slug', '/docs/:path*']],
    isStyleEverywhere: true,
  },
];
