import { HOLE, type Taint, type Value } from '../value.ts';
import type { Weakness } from '../weakness.ts';
import { isInSql } from './conditions.ts';

const DATABASE =
  '{db,database,conn,connection,con,pool,client,knex,sequelize,mysql,pg,postgres,sql,sqlite,tx,trx,transaction,prisma,manager,queryRunner,entityManager,repository,repo,datasource,dataSource,session,stmt,cursor,executor,dbClient,dbConn,mysqlConnection,pgClient,pgPool,*Repository,*Db,*Pool,*Connection,*Client}';

/** Data inside of a statement, not a whole statement that a caller passes. */
const isPart = (taint: Taint, value: Value): boolean =>
  isInSql(taint, value) || (taint.origin !== 'parameter' && taint.lead === '' && taint.isWhole);

/** A value that is not known where a statement has a value, not a name. */
const IN_VALUE =
  /^\s*(?:select|insert|update|delete|replace)\b[\s\S]*(?:=\s*['"]?%?|like\s+['"]?%?|values\s*\([^)]*|in\s*\(\s*)\0/i;
/** The beginning of a whole statement. */
const STATEMENT =
  /^\s*(?:select\b[\s\S]*\bfrom\b|insert\s+into\b|update\b[\s\S]*\bset\b|delete\s+from\b|(?:create|alter|drop)\s+(?:table|database)\b)/i;

export const SQL_INJECTION: readonly Weakness[] = [
  {
    id: 'sql-injection',
    cwe: 89,
    text: {
      title: 'Data from outside becomes part of an SQL statement',
      body: 'A value with a quote in it changes the statement: it can read or delete other rows. Leave a placeholder in the statement and pass the value beside it; the database driver keeps the two apart. A name of a table or column cannot be a placeholder: choose it from a fixed list.',
      severity: 'critical',
      confidence: 0.85,
      topic: 'sql',
    },
    clearedBy: ['quotes-escaped'],
    sanitisers: [
      '{mysql,mysql2,sqlstring,pg-format,pg-escape}.{escape,escapeId,format,literal,ident}',
      'pg-format',
      '~{connection,conn,pool,db,client,mysql,sequelize}.{escape,escapeId,escapeLiteral,escapeIdentifier}',
      'sqlstring.*',
    ],
    sinks: [
      {
        calls: [
          `~${DATABASE}.{query,execute,run,all,get,each,exec,raw,prepare,queryRaw,$queryRawUnsafe,$executeRawUnsafe,whereRaw,orderByRaw,havingRaw,joinRaw,selectRaw,groupByRaw,fromRaw,unsafe,many,one,none,any,oneOrNone,manyOrNone,result,batch,multi,simpleQuery}`,
          '{mysql,mysql2,mysql2/promise,pg,pg-promise,mssql,sqlite3,better-sqlite3,sequelize,knex,typeorm,tedious,oracledb,@planetscale/database,mariadb,postgres,slonik}.**.{query,execute,run,all,get,each,exec,raw,prepare,unsafe,any,one,none,many,request,queryStream,simpleQuery}',
          '{knex,sequelize}().{raw,query,literal,whereRaw,orderByRaw,havingRaw,joinRaw}',
          'sequelize.literal',
          '{Sequelize,sequelize}.{literal,query}',
          'sequelize.Sequelize.literal',
          '~{qb,queryBuilder,query,builder}.{whereRaw,orderByRaw,havingRaw,joinRaw,raw}',
          '**.{whereRaw,orderByRaw,havingRaw,$queryRawUnsafe,$executeRawUnsafe}',
          'tedious.Request',
          '~sql.raw',
          'Prisma.raw',
        ],
        fields: ['', 'text', 'sql', 'query', 'statement'],
        from: 'unknown',
        accepts: isPart,
        acceptsUnknown: ({ text = '' }) => IN_VALUE.test(text),
      },
      {
        calls: [
          '~{qb,queryBuilder,builder,*QueryBuilder,createQueryBuilder()**}.{where,andWhere,orWhere,having,orderBy,addOrderBy,select,addSelect}',
          '**.createQueryBuilder().**.{where,andWhere,orWhere,having}',
          '**.createQueryBuilder().{where,andWhere,orWhere,having}',
        ],
        from: 'parameter',
        accepts: (taint) => taint.lead.replaceAll(HOLE, '').trim() !== '',
      },
      {
        texts: true,
        from: 'outside',
        accepts: ({ lead, origin }, { text = '' }) =>
          origin === 'request' &&
          (STATEMENT.test(lead) ||
            (/^\s*(?:select|insert|update|delete)\b/i.test(lead) && STATEMENT.test(text))),
      },
      {
        calls: ['util.format', '~format'],
        args: [1, 2, 3],
        from: 'outside',
        when: ({ args }) => STATEMENT.test(args[0]?.text ?? ''),
      },
    ],
    bad: [
      'export const handler = async (event) => {\n  await run("SELECT * FROM users WHERE name = \'" + event.name + "\'");\n};',
      "import mysql from 'mysql2';\nconst connection = mysql.createConnection({});\napp.get('/user', (req, res) => {\n  connection.query('SELECT * FROM users WHERE id = ' + req.query.id, (error, rows) => res.json(rows));\n});",
      "import { Pool } from 'pg';\nconst pool = new Pool();\nexport async function find(name: string) {\n  const { rows } = await pool.query(`SELECT * FROM users WHERE name = '${name}'`);\n  return rows;\n}",
      "export class Users {\n  constructor(private readonly db) {}\n  @Get() find(@Query('sort') sort) {\n    let sql = 'SELECT * FROM users';\n    sql += ' ORDER BY ' + sort;\n    return this.db.query(sql);\n  }\n}",
    ],
    good: [
      "app.get('/user', (req, res) => {\n  db.query('SELECT * FROM users WHERE id = ?', [req.query.id]);\n});",
      "const COLUMNS = new Set(['name', 'age']);\napp.get('/user', (req, res) => {\n  if (!COLUMNS.has(req.query.sort)) throw new Error('no such column');\n  db.query(`SELECT * FROM users ORDER BY ${req.query.sort}`);\n});",
      'app.get("/user", (req, res) => sql`SELECT * FROM users WHERE id = ${req.query.id}`);',
      "app.get('/user', async (req, res) => {\n  const id = Number(req.query.id);\n  await db.query('SELECT * FROM users WHERE id = ' + id);\n});",
    ],
  },
  {
    id: 'nosql-injection',
    cwe: 943,
    text: {
      title: 'Data from a request becomes part of a database query as it is',
      body: 'A request can hold an object where a text is expected, such as `{"$ne": null}`, which then matches other documents than were meant, for instance without the right password. Check that it is a string, or convert it with `String(…)`.',
      severity: 'high',
      confidence: 0.7,
    },
    clearedBy: ['is-string', 'url-encoded'],
    sanitisers: [
      '{String,mongo-sanitize,express-mongo-sanitize}',
      '~{sanitize,mongoSanitize}.sanitize',
      '**.toString',
      '**.trim',
    ],
    sinks: [
      {
        calls: [
          '~{*collection(),collection,*Model,model,*Collection,User,Users,Account,Product,Post,Order,mongoose,db.*}.{find,findOne,findOneAndUpdate,findOneAndDelete,findOneAndRemove,findOneAndReplace,updateOne,updateMany,deleteOne,deleteMany,remove,count,countDocuments,aggregate,exists,where,replaceOne,distinct}',
          '{mongodb,mongoose}.**.{find,findOne,findById,findOneAndUpdate,findOneAndDelete,findOneAndRemove,findOneAndReplace,update,updateOne,updateMany,replaceOne,remove,deleteOne,deleteMany,count,countDocuments,aggregate,where,exists,and,or,nor,geoSearch,Query}',
        ],
        isDeep: true,
        from: 'outside',
        accepts: ({ isWhole, key }) =>
          isWhole &&
          !/^(?:location|document|http\.request\.params|req(?:uest)?\.(?:params|headers|cookies|url))\b|\.params\b|\.headers\b|url$/.test(
            key,
          ),
      },
      {
        calls: [
          '**.{findOne,findOneAndUpdate,findOneAndDelete,findOneAndRemove,updateOne,updateMany,deleteOne,deleteMany,countDocuments,find}',
        ],
        isDeep: true,
        from: 'outside',
        // Other libraries of this form take `where`, and know no operators in values.
        when: ({ args }) =>
          args[0]?.objects.some(
            ({ isArray, fields }) => !isArray && fields.size > 0 && !fields.has('where'),
          ) === true,
        accepts: ({ isWhole, key }) => isWhole && /\bbody\b|\bquery\b/.test(key),
      },
      {
        calls: [
          'mongoose.**.{distinct,Query,findByIdAndUpdate}',
          'mongoose.**.{updateOne,updateMany,findOneAndUpdate,update}.setQuery',
          'mongoose.**.Query',
        ],
        args: [1, 2],
        isDeep: true,
        from: 'outside',
        accepts: ({ isWhole, key }) => isWhole && /\bbody\b|\bquery\b/.test(key),
      },
      // An array as the key gives further arguments: https://github.com/redis/node-redis
      {
        calls: [
          'redis.createClient().{set,hset,hmset,mset,del,eval}',
          'redis.createClient().**.{set,hset,hmset,mset}',
        ],
        args: 'all',
        from: 'outside',
        accepts: ({ isWhole, key }) => isWhole && /\bbody\b|\bquery\b/.test(key),
      },
      { calls: ['**.{$where,mapReduce}'], from: 'parameter' },
      { properties: ['$where'], from: 'outside' },
    ],
    bad: [
      "app.post('/login', async (req, res) => {\n  const user = await db.collection('users').findOne({ name: req.body.name, password: req.body.password });\n  res.json(user);\n});",
    ],
    good: [
      "app.post('/login', async (req, res) => {\n  const user = await db.collection('users').findOne({ name: String(req.body.name) });\n  res.json(user);\n});",
      "app.post('/login', async (req, res) => {\n  const { name } = req.body;\n  if (typeof name !== 'string') return res.sendStatus(400);\n  res.json(await db.collection('users').findOne({ name }));\n});",
    ],
  },
];
