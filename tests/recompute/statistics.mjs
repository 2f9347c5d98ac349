// Estimators written a second time, from the formulas and from nothing of the app: the test of reports
// computes every figure with them again. Rates are fractions.

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

export function deviation(values) {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

/** ln of the gamma function, by Stirling's series after a shift. */
function logGamma(x) {
  let shift = 0;
  while (x < 12) shift -= Math.log(x++);
  const square = 1 / (x * x);
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / x;
  return shift + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}

/** Chance that Student's t with `df` degrees lies between 0 and `t`, by Simpson's rule. */
function upTo(t, df) {
  const scale = Math.exp(logGamma((df + 1) / 2) - logGamma(df / 2)) / Math.sqrt(df * Math.PI);
  const density = (x) => scale * (1 + (x * x) / df) ** (-(df + 1) / 2);
  const steps = 4000;
  const width = t / steps;
  let sum = density(0) + density(t);
  for (let i = 1; i < steps; i += 1) sum += density(i * width) * (i % 2 === 1 ? 4 : 2);
  return (sum * width) / 3;
}

/** The t that a two-sided 95 % interval over `n` values takes. */
export function quantile(n) {
  let [low, high] = [0, 20];
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (upTo(middle, n - 1) < 0.475) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Wilson's interval at the effective sample size: `values` is a figure a task, `attempts` their number. */
export function wilson(values, attempts) {
  const p = mean(values);
  const alone = (p * (1 - p)) / attempts;
  const between = deviation(values) ** 2 / values.length;
  const n = alone > 1e-15 ? attempts / Math.max(1, between / alone) : values.length;
  const q = quantile(values.length);
  const centre = (p + (q * q) / (2 * n)) / (1 + (q * q) / n);
  const half = (q * Math.sqrt((p * (1 - p)) / n + (q * q) / (4 * n * n))) / (1 + (q * q) / n);
  return [Math.max(0, Math.min(p, centre - half)), Math.min(1, Math.max(p, centre + half))];
}

/** Mean of the differences with its paired t interval; Newcombe's where no task differs from another. */
export function paired(before, after, attempts) {
  const differences = after.map((value, i) => value - before[i]);
  const centre = mean(differences);
  const spread = deviation(differences);
  if (spread < 1e-12) {
    const [p0, p1] = [mean(before), mean(after)];
    const [[l0, u0], [l1, u1]] = [wilson(before, attempts[0]), wilson(after, attempts[1])];
    const low = centre - Math.hypot(p1 - l1, u0 - p0);
    const high = centre + Math.hypot(u1 - p1, p0 - l0);
    return { difference: centre, low, high };
  }
  const half = (quantile(differences.length) * spread) / Math.sqrt(differences.length);
  return { difference: centre, low: Math.max(-1, centre - half), high: Math.min(1, centre + half) };
}

const binomial = (n, k) => {
  let product = 1;
  for (let i = 0; i < k; i += 1) product *= (n - i) / (i + 1);
  return product;
};

/** Chance that k attempts drawn from a task's all succeed; `null` with fewer than k. */
export const passK = (passed, scored, k) =>
  scored < k ? null : binomial(passed, k) / binomial(scored, k);

/** What an interval of a difference says, with a margin of no practical meaning. */
export function verdict(low, high, margin) {
  if (high < 0) return "worse";
  if (low > 0) return "better";
  return low >= -margin && high <= margin ? "no meaningful change" : "cannot tell";
}
