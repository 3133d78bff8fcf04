package io.kombine.i2i.provider.local;

/** Smooth noise over the plane that a seed decides. */
final class Noise {

  private final int seed;

  Noise(long seed) {
    this.seed = (int) (seed ^ seed >>> 32);
  }

  /** Scrambles two coordinates into 32 bits. */
  static int hash(int seed, int x, int y) {
    int h = seed + x * 0x9E3779B1 + y * 0x85EBCA77;
    h ^= h >>> 15;
    h *= 0x2C1B3C6D;
    h ^= h >>> 13;
    h *= 0x297A2D39;
    return h ^ h >>> 16;
  }

  /** From 0 to 1; changes over a distance of about 1. */
  double at(double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double right = smooth(x - left);
    double down = smooth(y - top);
    double upper = lattice(left, top) * (1 - right) + lattice(left + 1, top) * right;
    double lower = lattice(left, top + 1) * (1 - right) + lattice(left + 1, top + 1) * right;
    return upper * (1 - down) + lower * down;
  }

  /** The same with finer noise upon it. */
  double layered(double x, double y, int layers) {
    double sum = 0;
    double weight = 0;
    double part = 1;
    for (int i = 0; i < layers; i++) {
      sum += part * at(x + 17.3 * i, y - 9.1 * i);
      weight += part;
      part *= 0.5;
      x *= 2;
      y *= 2;
    }
    return sum / weight;
  }

  private double lattice(int x, int y) {
    return (hash(seed, x, y) >>> 8) * 0x1p-24;
  }

  private static double smooth(double t) {
    return t * t * t * (t * (t * 6 - 15) + 10);
  }
}
