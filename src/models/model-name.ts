import { UserError } from '../domain/errors.ts';

/** Who serves a model, and how its address and key are found. */
export interface Provider {
  readonly name: string;
  /** The protocol that it speaks. */
  readonly protocol: 'anthropic' | 'openai' | 'google' | 'openai-compatible';
  /** Environment variables that may hold the key, first one first. */
  readonly keys: readonly string[];
  /** Environment variables that may hold the address, after FIRSTHAND_MODEL_URL. */
  readonly urls: readonly string[];
  /** Where it is when nobody says otherwise; absent for the SDK's own default, or where there is none. */
  readonly defaultUrl?: string;
  /** Where the SDK looks for it by itself; empty where it looks nowhere. */
  readonly home: string;
  /** Nobody can use it without a key. */
  readonly needsKey: boolean;
}

const compatible = (name: string, defaultUrl?: string): Provider => ({
  name,
  protocol: 'openai-compatible',
  keys: ['FIRSTHAND_MODEL_KEY'],
  urls: [],
  ...(defaultUrl === undefined ? {} : { defaultUrl }),
  home: '',
  needsKey: false,
});

export const PROVIDERS: readonly Provider[] = [
  {
    name: 'anthropic',
    protocol: 'anthropic',
    keys: ['ANTHROPIC_API_KEY', 'FIRSTHAND_MODEL_KEY'],
    urls: ['ANTHROPIC_BASE_URL'],
    home: 'https://api.anthropic.com/v1',
    needsKey: true,
  },
  {
    name: 'openai',
    protocol: 'openai',
    keys: ['OPENAI_API_KEY', 'FIRSTHAND_MODEL_KEY'],
    urls: ['OPENAI_BASE_URL'],
    home: 'https://api.openai.com/v1',
    needsKey: true,
  },
  {
    name: 'google',
    protocol: 'google',
    keys: ['GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY', 'FIRSTHAND_MODEL_KEY'],
    urls: [],
    home: 'https://generativelanguage.googleapis.com/v1beta',
    needsKey: true,
  },
  compatible('openai-compatible'),
  compatible('ollama', 'http://localhost:11434/v1'),
  compatible('lmstudio', 'http://localhost:1234/v1'),
  compatible('vllm', 'http://localhost:8000/v1'),
];

export interface ModelName {
  readonly provider: Provider;
  /** What the provider calls it; may itself have slashes. */
  readonly name: string;
}

/** Parses `provider/name`. Throws `UserError` that lists the providers; `option` is where the text came from. */
export function parseModelName(text: string, option: string): ModelName {
  const [word = '', ...rest] = text.trim().split('/');
  const name = rest.join('/');
  const provider = PROVIDERS.find((candidate) => candidate.name === word.toLowerCase());
  if (provider === undefined || name === '') {
    throw new UserError(
      `${option} takes PROVIDER/NAME, with a provider of ${PROVIDERS.map((one) => one.name).join(', ')}; got “${text}”`,
    );
  }
  return { provider, name };
}
