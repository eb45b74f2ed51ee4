import { z } from 'zod';

/** How something wrong shows to who uses the product. */
export const SYMPTOMS = [
  'error',
  'missing',
  'wrong-value',
  'wrong-order',
  'wrong-place',
  'cannot-act',
  'not-kept',
  'repeated',
  'looks-wrong',
  'other',
] as const;

/** What a finding of the diff predicts for the running product: claimed by a model, checked by who tries the product. */
export const predictionSchema = z
  .strictObject({
    what: z.string().describe('What somebody would see, in a sentence.'),
    pages: z.array(z.string()).readonly().describe('Words of the page, or of its address.'),
    controls: z
      .array(z.string())
      .readonly()
      .describe('Names of what to press or fill in, and labels of what shows it.'),
    symptom: z.enum(SYMPTOMS),
  })
  .readonly();
export type Prediction = z.infer<typeof predictionSchema>;

/** A prediction and what became of it; no outcome where nobody has tried the product. */
export const hypothesisSchema = predictionSchema
  .unwrap()
  .extend({
    outcome: z
      .discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('reproduced'),
          by: z.string().describe('Id of the finding of the preview that shows it.'),
          title: z.string(),
          witness: z.string().optional(),
        }),
        z.strictObject({ kind: z.literal('not-reproduced'), actions: z.int().min(0) }),
      ])
      .optional(),
  })
  .readonly();
export type Hypothesis = z.infer<typeof hypothesisSchema>;
