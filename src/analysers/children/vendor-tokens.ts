/** A kind of secret that is known by its form. The whole match is the secret. */
export interface VendorToken {
  readonly id: string;
  readonly what: string;
  readonly pattern: RegExp;
}

const token = (id: string, what: string, pattern: RegExp): VendorToken => ({ id, what, pattern });

/** Forms that the secretlint preset does not know, each from what its vendor documents or prints. */
export const VENDOR_TOKENS: readonly VendorToken[] = [
  token('aws-access-key-id', 'AWS access key id', /\b(?:AKIA|ASIA)(?=[0-9A-Z]*\d)[0-9A-Z]{16}\b/g),
  token('google-api-key', 'Google API key', /\bAIza[0-9A-Za-z_-]{35}\b/g),
  token('google-oauth', 'Google OAuth client secret', /\bGOCSPX-[\w-]{28}\b/g),
  token('azure-storage', 'Azure storage account key', /\bAccountKey=[A-Za-z0-9+/]{86}==/g),
  token('anthropic', 'Anthropic API key', /\bsk-ant-(?:api|admin)\d\d-[\w-]{80,120}\b/g),
  token('groq', 'Groq API key', /\bgsk_[A-Za-z0-9]{52}\b/g),
  token('replicate', 'Replicate API token', /\br8_[A-Za-z0-9]{37}\b/g),
  token('perplexity', 'Perplexity API key', /\bpplx-[A-Za-z0-9]{48}\b/g),
  token('stripe-webhook', 'Stripe webhook signing secret', /\bwhsec_[A-Za-z0-9+/=]{32,}/g),
  token('square', 'Square secret', /\bsq0(?:atp-[\w-]{22}|csp-[\w-]{43})\b/g),
  token('braintree', 'Braintree access token', /\baccess_token\$production\$[0-9a-z]{16}\$[0-9a-f]{32}\b/g),
  token('shippo', 'Shippo API token', /\bshippo_live_[0-9a-f]{40}\b/g),
  token('twilio', 'Twilio API key', /\bSK[0-9a-f]{32}\b/g),
  token('sendgrid', 'SendGrid API key', /\bSG\.[\w-]{22}\.[\w-]{43}\b/g),
  token('brevo', 'Brevo API key', /\bxkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}\b/g),
  token('mailgun', 'Mailgun key', /\bkey-[0-9a-f]{32}\b/g),
  token('mailchimp', 'Mailchimp API key', /\b[0-9a-f]{32}-us\d{1,2}\b/g),
  token('telegram', 'Telegram bot token', /\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b/g),
  token('discord', 'Discord bot token', /\b[MNO][\w-]{23,25}\.G[\w-]{5}\.[\w-]{38}\b/g),
  token(
    'discord-webhook',
    'Discord webhook',
    /\bhttps:\/\/(?:ptb\.|canary\.)?discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[\w-]{60,72}\b/g,
  ),
  token(
    'slack-webhook',
    'Slack webhook',
    /\bhttps:\/\/hooks\.slack\.com\/(?:services|workflows)\/T\w{8,12}\/\w{8,14}\/\w{20,28}\b/g,
  ),
  token('digitalocean', 'DigitalOcean token', /\bdo[opr]_v1_[0-9a-f]{64}\b/g),
  token('cloudflare-origin', 'Cloudflare origin key', /\bv1\.0-[0-9a-f]{24}-[0-9a-f]{146}\b/g),
  token('netlify', 'Netlify token', /\bnfp_[A-Za-z0-9]{36}\b/g),
  token('supabase', 'Supabase access token', /\bsbp_[0-9a-f]{40}\b/g),
  token('planetscale', 'PlanetScale secret', /\bpscale_(?:tkn|pw|oauth)_[\w.-]{32,64}\b/g),
  token('databricks', 'Databricks token', /\bdapi[0-9a-f]{32}\b/g),
  token('doppler', 'Doppler token', /\bdp\.(?:pt|st|sa)\.[A-Za-z0-9]{40,44}\b/g),
  token('pulumi', 'Pulumi token', /\bpul-[0-9a-f]{40}\b/g),
  token('terraform', 'Terraform Cloud token', /\b[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70}/g),
  token('docker', 'Docker Hub token', /\bdckr_(?:pat|oat)_[\w-]{27,40}\b/g),
  token('pypi', 'PyPI token', /\bpypi-AgEIcHlwaS5vcmc[\w-]{50,200}\b/g),
  token('rubygems', 'RubyGems key', /\brubygems_[0-9a-f]{48}\b/g),
  token('atlassian', 'Atlassian API token', /\bATATT3xFfGF0[\w=-]{150,220}/g),
  token('sentry', 'Sentry token', /\bsntry(?:u_[0-9a-f]{64}|s_[\w+/=]{60,200})/g),
  token('new-relic', 'New Relic key', /\bNRAK-[A-Z0-9]{27}\b/g),
  token('dynatrace', 'Dynatrace token', /\bdt0c01\.[A-Z0-9]{24}\.[A-Z0-9]{64}\b/g),
  token('sonarqube', 'SonarQube token', /\bsq[pua]_[0-9a-f]{40}\b/g),
  token('buildkite', 'Buildkite token', /\bbkua_[0-9a-f]{40}\b/g),
  token('postman', 'Postman API key', /\bPMAK-[0-9a-f]{24}-[0-9a-f]{34}\b/g),
  token('notion', 'Notion token', /\bntn_[0-9A-Za-z]{46}\b/g),
  token('airtable', 'Airtable token', /\bpat[A-Za-z0-9]{14}\.[0-9a-f]{64}\b/g),
  token('hubspot', 'HubSpot token', /\bpat-(?:na|eu)\d-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g),
  token('figma', 'Figma token', /\bfigd_[\w-]{40,50}\b/g),
  token('contentful', 'Contentful token', /\bCFPAT-[\w-]{43}\b/g),
  token('tailscale', 'Tailscale key', /\btskey-(?:auth|api|client)-[A-Za-z0-9]{10,20}-[A-Za-z0-9]{20,40}\b/g),
  token('age', 'age secret key', /\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b/g),
];
