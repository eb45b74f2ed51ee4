/** How many of the last closing brackets may be the end of the object: models add a sentence behind it. */
const MAX_ENDS = 6;
const MAX_STARTS = 200;

/**
 * The last JSON object in a model's text, whatever stands around it; undefined when there is none.
 *
 * The last, because models that think aloud repeat the form that was asked for before they fill it in.
 */
export function findJson(text: string): unknown {
  let end = text.lastIndexOf('}');
  for (let ends = 0; end !== -1 && ends < MAX_ENDS; ends++) {
    let start = text.indexOf('{');
    for (let tries = 0; start !== -1 && start < end && tries < MAX_STARTS; tries++) {
      const value = tryParse(text.slice(start, end + 1));
      if (value !== undefined) return value;
      start = text.indexOf('{', start + 1);
    }
    end = end === 0 ? -1 : text.lastIndexOf('}', end - 1);
  }
  return undefined;
}

function tryParse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
