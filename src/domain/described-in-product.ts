import type { Finding } from './finding.ts';
import type { Hypothesis } from './hypothesis.ts';

const LABEL = '**In the product:**';

/** The finding with a last paragraph that says what it predicts, and what became of that. */
export function describedInProduct<Described extends Finding>(finding: Described): Described {
  const { inProduct, body } = finding;
  if (inProduct === undefined) return finding;
  const start = body.lastIndexOf(`\n\n${LABEL}`);
  const own = start === -1 ? body : body.slice(0, start);
  return { ...finding, body: `${own}\n\n${LABEL} ${inProduct.what} ${became(inProduct)}` };
}

function became({ outcome }: Hypothesis): string {
  switch (outcome?.kind) {
    case undefined:
      return '(Predicted; not tried.)';
    case 'reproduced':
      return `**Reproduced** in the preview by \`${outcome.by}\`: ${outcome.title}.`;
    case 'not-reproduced':
      return `Not reproduced in ${outcome.actions} actions on the preview, which proves nothing.`;
  }
}
