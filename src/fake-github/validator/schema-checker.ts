import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { invariant } from '../../lib/invariant.ts';
import { loadGitHubDescription, type Operation, type Parameter } from './description.ts';
import { type JsonSchema, schemaAddress, toJsonSchema } from './json-schema.ts';

/** What is wrong with a value, and where in it (a JSON pointer; empty for the whole). */
export interface Fault {
  readonly where: string;
  readonly what: string;
}

/** Checks values against GitHub's schemas; each schema is compiled when it is first needed. */
export interface SchemaChecker {
  checkBody(operation: Operation, body: unknown): readonly Fault[];
  /** Path or query parameters: texts, read as the described type. Unknown query parameters are faults. */
  checkParameters(
    operation: Operation,
    place: 'path' | 'query',
    values: Readonly<Record<string, string>>,
  ): readonly Fault[];
  checkReply(operation: Operation, status: number, body: unknown): readonly Fault[];
  /** `name` as in the description: `pull-request-opened`. */
  checkWebhook(name: string, payload: unknown): readonly Fault[];
}

let shared: SchemaChecker | undefined;

/** The checker, one for the whole process: compiling a schema takes up to 0.2 s, and none ever changes. */
export function sharedSchemaChecker(): SchemaChecker {
  shared ??= createSchemaChecker();
  return shared;
}

function createSchemaChecker(): SchemaChecker {
  const compiled = new Map<string, ValidateFunction>();
  const ajv = createAjv({ coerceTypes: false });
  const coercing = createAjv({ coerceTypes: true });

  const check = (key: string, schema: () => JsonSchema, value: unknown, closed: 'open' | 'closed') => {
    let validate = compiled.get(key);
    if (validate === undefined) {
      const conversion = toJsonSchema(schema(), closed);
      addReferences(ajv, conversion.references, closed);
      validate = ajv.compile(conversion.schema);
      compiled.set(key, validate);
    }
    return validate(value) ? [] : toFaults(validate.errors ?? []);
  };

  return {
    checkBody({ operationId, bodySchema }, body) {
      if (bodySchema === undefined) return [{ where: '', what: 'takes no body' }];
      return check(`body ${operationId}`, () => bodySchema, body, 'closed');
    },
    checkParameters({ operationId, parameters }, place, values) {
      const key = `${place} ${operationId}`;
      const validate =
        compiled.get(key) ?? coercing.compile(parametersSchema(parameters.filter((p) => p.in === place)));
      compiled.set(key, validate);
      return validate({ ...values }) ? [] : toFaults(validate.errors ?? []);
    },
    checkReply({ operationId, replies }, status, body) {
      const schema = replies.get(status);
      if (schema === undefined) return [];
      return check(`reply ${status} ${operationId}`, () => schema, body, 'open');
    },
    checkWebhook(name, payload) {
      const schema = loadGitHubDescription().webhooks.get(name);
      if (schema === undefined) return [{ where: '', what: `GitHub has no webhook ${name}` }];
      return check(`webhook ${name}`, () => schema, payload, 'open');
    },
  };
}

function createAjv(options: { readonly coerceTypes: boolean }): Ajv {
  // Without `inlineRefs: false` the larger replies repeat the same sub-schemas hundreds of times.
  const ajv = new Ajv({
    ...options,
    strict: false,
    validateSchema: false,
    allErrors: true,
    inlineRefs: false,
  });
  formats.default(ajv);
  // GitHub writes an address that was never set as an empty text (`environment_url`, `gravatar_id`).
  ajv.addFormat('uri', {
    type: 'string',
    validate: (text: string) => text === '' || (URL.canParse(text) && !/\s/.test(text)),
  });
  ajv.addFormat('timestamp', true);
  ajv.addFormat('repo.nwo', /^[^/\s]+\/[^/\s]+$/);
  return ajv;
}

/** Makes component schemas, and those that they refer to, known to ajv. */
function addReferences(ajv: Ajv, names: ReadonlySet<string>, closed: 'open' | 'closed'): void {
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const address = schemaAddress(name, closed);
    if (ajv.schemas[address] !== undefined) continue;
    const schema = loadGitHubDescription().schemas[name];
    invariant(schema !== undefined, `GitHub's description has the schema ${name}`);
    const conversion = toJsonSchema(schema, closed);
    ajv.addSchema(conversion.schema, address);
    waiting.push(...conversion.references);
  }
}

function parametersSchema(parameters: readonly Parameter[]): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(
      parameters.map(({ name, schema }) => [name, toJsonSchema(schema, 'closed').schema]),
    ),
    required: parameters.filter((p) => p.required === true).map((p) => p.name),
    additionalProperties: false,
  };
}

function toFaults(errors: readonly ErrorObject[]): readonly Fault[] {
  return errors.map((error) => {
    const extra: unknown = error.params['additionalProperty'] ?? error.params['allowedValues'];
    const detail = extra === undefined ? '' : `: ${JSON.stringify(extra)}`;
    return { where: error.instancePath, what: `${error.message ?? error.keyword}${detail}` };
  });
}
