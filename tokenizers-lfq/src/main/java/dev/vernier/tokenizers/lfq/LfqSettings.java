package dev.vernier.tokenizers.lfq;

import dev.vernier.spi.Declared;
import dev.vernier.spi.UsageException;

/**
 * The settings of lookup-free quantization.
 *
 * @param architecture encoder and decoder
 * @param size number of codes, 2^d
 * @param subTokens parts of equal width into which a code is cut for generation
 * @param temperature tau of the code distribution in the entropy term
 * @param entropyWeight weight of the entropy term; 0 for none
 * @param commitmentWeight weight of the commitment loss
 * @param groupBits largest group of bits whose joint distribution over the batch is computed
 */
record LfqSettings(
    @Declared(
            byDefault = "vqgan",
            choices = {"vqgan", LfqSettings.MAGVIT},
            meaning =
                "encoder and decoder: VQGAN's as in the other families, or those of Open-MAGVIT2;"
                    + " paper open-magvit2")
        String architecture,
    @Declared(
            name = "codebook-size",
            byDefault = "1024",
            from = 2,
            to = 1 << 30,
            meaning = "number of codes K, a power of two; paper 262144")
        int size,
    @Declared(
            byDefault = "1",
            from = 1,
            to = 30,
            meaning =
                "parts of equal size a code is cut into for generation; MAGVIT-v2 has 2 of 9 bits")
        int subTokens,
    @Declared(
            byDefault = "1",
            from = 1e-4,
            to = 1e4,
            meaning = "of the code distribution in the entropy term; paper 0.01")
        double temperature,
    @Declared(
            byDefault = "0.02",
            standard = "0.05",
            to = 100,
            meaning = "weight of the entropy term, 0 for none; paper 0.1")
        double entropyWeight,
    @Declared(byDefault = "0.05", to = 100, meaning = "weight of the commitment loss; paper 0.25")
        double commitmentWeight,
    @Declared(
            name = "entropy-group-bits",
            byDefault = "18",
            from = 1,
            to = 20,
            meaning =
                "bits whose joint entropy over a batch is exact, as it is for all 18 in"
                    + " Open-MAGVIT2's code; more bits are cut into groups of at most so many")
        int groupBits) {
  /** The value of {@code architecture} for that of Open-MAGVIT2. */
  static final String MAGVIT = "open-magvit2";

  /**
   * Checks that the numbers fit each other.
   *
   * @throws UsageException if the size is not a power of two or cannot be cut as asked
   */
  LfqSettings {
    if (Integer.bitCount(size) != 1) {
      throw new UsageException(
          "codebook-size "
              + size
              + " is not a power of two, and lookup-free quantization has 2^d codes: set it to "
              + Integer.highestOneBit(size)
              + " or "
              + 2 * Integer.highestOneBit(size));
    }
    int bits = Integer.numberOfTrailingZeros(size);
    if (bits % subTokens != 0) {
      throw new UsageException(
          bits
              + " bits cannot be cut into "
              + subTokens
              + " sub-tokens of equal width: set sub-tokens to a divisor of "
              + bits);
    }
  }

  /** Dimension d. */
  int bits() {
    return Integer.numberOfTrailingZeros(size);
  }

  /** Whether encoder and decoder are those of Open-MAGVIT2. */
  boolean magvit() {
    return architecture.equals(MAGVIT);
  }
}
