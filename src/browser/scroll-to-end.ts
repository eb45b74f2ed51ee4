/** Runs in the page: scrolls the window and every part that scrolls to its end, as a person does to see what is there. */
export function scrollToEnd(): void {
  const parts = [...document.querySelectorAll<HTMLElement>('body *')].filter((element) => {
    if (element.clientHeight === 0 || element.scrollHeight <= element.clientHeight) return false;
    return /auto|scroll/.test(getComputedStyle(element).overflowY);
  });
  for (const part of [document.scrollingElement ?? document.documentElement, ...parts])
    part.scrollTo({ top: part.scrollHeight, behavior: 'instant' });
}
