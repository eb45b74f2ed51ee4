import { invariant } from '../../lib/invariant.ts';
import type { JsonSchema } from './json-schema.ts';
import { readGeneratedFile } from './read-generated-file.ts';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: JsonSchema;
}

/** One method of one route, as GitHub describes it. */
export interface Operation {
  readonly operationId: string;
  readonly method: string;
  /** With the parameters in braces: `/repos/{owner}/{repo}`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly isBodyRequired: boolean;
  /** Absent when the operation takes no JSON body. */
  readonly bodySchema: JsonSchema | undefined;
  /** By status; the schema is absent when the reply has no JSON body. */
  readonly replies: ReadonlyMap<number, JsonSchema | undefined>;
}

export interface GitHubDescription {
  readonly operations: readonly Operation[];
  /** The schema of a webhook's payload by its name: `pull-request-opened`, `push`. */
  readonly webhooks: ReadonlyMap<string, JsonSchema>;
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

// The document's own shape, as far as it is used here.
interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>>;
  readonly required?: boolean;
}
interface Reference {
  readonly $ref: string;
}
interface RawOperation {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: Content;
  readonly responses?: Readonly<Record<string, Content | Reference>>;
}
interface RawDescription {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly 'x-webhooks': Readonly<Record<string, { readonly post: RawOperation }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, Content>>;
  };
}

/** Successful replies whose schema is wrong as published, with the right one. */
const CORRECTIONS: Readonly<Record<string, JsonSchema>> = {
  // Asks for an account that is a user and an enterprise at once; `installation` says "or".
  'apps/list-installations': { type: 'array', items: { $ref: '#/components/schemas/installation' } },
};

let loaded: GitHubDescription | undefined;

/** GitHub's published description of its REST API and webhooks, read once (about 0.1 s). */
export function loadGitHubDescription(): GitHubDescription {
  loaded ??= read();
  return loaded;
}

function read(): GitHubDescription {
  // Our own vendored file: its shape is what the interfaces above say.
  const raw = JSON.parse(readGeneratedFile('api.github.com.json.gz')) as RawDescription;
  const operations = Object.entries(raw.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => readOperation(raw, { path, method, operation })),
  );
  const webhooks = new Map<string, JsonSchema>();
  for (const [name, { post }] of Object.entries(raw['x-webhooks'])) {
    const schema = jsonSchemaOf(post.requestBody);
    if (schema !== undefined) webhooks.set(name, schema);
  }
  return { operations, webhooks, schemas: raw.components.schemas };
}

function readOperation(
  raw: RawDescription,
  at: { readonly path: string; readonly method: string; readonly operation: RawOperation },
): Operation {
  const { operation } = at;
  const parameters = (operation.parameters ?? []).map((parameter) =>
    '$ref' in parameter ? component(raw.components.parameters, parameter) : parameter,
  );
  const replies = new Map<number, JsonSchema | undefined>();
  for (const [status, reply] of Object.entries(operation.responses ?? {})) {
    replies.set(
      Number(status),
      jsonSchemaOf('$ref' in reply ? component(raw.components.responses, reply) : reply),
    );
  }
  const correction = CORRECTIONS[operation.operationId];
  if (correction !== undefined) replies.set(200, correction);
  return {
    operationId: operation.operationId,
    method: at.method.toUpperCase(),
    path: at.path,
    parameters,
    isBodyRequired: operation.requestBody?.required === true,
    bodySchema: jsonSchemaOf(operation.requestBody),
    replies,
  };
}

function component<Part>(parts: Readonly<Record<string, Part>>, reference: Reference): Part {
  const part = parts[reference.$ref.slice(reference.$ref.lastIndexOf('/') + 1)];
  invariant(part !== undefined, `GitHub's description has ${reference.$ref}`);
  return part;
}

function jsonSchemaOf(body: Content | undefined): JsonSchema | undefined {
  const content = body?.content;
  return (content?.['application/json'] ?? content?.['application/scim+json'])?.schema;
}
