import type { Turn, TurnRequest } from '../../src/agent/ports.ts';
import { parseModelName } from '../../src/models/model-name.ts';
import { openModel } from '../../src/models/open-model.ts';
import { type Script, type ScriptedModel, startScriptedModel } from './scripted-model.ts';

export const KEY = 'sk-scripted-0123456789';
const lookUp = {
  name: 'look_up',
  description: 'Looks a word up.',
  parameters: { type: 'object', properties: { word: { type: 'string' } }, required: ['word'] },
};
/** A question with one tool. */
export const request: TurnRequest = {
  instructions: 'You read code.',
  messages: [{ role: 'user', text: 'What does this do?' }],
  tools: [lookUp],
  maxOutputTokens: 500,
};

/** Each provider's base path below the server's address. */
export const providers = [
  { provider: 'anthropic', path: '/v1', protocol: 'anthropic' },
  { provider: 'openai', path: '/v1', protocol: 'openai-chat' },
  { provider: 'google', path: '/v1beta', protocol: 'google' },
  { provider: 'openai-compatible', path: '/v1', protocol: 'openai-chat' },
] as const;

/** The model that a scripted server plays; `waited` receives how long it would have slept. */
export function open(server: ScriptedModel, provider: string = 'openai-compatible', waited: number[] = []) {
  const path = providers.find((one) => one.provider === provider)?.path ?? '/v1';
  return openModel(parseModelName(`${provider}/scripted`, '--model'), {
    apiKey: KEY,
    baseUrl: `${server.url}${path}`,
    timeoutMs: 5000,
    wait: async (ms) => {
      waited.push(ms);
    },
  });
}

/** Asks a scripted model once. */
export async function ask(script: Script, provider?: string, waited?: number[]) {
  await using server = await startScriptedModel(script);
  const turn = await open(server, provider, waited).respond(request, AbortSignal.timeout(10_000));
  return { turn, asked: server.asked };
}

/** The turn, which must be an answer. */
export function answered(turn: Turn) {
  if (turn.kind !== 'answered') throw new Error(`${turn.reason}: ${turn.message}`);
  return turn;
}
