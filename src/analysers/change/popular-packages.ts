const words = (...lines: readonly string[]): readonly string[] => lines.flatMap((line) => line.split(' '));

/** Names of npm packages that are so common that a name one slip away from one is suspicious. */
export const POPULAR_NPM: ReadonlySet<string> = new Set(
  words(
    'react react-dom react-router react-router-dom react-redux react-query react-hook-form react-select react-icons react-native',
    'react-scripts react-markdown react-table react-dropzone react-transition-group react-helmet react-test-renderer preact next',
    'nuxt svelte vue vuex vue-router pinia angular rxjs zone.js solid-js astro gatsby remix ember-source backbone jquery lodash',
    'lodash.merge lodash.debounce lodash.get underscore ramda immer immutable redux redux-thunk redux-saga reselect zustand jotai',
    'recoil mobx mobx-react axios node-fetch cross-fetch isomorphic-fetch superagent request request-promise undici ky express',
    'express-session express-validator express-rate-limit body-parser cookie-parser cookie-session cors helmet morgan multer',
    'compression passport passport-local passport-jwt jsonwebtoken bcrypt bcryptjs argon2 fastify koa koa-router hapi restify',
    'socket.io socket.io-client http-proxy http-proxy-middleware connect serve-static finalhandler mongoose mongodb mysql mysql2',
    'sequelize typeorm prisma knex bookshelf objection sqlite3 better-sqlite3 redis ioredis bullmq amqplib kafkajs nodemailer',
    'stripe twilio firebase firebase-admin aws-sdk googleapis graphql graphql-tag apollo-server apollo-client type-graphql',
    'typescript ts-node tsx tslib webpack webpack-cli webpack-dev-server rollup parcel esbuild vite vitest turbo gulp grunt',
    'browserify terser uglify-js babel-core babel-loader babel-jest babel-eslint css-loader style-loader sass-loader file-loader',
    'postcss autoprefixer tailwindcss sass node-sass less styled-components bootstrap bulma classnames clsx eslint prettier',
    'eslint-plugin-react eslint-plugin-import eslint-config-prettier eslint-plugin-prettier stylelint husky lint-staged commitlint',
    'jest ts-jest mocha chai sinon jasmine karma nyc cypress puppeteer playwright supertest nock jsdom enzyme cheerio chalk',
    'colors commander yargs minimist inquirer prompts ora listr figlet boxen debug winston pino bunyan log4js loglevel dotenv',
    'cross-env rimraf mkdirp glob minimatch fs-extra graceful-fs chokidar del shelljs execa cross-spawn which semver uuid nanoid',
    'shortid moment moment-timezone dayjs date-fns luxon async bluebird p-limit p-queue through2 readable-stream concat-stream',
    'event-stream eventemitter3 yup joi ajv validator class-validator class-transformer reflect-metadata zod io-ts qs query-string',
    'form-data mime mime-types formidable busboy ejs pug handlebars mustache nunjucks marked markdown-it highlight.js prismjs',
    'dompurify sanitize-html xss js-yaml yaml toml ini xml2js fast-xml-parser csv-parse papaparse iconv-lite sharp jimp pdfkit',
    'exceljs xlsx archiver adm-zip jszip tar d3 chart.js three echarts leaflet mapbox-gl moment-range i18next react-i18next',
    'electron electron-builder nodemon concurrently pm2 forever npm-run-all lerna core-js regenerator-runtime whatwg-fetch ws',
    'discord.js telegraf ethers web3 bignumber.js decimal.js big.js crypto-js tweetnacl elliptic openai langchain lru-cache',
    'ms ip inherits safe-buffer string-width strip-ansi ansi-styles supports-color source-map source-map-support acorn escodes',
    'estraverse esprima recast object-assign deepmerge fast-deep-equal path-to-regexp micromatch picomatch tmp open got',
  ),
);

/** The same of the Python Package Index, in its normal form. */
export const POPULAR_PYPI: ReadonlySet<string> = new Set(
  words(
    'requests urllib3 numpy pandas scipy matplotlib seaborn scikit-learn tensorflow torch torchvision keras transformers',
    'datasets tokenizers huggingface-hub openai anthropic langchain tiktoken flask django fastapi starlette uvicorn gunicorn',
    'tornado aiohttp httpx sanic bottle pyramid celery redis pymongo psycopg2 psycopg2-binary mysqlclient pymysql sqlalchemy',
    'alembic peewee pydantic marshmallow attrs click typer rich colorama tqdm pytest pytest-cov hypothesis coverage tox nox mypy',
    'flake8 pylint black isort ruff setuptools wheel pip virtualenv poetry twine jinja2 markupsafe werkzeug itsdangerous',
    'beautifulsoup4 lxml scrapy selenium playwright pillow opencv-python imageio boto3 botocore awscli s3fs google-cloud-storage',
    'azure-storage-blob paramiko fabric ansible cryptography pyjwt bcrypt passlib python-dateutil pytz arrow pyyaml toml',
    'python-dotenv jsonschema simplejson protobuf grpcio websockets discord.py python-telegram-bot nltk spacy gensim plotly dash',
    'streamlit gradio jupyter notebook ipython jupyterlab networkx sympy xgboost lightgbm pyspark dask joblib loguru structlog',
    'sentry-sdk certifi charset-normalizer idna packaging six typing-extensions jsonpickle psutil docker kubernetes stripe twilio',
  ),
);
