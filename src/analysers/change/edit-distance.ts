/** Whether two names differ by one letter left out, added, replaced, or swapped with its neighbour. */
export function isOneSlipAway(one: string, two: string): boolean {
  if (one === two || Math.abs(one.length - two.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === two[start]) start++;
  let [endOne, endTwo] = [one.length, two.length];
  while (endOne > start && endTwo > start && one[endOne - 1] === two[endTwo - 1]) {
    endOne--;
    endTwo--;
  }
  const [left, right] = [one.slice(start, endOne), two.slice(start, endTwo)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
