import { buildSchema, GraphQLError, type GraphQLSchema, getVariableValues, parse, validate } from 'graphql';
import { readGeneratedFile } from './read-generated-file.ts';
import type { Fault } from './schema-checker.ts';

let schema: GraphQLSchema | undefined;

/** GitHub's published GraphQL schema, read once (about 0.2 s). */
export function loadGraphqlSchema(): GraphQLSchema {
  // The schema as published repeats some fields, which a strict reading refuses.
  schema ??= buildSchema(readGeneratedFile('schema.graphql.gz'), { assumeValid: true, assumeValidSDL: true });
  return schema;
}

export interface GraphqlCheck {
  /** `graphql/` and the names of the operations' first fields: `graphql/resolveReviewThread`. */
  readonly operationId: string;
  readonly faults: readonly Fault[];
}

/** Checks the body of a request to GitHub's GraphQL API: the document and its variables. */
export function checkGraphql(body: unknown): GraphqlCheck {
  const { query, variables } = (typeof body === 'object' && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  if (typeof query !== 'string') {
    return { operationId: 'graphql', faults: [{ where: '/query', what: 'must be a text' }] };
  }
  try {
    const document = parse(query);
    const errors = [...validate(loadGraphqlSchema(), document)];
    const names: string[] = [];
    for (const definition of document.definitions) {
      if (definition.kind !== 'OperationDefinition') continue;
      for (const field of definition.selectionSet.selections) {
        if (field.kind === 'Field') names.push(field.name.value);
      }
      if (errors.length > 0) continue;
      const values = getVariableValues(
        loadGraphqlSchema(),
        definition.variableDefinitions ?? [],
        (variables ?? {}) as Record<string, unknown>,
      );
      errors.push(...(values.errors ?? []));
    }
    return { operationId: `graphql/${names.join('+')}`, faults: errors.map(toFault) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { operationId: 'graphql', faults: [toFault(error)] };
  }
}

function toFault(error: GraphQLError): Fault {
  const place = error.locations?.[0];
  return {
    where: place === undefined ? '/variables' : `/query line ${place.line}, column ${place.column}`,
    what: error.message,
  };
}
