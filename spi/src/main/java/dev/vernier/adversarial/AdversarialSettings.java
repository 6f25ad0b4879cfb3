package dev.vernier.adversarial;

import dev.vernier.spi.Declared;

/**
 * The settings of the adversarial part.
 *
 * <p>The paper's values are LlamaGen's, in {@code tokenizer/tokenizer_image/vq_train.py}.
 *
 * @param weight of the generator's adversarial loss; 0 for no discriminator at all
 * @param start first step, from 0, in which generator and discriminator see each other
 * @param loss what they minimise
 * @param adaptive whether the weight is multiplied by the ratio of gradient norms at the decoder's
 *     last layer
 * @param leCamWeight weight of LeCAM regularization; 0 for none
 * @param discriminator its sizes
 */
public record AdversarialSettings(
    @Declared(
            name = "adversarial-weight",
            byDefault = "0",
            paper = "0.5",
            to = 1e3,
            meaning = "of the adversarial loss, 0 for no discriminator; paper 0.5")
        double weight,
    @Declared(
            name = "adversarial-start",
            byDefault = "0",
            paper = "20000",
            meaning = "step in which the discriminator begins; paper 20000")
        long start,
    @Declared(
            name = "adversarial-loss",
            byDefault = "hinge",
            meaning = "of generator and discriminator; paper hinge, LFQ hinge-non-saturating")
        AdversarialLoss loss,
    @Declared(
            name = "adversarial-adaptive",
            byDefault = "false",
            meaning =
                "weight times the ratio of gradient norms at the last layer; Taming true, FQGAN"
                    + " false")
        boolean adaptive,
    @Declared(
            name = "lecam-weight",
            byDefault = "0",
            to = 1e3,
            meaning = "of LeCAM regularization, 0 for none; Open-MAGVIT2 0.05, others 0")
        double leCamWeight,
    PatchDiscriminator discriminator) {
  /** No adversary. */
  public static final AdversarialSettings NONE =
      new AdversarialSettings(0, 0, AdversarialLoss.HINGE, false, 0, new PatchDiscriminator(1, 1));
}
