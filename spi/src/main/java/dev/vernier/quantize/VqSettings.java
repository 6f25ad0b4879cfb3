package dev.vernier.quantize;

import dev.vernier.autoencoder.CodeForm;
import dev.vernier.spi.Declared;

/**
 * The settings of a vector quantizer.
 *
 * @param size number of entries K
 * @param dimension of an entry, d
 * @param l2Norm whether encodings and entries are normalized to unit length before anything else
 * @param beta weight of the commitment loss
 * @param entropyRatio weight of the entropy term; 0 for none
 * @param initialization what the entries begin as
 * @param restartAfter entries unused for this many steps are set to encodings of the present batch;
 *     0 for never
 */
public record VqSettings(
    @Declared(
            name = "codebook-size",
            byDefault = "1024",
            from = 1,
            to = 1 << 20,
            meaning = "number of codebook entries K; paper 16384")
        int size,
    @Declared(
            name = "code-dimension",
            byDefault = "8",
            from = 1,
            to = 4096,
            meaning = "dimension d of an entry; LlamaGen 8, Taming 256")
        int dimension,
    @Declared(
            byDefault = "true",
            meaning = "search by cosine, on unit vectors; LlamaGen true, Taming false")
        boolean l2Norm,
    @Declared(
            name = "commitment-weight",
            byDefault = "0.25",
            to = 100,
            meaning = "beta, weight of the commitment loss; paper 0.25")
        double beta,
    @Declared(
            byDefault = "0",
            to = 100,
            meaning = "weight of the entropy term, 0 for none; paper 0 (VQGAN), 0.03 (FQGAN)")
        double entropyRatio,
    @Declared(
            byDefault = "k-means",
            paper = "uniform",
            meaning =
                "of the entries: uniform in plus or minus 1/K as in the paper, then of unit length"
                    + " with l2-norm; or k-means of the encodings of 16 batches, more where K"
                    + " distinct ones take more, as many as show every image once at most")
        Initialization initialization,
    @Declared(
            byDefault = "50",
            standard = "0",
            paper = "0",
            to = 1_000_000,
            meaning =
                "steps after which an unused entry becomes an encoding of the batch, 0 for never;"
                    + " paper 0")
        int restartAfter) {
  /** What the entries of a codebook begin as. */
  public enum Initialization {
    /** Random numbers, uniform in plus or minus 1/K; of unit length where codes are directions. */
    UNIFORM,
    /** The centres of encodings. */
    K_MEANS
  }

  /** Whether the entries begin as k-means of encodings, not as random numbers. */
  boolean fromData() {
    return initialization == Initialization.K_MEANS;
  }

  /** What a code keeps of an encoding. */
  public CodeForm codeForm() {
    return l2Norm ? CodeForm.DIRECTION : CodeForm.POINT;
  }
}
