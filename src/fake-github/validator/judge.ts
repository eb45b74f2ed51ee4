import { checkExtraRules } from './extra-rules.ts';
import { type FoundOperation, findOperation } from './find-operation.ts';
import { checkGraphql } from './graphql-checker.ts';
import { type Fault, sharedSchemaChecker } from './schema-checker.ts';

/** One breach of GitHub's published description. */
export interface Violation {
  /** Who is to blame: the client, or the server that answered or called. */
  readonly subject: 'request' | 'reply' | 'webhook';
  /** As in the description, such as `pulls/create-review`; `unknown` when GitHub has no such route. */
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  /** A JSON pointer into the body, or the name of a query parameter. */
  readonly where: string;
  readonly what: string;
}

interface JudgedRequest {
  readonly method: string;
  /** Relative to the API's root, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The parsed JSON body; `undefined` when there was none. */
  readonly body: unknown;
}

/** Compares traffic with GitHub's published description, counts it, and keeps every breach. */
export interface Judge {
  /** In the order in which they were seen. */
  readonly violations: Violation[];
  /** How often each operation was called, by operation id. */
  readonly operations: Map<string, number>;
  /** Judges a request to the REST API; breaches are kept and returned. */
  judgeRequest(request: JudgedRequest): {
    readonly found: FoundOperation | undefined;
    readonly violations: readonly Violation[];
  };
  /** Judges a reply of the REST API. `body` is `undefined` when it is not JSON: then only the status counts. */
  judgeReply(request: Pick<JudgedRequest, 'method' | 'path'>, status: number, body: unknown): void;
  /** Judges a request to the GraphQL API; `operationId` is `graphql/` and the first fields' names. */
  judgeGraphql(body: unknown): { readonly operationId: string; readonly violations: readonly Violation[] };
  /** Judges a webhook by its event and the action in its payload. */
  judgeWebhook(event: string, payload: Readonly<Record<string, unknown>>): void;
}

export function createJudge(): Judge {
  const checker = sharedSchemaChecker();
  const violations: Violation[] = [];
  const operations = new Map<string, number>();
  const keep = (about: Omit<Violation, 'where' | 'what'>, faults: readonly Fault[]): readonly Violation[] => {
    const kept = faults.map(({ where, what }) => ({ ...about, where, what }));
    violations.push(...kept);
    return kept;
  };
  const count = (operationId: string): void => {
    operations.set(operationId, (operations.get(operationId) ?? 0) + 1);
  };

  return {
    violations,
    operations,
    judgeRequest({ method, path, query, body }) {
      const found = findOperation(method, path);
      const operationId = found?.operation.operationId ?? 'unknown';
      count(operationId);
      const about = { subject: 'request', operationId, method, path } as const;
      if (found === undefined) {
        return { found, violations: keep(about, [{ where: '', what: 'GitHub has no such route' }]) };
      }
      const { operation, parameters } = found;
      const faults = [
        ...checker.checkParameters(operation, 'path', parameters),
        ...checker.checkParameters(operation, 'query', Object.fromEntries(query)),
        ...(body === undefined ? missingBody(operation.isBodyRequired) : checker.checkBody(operation, body)),
        ...checkExtraRules(operationId, body),
      ];
      return { found, violations: keep(about, faults) };
    },
    judgeReply({ method, path }, status, body) {
      const operation = findOperation(method, path)?.operation;
      if (operation === undefined || status >= 500) return;
      const about = { subject: 'reply', operationId: operation.operationId, method, path } as const;
      if (status < 300 && !operation.replies.has(status)) {
        keep(about, [{ where: '', what: `GitHub never answers ${status} here` }]);
      } else if (body !== undefined) {
        keep(about, checker.checkReply(operation, status, body));
      }
    },
    judgeGraphql(body) {
      const { operationId, faults } = checkGraphql(body);
      count(operationId);
      return {
        operationId,
        violations: keep({ subject: 'request', operationId, method: 'POST', path: '/graphql' }, faults),
      };
    },
    judgeWebhook(event, payload) {
      const action = payload['action'];
      const name = (typeof action === 'string' ? `${event}-${action}` : event).replaceAll('_', '-');
      const about = { subject: 'webhook', operationId: name, method: 'POST', path: event } as const;
      keep(about, checker.checkWebhook(name, payload));
    },
  };
}

function missingBody(isRequired: boolean): readonly Fault[] {
  return isRequired ? [{ where: '', what: 'needs a JSON body' }] : [];
}
