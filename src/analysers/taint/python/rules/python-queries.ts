import { isAtStart, isInSql } from '../../rules/conditions.ts';
import type { Weakness } from '../../weakness.ts';
import { isComposed } from './arguments.ts';

export const PYTHON_QUERIES: readonly Weakness[] = [
  {
    id: 'python-sql-injection',
    cwe: 89,
    text: {
      title: 'Data becomes part of an SQL statement',
      body: 'A value with a quote in it changes the statement: it can read or delete other rows. Leave a placeholder in the statement and pass the value beside it; the database driver keeps the two apart.',
      severity: 'high',
      confidence: 0.8,
      topic: 'sql',
    },
    sinks: [
      {
        calls: [
          '**.{execute,executemany,executescript,execute_async,raw,prepare,fetch,fetchrow,fetchval,mogrify,callproc,execute_sql,run_query,cursor,copy,stream,read_sql,read_sql_query}',
          '~*.{execute,executemany,executescript,raw,prepare,fetch,fetchrow,fetchval,run,cursor,query}',
          '~[].{execute,executemany}',
          '~().{execute,executemany,executescript,raw,prepare,fetch,fetchrow,fetchval,run}',
        ],
        fields: ['', 'query', 'sql', 'statement', 'operation', 'sql_query'],
        from: 'unknown',
        accepts: (taint, value) =>
          isInSql(taint, value) && (taint.lead !== '' || taint.origin === 'request' || !taint.isWhole),
        acceptsUnknown: (value) => isComposed(value) && STATEMENT.test(value.text ?? ''),
      },
      {
        calls: [
          '{sqlalchemy,sqlalchemy.sql,sqlalchemy.sql.expression}.{text,literal_column}',
          '~{sqlalchemy,sa}.text',
          'django.db.models.expressions.RawSQL',
          '~RawSQL',
          '**.objects.raw',
          '~objects.raw',
        ],
        from: 'unknown',
        acceptsUnknown: isComposed,
      },
      {
        calls: ['~*.{extra}', '~().extra'],
        args: 'all',
        fields: ['where', 'select', 'tables', 'order_by', ''],
        isDeep: true,
        from: 'parameter',
      },
      {
        calls: [
          '~query().**.{filter,having,order_by,group_by,distinct,from_statement,prefix_with,suffix_with}',
          '~query().{filter,having,order_by,group_by,distinct,from_statement}',
          '~{query,session.query()}.{filter,having,order_by,group_by}',
        ],
        from: 'parameter',
        accepts: (taint, value) => !isAtStart(taint) && value.text !== undefined,
      },
      {
        texts: true,
        from: 'outside',
        accepts: ({ lead, origin }, { text = '' }) =>
          origin === 'request' &&
          (STATEMENT.test(lead) ||
            (/^\s*(?:select|insert|update|delete)\b/i.test(lead) && STATEMENT.test(text))),
      },
    ],
    bad: [
      'def find(cursor, name):\n    cursor.execute("SELECT * FROM users WHERE name = \'%s\'" % name)\n',
      "@app.route('/user')\ndef user():\n    query = f\"SELECT * FROM users WHERE id = {request.args['id']}\"\n    return jsonify(db.session.execute(query))\n",
      "def find(connection, name):\n    sql = 'SELECT * FROM users WHERE name = '\n    sql += name\n    return connection.cursor().execute(sql)\n",
    ],
    good: [
      "def find(cursor, name):\n    cursor.execute('SELECT * FROM users WHERE name = %s', (name,))\n",
      "@app.route('/user')\ndef user():\n    number = int(request.args['id'])\n    cursor.execute('SELECT * FROM users WHERE id = %d' % number)\n    return ''\n",
      "COLUMNS = {'name', 'age'}\n\ndef find(cursor, column):\n    if column not in COLUMNS:\n        raise ValueError(column)\n    cursor.execute('SELECT * FROM users ORDER BY ' + column)\n",
    ],
  },
  {
    id: 'python-nosql-injection',
    cwe: 943,
    text: {
      title: 'Data from a request becomes part of a database query as it is',
      body: 'A request can hold an object where a text is expected, such as `{"$ne": null}`, or code in `$where`, and then matches other documents than were meant. Convert the value with `str`, and do not use `$where`.',
      severity: 'high',
      confidence: 0.7,
    },
    clearedBy: ['is-string'],
    sanitisers: ['str'],
    sinks: [
      {
        calls: [
          '**.{find,find_one,find_one_and_update,find_one_and_delete,update_one,update_many,delete_one,delete_many,count_documents,aggregate}',
          '~*.{find_one,find_one_and_update,update_one,update_many,delete_one,delete_many,count_documents}',
        ],
        isDeep: true,
        from: 'outside',
        accepts: ({ origin, isWhole, key }) =>
          origin === 'request' && isWhole && /json|body|data|loads/i.test(key),
      },
      { properties: ['$where', '$function', '$accumulator'], from: 'outside' },
      {
        calls: ['~{table,dynamodb,client}.{scan,query}'],
        args: 'all',
        fields: ['FilterExpression', 'ScanFilter', 'KeyConditionExpression', 'QueryFilter'],
        isDeep: true,
        from: 'outside',
      },
    ],
    bad: [
      "@app.route('/login', methods=['POST'])\ndef login():\n    return jsonify(db.users.find_one({'name': request.json['name']}))\n",
    ],
    good: [
      "@app.route('/login', methods=['POST'])\ndef login():\n    return jsonify(db.users.find_one({'name': str(request.json['name'])}))\n",
    ],
  },
  {
    id: 'python-ldap-injection',
    cwe: 90,
    text: {
      title: 'Data becomes part of an LDAP query',
      body: 'With `*`, `)` or `(` in it, the data changes which entries the query finds. Escape it with the function of the library, such as `escape_filter_chars`.',
      severity: 'high',
      confidence: 0.75,
    },
    sinks: [
      {
        calls: [
          'ldap.**.{search,search_s,search_st,search_ext,search_ext_s}',
          'ldap3.**.search',
          '~{ldap_connection,ldap_conn,ldapconn,conn,connection,l}.{search,search_s,search_ext,search_ext_s}',
        ],
        args: 'all',
        fields: ['', 'search_filter', 'filterstr', 'search_base', 'base', 'filter'],
        from: 'outside',
      },
    ],
    bad: [
      "import ldap\n\n@app.route('/user')\ndef user():\n    ldap.initialize('ldap://a').search_s('dc=a', ldap.SCOPE_SUBTREE, '(cn=' + request.args['name'] + ')')\n    return ''\n",
    ],
    good: [
      "import ldap\nimport ldap.filter\n\n@app.route('/user')\ndef user():\n    name = ldap.filter.escape_filter_chars(request.args['name'])\n    ldap.initialize('ldap://a').search_s('dc=a', ldap.SCOPE_SUBTREE, '(cn=' + name + ')')\n    return ''\n",
    ],
  },
  {
    id: 'python-xpath-injection',
    cwe: 643,
    text: {
      title: 'Data becomes part of an XPath query',
      body: 'A quote in the data changes which nodes the query finds. Pass it as a variable of the query, such as `tree.xpath("//user[@name=$name]", name=name)`.',
      severity: 'high',
      confidence: 0.75,
    },
    clearedBy: ['quotes-escaped'],
    sinks: [
      {
        calls: [
          'lxml.etree.{XPath,ETXPath}',
          '~*.xpath',
          '~().xpath',
          'elementpath.select',
          '~{root,tree,doc}.{findall,iterfind,findtext}',
          'libxml2.**.xpathEval',
          '~*.xpathEval',
        ],
        from: 'outside',
        args: 'all',
        accepts: (_taint, value) => value.objects.length === 0,
      },
    ],
    bad: [
      "from lxml import etree\n\n@app.route('/user')\ndef user():\n    tree = etree.parse('users.xml')\n    return str(tree.xpath(\"//user[name='\" + request.args['name'] + \"']\"))\n",
    ],
    good: [
      "from lxml import etree\n\n@app.route('/user')\ndef user():\n    tree = etree.parse('users.xml')\n    return str(tree.xpath('//user[name=$name]', name=request.args['name']))\n",
      "from lxml import etree\n\n@app.route('/user')\ndef user():\n    name = request.args['name']\n    if \"'\" in name:\n        return 'no'\n    tree = etree.parse('users.xml')\n    return str(len(tree.xpath(f\"//user[name='{name}']\")))\n",
    ],
  },
  {
    id: 'python-regex-from-outside',
    cwe: 1333,
    text: {
      title: 'Data from a request is used as a regular expression',
      body: 'A pattern can be written so that matching takes minutes. Escape the data with `re.escape`, or compare without a pattern.',
      severity: 'medium',
      confidence: 0.75,
    },
    clearedBy: ['quotes-escaped'],
    sinks: [
      {
        calls: ['{re,regex}.{compile,match,search,fullmatch,findall,finditer,split,sub,subn}'],
        from: 'outside',
        accepts: ({ origin }) => origin === 'request',
      },
    ],
    bad: [
      "import re\n\n@app.route('/')\ndef index():\n    return str(bool(re.match(request.args['pattern'], 'text')))\n",
    ],
    good: [
      "import re\n\n@app.route('/')\ndef index():\n    return str(bool(re.match(re.escape(request.args['pattern']), 'text')))\n",
    ],
  },
];

const STATEMENT =
  /\b(?:select\b[\s\S]*\bfrom\b|insert\s+into\b|update\b[\s\S]*\bset\b|delete\s+from\b|drop\s+(?:table|database)\b|alter\s+table\b|create\s+(?:table|database)\b|where\b|values\s*\(|truncate\s+table|exec(?:ute)?\s)/i;
