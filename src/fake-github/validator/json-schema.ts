/** A schema object of OpenAPI 3.0 or JSON Schema, with the keywords that GitHub's description uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly required?: readonly string[];
  readonly [keyword: string]: unknown;
}

/** Where the schemas shared by all operations live, as ajv addresses them. */
const SCHEMA_BASE = 'https://api.github.com/schemas';

/** The address under which ajv knows a component schema; requests use the closed variant. */
export function schemaAddress(name: string, closed: 'open' | 'closed'): string {
  return `${SCHEMA_BASE}/${closed}/${name}`;
}

export interface Conversion {
  readonly schema: JsonSchema;
  /** Names of the component schemas that it refers to. */
  readonly references: ReadonlySet<string>;
}

/**
 * Turns a schema of OpenAPI 3.0 into JSON Schema: `nullable` becomes a type, references get ajv's addresses.
 *
 * `closed` refuses unknown properties in every object that lists its own, nested ones too: GitHub ignores them in
 * silence, so a misspelt field would otherwise pass unseen.
 */
export function toJsonSchema(schema: JsonSchema, closed: 'open' | 'closed'): Conversion {
  const references = new Set<string>();
  return { schema: convert(schema, { closed, references, isBranch: false }), references };
}

interface ConvertOptions {
  readonly closed: 'open' | 'closed';
  readonly references: Set<string>;
  /** The schema is one branch of allOf, anyOf or oneOf, which sees only some of the object's properties. */
  readonly isBranch: boolean;
}

function convert(schema: JsonSchema, options: ConvertOptions): JsonSchema {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/components/schemas/', '');
    options.references.add(name);
    const reference = { $ref: schemaAddress(name, options.closed) };
    return schema.nullable === true ? { anyOf: [reference, { type: 'null' }] } : reference;
  }
  const inner = { ...options, isBranch: false };
  const branch = { ...options, isBranch: true };
  const { nullable, ...kept } = schema;
  const converted: Record<string, unknown> = { ...kept };
  if (schema.properties !== undefined) {
    converted['properties'] = Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [name, convert(property, inner)]),
    );
  }
  if (schema.items !== undefined) converted['items'] = convert(schema.items, inner);
  if (typeof schema.additionalProperties === 'object') {
    converted['additionalProperties'] = convert(schema.additionalProperties, inner);
  }
  if (schema.not !== undefined) converted['not'] = convert(schema.not, { ...branch, closed: 'open' });
  for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
    const branches = schema[keyword];
    if (branches !== undefined) converted[keyword] = branches.map((part) => convert(part, branch));
  }
  if (options.closed === 'closed' && !options.isBranch && isOpenRecord(schema)) {
    converted['additionalProperties'] = false;
  }
  return nullable === true ? withNull(converted) : converted;
}

/** Whether the object lists its properties itself and says nothing about others. */
function isOpenRecord(schema: JsonSchema): boolean {
  return (
    schema.properties !== undefined &&
    schema.additionalProperties === undefined &&
    schema.allOf === undefined &&
    schema.anyOf === undefined &&
    schema.oneOf === undefined
  );
}

function withNull(schema: JsonSchema): JsonSchema {
  if (schema.type === undefined) return { anyOf: [schema, { type: 'null' }] };
  return {
    ...schema,
    type: [schema.type, 'null'].flat(),
    ...(schema.enum === undefined ? {} : { enum: [...schema.enum, null] }),
  };
}
