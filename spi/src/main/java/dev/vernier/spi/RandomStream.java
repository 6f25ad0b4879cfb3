package dev.vernier.spi;

import java.util.SplittableRandom;

/** Random numbers that depend on a seed and a number alone, such as that of a training's step. */
public final class RandomStream {
  private RandomStream() {}

  /** The stream of a number, which has nothing in common with those of others. */
  public static SplittableRandom of(long seed, long number) {
    // Seeds that differ by the generator's own increment give one sequence, shifted.
    long first = new SplittableRandom(seed).nextLong();
    return new SplittableRandom(new SplittableRandom(first ^ number).nextLong());
  }
}
