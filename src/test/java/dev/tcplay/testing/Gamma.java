package dev.tcplay.testing;

/** Tails of distributions, both of them together, by the regularised incomplete gamma function. */
final class Gamma {

  private static final double ENOUGH = 1e-15;
  private static final int MOST_TERMS = 100_000;

  private Gamma() {}

  /** Returns how probable a sum of squares is to lie as far off, on either side of the middle. */
  static double chiSquare(double sum, int degrees) {
    return Math.min(1, 2 * smallerTail(degrees / 2.0, sum / 2));
  }

  /** Returns how probable a standard normal variable is to lie as far from zero. */
  static double normal(double deviation) {
    double x = deviation * deviation / 2;
    return x < 1.5 ? 1 - lower(0.5, x) : upper(0.5, x);
  }

  private static double smallerTail(double a, double x) {
    double tail = x < a + 1 ? lower(a, x) : upper(a, x);
    return Math.min(tail, 1 - tail);
  }

  /** The series of the lower part, which ends soon where x is less than a. */
  private static double lower(double a, double x) {
    double term = 1 / a;
    double sum = term;
    for (int n = 1; n < MOST_TERMS && term > sum * ENOUGH; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return x == 0 ? 0 : sum * Math.exp(-x + a * Math.log(x) - logGamma(a));
  }

  /** The continued fraction of the upper part, by Lentz's way, for the other x. */
  private static double upper(double a, double x) {
    double b = x + 1 - a;
    double c = 1e300;
    double d = 1 / b;
    double product = d;
    double factor = 0;
    for (int n = 1; n < MOST_TERMS && Math.abs(factor - 1) > ENOUGH; n++) {
      double an = -n * (n - a);
      b += 2;
      d = 1 / (an * d + b);
      c = b + an / c;
      factor = c * d;
      product *= factor;
    }
    return product * Math.exp(-x + a * Math.log(x) - logGamma(a));
  }

  /** Stirling's series, far enough up that four of its terms do. */
  private static double logGamma(double a) {
    double shift = 0;
    double x = a;
    while (x < 20) {
      shift += Math.log(x++);
    }
    double square = x * x;
    double series = (1 - (1 / 30.0 - (1 / 105.0 - 1 / 140.0 / square) / square) / square) / 12 / x;
    return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series - shift;
  }
}
