import { type Example, lock, manifest } from './example.ts';

export const SERVERS: readonly Example[] = [
  {
    framework: 'express',
    files: {
      ...lock,
      'package.json': manifest('express', 'ejs'),
      'server.js': [
        "const express = require('express');",
        "const orders = require('./routes/orders');",
        'const app = express();',
        "app.use(express.static('public'));",
        "app.get('/', (req, res) => res.render('home'));",
        "app.use('/orders', orders);",
        "app.use('/api', require('./routes/api'));",
        'app.listen(3000);',
        '',
      ].join('\n'),
      'routes/orders.js': [
        "const { Router } = require('express');",
        "const { total } = require('../lib/money');",
        'const router = Router();',
        "router.get('/', (req, res) => res.render('orders/list', { total }));",
        "router.get('/:id(\\\\d+)', (req, res) => res.render('orders/one'));",
        "router.route('/:id/notes').get((req, res) => res.render('orders/notes')).post((req, res) => res.redirect('/'));",
        'module.exports = router;',
        '',
      ].join('\n'),
      'routes/api.js':
        "const router = require('express').Router();\nconst { total } = require('../lib/money');\nrouter.get('/orders', (req, res) => res.json(total()));\nrouter.delete('/orders/:id', (req, res) => res.json({}));\nmodule.exports = router;\n",
      'lib/money.js': 'exports.total = () => 1;\n',
      'views/home.ejs': '<link rel="stylesheet" href="/style.css"><h1>Home</h1>\n',
      'views/orders/list.ejs': "<%- include('../partials/head') %><h1>Orders</h1>\n",
      'views/partials/head.ejs': '<link rel="stylesheet" href="/orders.css">\n',
      'public/style.css': '.x { color: red }\n',
      'public/orders.css': '.y { color: red }\n',
      'test/orders.test.js': "request(app).get('/tested', () => 1);\n",
    },
    pages: ['/', '/orders', '/orders/:id', '/orders/:id/notes'],
    endpoints: ['/api/orders', 'DELETE /api/orders/:id', 'POST /orders/:id/notes'],
    leaf: ['routes/orders.js', ['/orders', '/orders/:id', '/orders/:id/notes']],
    shared: ['lib/money.js', ['/orders', '/orders/:id', '/orders/:id/notes']],
    style: ['public/orders.css', ['/orders']],
  },
  {
    framework: 'fastify',
    files: {
      ...lock,
      'package.json': manifest('fastify'),
      'src/app.ts':
        "import Fastify from 'fastify';\nimport users from './users.js';\nconst app = Fastify();\napp.register(users, { prefix: '/users' });\napp.get('/', async (req, reply) => reply.view('home', {}));\n",
      'src/users.ts':
        "import { label } from './label.js';\nexport default async function users(fastify) {\n  fastify.get('/:id', async (req, reply) => reply.view('user', { label }));\n  fastify.route({ method: 'PUT', url: '/:id', handler: async () => ({}) });\n}\n",
      'src/label.ts': "export const label = 'User';\n",
      'src/views/home.hbs': '<link rel="stylesheet" href="./home.css">\n',
      'src/views/home.css': '.x { color: red }\n',
    },
    pages: ['/', '/users/:id'],
    endpoints: ['PUT /users/:id'],
    leaf: ['src/users.ts', ['/users/:id']],
    shared: ['src/label.ts', ['/users/:id']],
    style: ['src/views/home.css', ['/']],
  },
  {
    framework: 'koa',
    files: {
      ...lock,
      'package.json': manifest('koa', '@koa/router'),
      'app.js':
        "const Koa = require('koa');\nconst books = require('./books');\nconst app = new Koa();\napp.use(books.routes());\n",
      'books.js':
        "const Router = require('@koa/router');\nconst { page } = require('./page');\nconst router = new Router({ prefix: '/books' });\nrouter.get('/', async (ctx) => { await ctx.render('books'); });\nrouter.get('/:isbn', page);\nmodule.exports = router;\n",
      'page.js': 'exports.page = async (ctx) => ctx.render("book");\n',
      'views/book.pug': 'link(rel="stylesheet" href="/book.css")\n',
      'views/books.pug': 'include ./part\n',
      'views/part.pug': 'p Part\n',
      'public/book.css': '.x { color: red }\n',
    },
    pages: ['/books', '/books/:isbn'],
    leaf: ['views/part.pug', ['/books']],
    shared: ['page.js', ['/books/:isbn']],
    style: ['public/book.css', ['/books/:isbn']],
  },
  {
    framework: 'hono',
    files: {
      ...lock,
      'package.json': manifest('hono'),
      'src/index.tsx':
        "import { Hono } from 'hono';\nimport { posts } from './posts';\nconst app = new Hono();\napp.get('/', (c) => c.html(<h1>Home</h1>));\napp.route('/posts', posts);\nexport default app;\n",
      'src/posts.tsx':
        "import { Hono } from 'hono';\nimport { Card } from './card';\nexport const posts = new Hono();\nposts.get('/:id{[0-9]+}', (c) => c.html(<Card />));\nposts.post('/', (c) => c.json({}));\n",
      'src/card.tsx': "import './card.css';\nexport const Card = () => <p>Card</p>;\n",
      'src/card.css': '.card { color: red }\n',
    },
    pages: ['/', '/posts/:id'],
    endpoints: ['POST /posts'],
    leaf: ['src/posts.tsx', ['/posts/:id']],
    shared: ['src/card.tsx', ['/posts/:id']],
    style: ['src/card.css', ['/posts/:id']],
  },
  {
    framework: 'nest',
    files: {
      ...lock,
      'package.json': manifest('@nestjs/common', '@nestjs/core'),
      'src/main.ts': "import { AppModule } from './app.module';\napp.setGlobalPrefix('shop');\n",
      'src/app.module.ts':
        "import { CatsController } from './cats.controller';\n@Module({ controllers: [CatsController] })\nexport class AppModule {}\n",
      'src/cats.controller.ts':
        "import { CatsService } from './cats.service';\n@Controller('cats')\nexport class CatsController {\n  constructor(private readonly cats: CatsService) {}\n  @Get() @Render('cats') all() {}\n  @Get(':id') @Render('cat') one() {}\n  @Post() add() {}\n}\n",
      'src/cats.service.ts': 'export class CatsService {}\n',
      'views/cats.css': '.x { color: red }\n',
    },
    pages: ['/shop/cats', '/shop/cats/:id'],
    endpoints: ['POST /shop/cats'],
    leaf: ['src/cats.controller.ts', ['/shop/cats', '/shop/cats/:id']],
    shared: ['src/cats.service.ts', ['/shop/cats', '/shop/cats/:id']],
    style: ['views/cats.css', []],
  },
  {
    framework: 'plain html',
    files: {
      ...lock,
      'index.html': '<link rel="stylesheet" href="css/site.css"><script src="js/app.js"></script>\n',
      'about.html': '<link rel="stylesheet" href="css/site.css">\n',
      'shop/index.html':
        '<link rel="stylesheet" href="../css/shop.css"><script src="../js/app.js"></script>\n',
      'css/site.css': '.x { color: red }\n',
      'css/shop.css': '@import "colours.css";\n.shop { background: url(../img/bag.png) }\n',
      'css/colours.css': ':root { --red: red }\n',
      'img/bag.png': 'png',
      'js/app.js': 'console.log(1);\n',
    },
    pages: ['/', '/about.html', '/shop'],
    leaf: ['img/bag.png', ['/shop']],
    shared: ['js/app.js', ['/', '/shop']],
    style: ['css/colours.css', ['/shop']],
  },
];
