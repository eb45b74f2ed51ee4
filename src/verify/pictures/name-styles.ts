import type { StyleChange } from './element-change.ts';

/** What a person calls a group of properties, in the order in which they matter to the eye. */
const ASPECTS: readonly (readonly [words: string, properties: RegExp])[] = [
  ['visibility', /^(?:visibility|opacity)$/],
  ['text colour', /^color$/],
  ['background colour', /^background-color$/],
  ['background picture', /^background-image$/],
  ['font', /^font-(?:family|style|weight)$/],
  ['text size', /^font-size$/],
  ['border', /^border-(?:width|color|style)$/],
  ['spacing', /^(?:padding|margin|gap)$/],
  ['line spacing', /^(?:line-height|letter-spacing)$/],
  ['alignment', /^(?:text-align|justify-content|align-items)$/],
  ['underline', /^text-decoration-line$/],
  ['capital letters', /^text-transform$/],
  ['rounded corners', /^border-radius$/],
  ['shadow', /^box-shadow$/],
  [
    'layout',
    /^(?:display|position|float|flex-direction|overflow|text-overflow|white-space|z-index|transform)$/,
  ],
  ['filter', /^filter$/],
];

const MAX_ASPECTS = 3;

/** Says what looks different, such as `text and background colour, spacing`. */
export function nameStyles(changes: readonly StyleChange[]): string {
  const aspects = ASPECTS.filter(([, properties]) =>
    changes.some(({ property }) => properties.test(property)),
  ).map(([words]) => words);
  const joined =
    aspects.includes('text colour') && aspects.includes('background colour')
      ? aspects.flatMap((words) =>
          words === 'text colour'
            ? ['text and background colour']
            : words === 'background colour'
              ? []
              : [words],
        )
      : aspects;
  const shown = joined.slice(0, MAX_ASPECTS);
  const last = joined.length > MAX_ASPECTS ? 'and more' : undefined;
  return [shown.join(', '), last].filter((part) => part !== undefined).join(' ');
}
