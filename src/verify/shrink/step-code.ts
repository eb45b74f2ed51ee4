import { describeStep, type Step } from '../../domain/flow.ts';
import { expectationCode } from './expectation-code.ts';
import { elementCode, quote } from './target-code.ts';

const LIMIT = '{ timeout: 5_000 }';

/** Lines of a witness test that perform one step and wait until the page has settled. */
export function stepCode(step: Step, { hasTouch }: { readonly hasTouch: boolean }): readonly string[] {
  const action = actionCode(step, hasTouch);
  // Nothing in the page's texts may end the comment: every line break there is, is white space.
  const comment = `// ${describeStep(step).replace(/\s+/g, ' ')}`;
  return 'expect' in step ? [comment, ...action] : [comment, ...action, 'await settled(page, watched);'];
}

function actionCode(step: Step, hasTouch: boolean): readonly string[] {
  if ('goto' in step) return [`await open(page, site, ${quote(step.goto)});`];
  if ('click' in step) {
    return [`await ${elementCode(step.click, 'click')}.${hasTouch ? 'tap' : 'click'}(${LIMIT});`];
  }
  if ('doubleClick' in step) return [`await ${elementCode(step.doubleClick, 'click')}.dblclick(${LIMIT});`];
  if ('hover' in step) return [`await ${elementCode(step.hover, 'click')}.hover(${LIMIT});`];
  if ('fill' in step) {
    return [`await ${elementCode(step.fill.field, 'fill')}.fill(${quote(step.fill.value)}, ${LIMIT});`];
  }
  if ('select' in step) {
    const { field, option } = step.select;
    return [`await choose(page, ${elementCode(field, 'select')}, ${quote(option)});`];
  }
  if ('press' in step) return [`await page.keyboard.press(${quote(step.press)});`];
  if ('go' in step) return [GOING[step.go]];
  if ('scroll' in step) return ['await scrollToEnd(page);'];
  return expectationCode(step.expect);
}

const GOING: Readonly<Record<Extract<Step, { go: unknown }>['go'], string>> = {
  back: `await page.goBack({ waitUntil: 'domcontentloaded' });`,
  forward: `await page.goForward({ waitUntil: 'domcontentloaded' });`,
  reload: `await page.reload({ waitUntil: 'domcontentloaded' });`,
  'new tab': 'page = await inNewTab(page, watched);',
};
