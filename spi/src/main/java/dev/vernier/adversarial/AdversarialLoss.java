package dev.vernier.adversarial;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * What generator and discriminator minimise, from logits {@code [batch, height, width, 1]}; means
 * over patches and images.
 */
public enum AdversarialLoss {
  /** Hinge (Lim and Ye 2017), that of the papers. */
  HINGE {
    @Override
    public SDVariable discriminator(SDVariable real, SDVariable fake) {
      return relu(real.neg().add(1)).mean().add(relu(fake.add(1)).mean()).mul(HALF);
    }

    @Override
    public SDVariable generator(SDVariable fake) {
      return fake.mean().neg();
    }
  },
  /**
   * Cross-entropy for the discriminator, the mean logit for the generator (Taming Transformers).
   */
  VANILLA {
    @Override
    public SDVariable discriminator(SDVariable real, SDVariable fake) {
      return crossEntropy(real, fake);
    }

    @Override
    public SDVariable generator(SDVariable fake) {
      return fake.mean().neg();
    }
  },
  /**
   * Hinge for the discriminator, cross-entropy of an image's mean logit for the generator, as the
   * published training of Open-MAGVIT2 combines them.
   */
  HINGE_NON_SATURATING {
    @Override
    public SDVariable discriminator(SDVariable real, SDVariable fake) {
      return HINGE.discriminator(real, fake);
    }

    @Override
    public SDVariable generator(SDVariable fake) {
      return softplus(fake.mean(1, 2, 3).neg()).mean();
    }
  },
  /**
   * Cross-entropy for both (Goodfellow et al. 2014). The published code of FQGAN swaps logits and
   * targets here; this does not.
   */
  NON_SATURATING {
    @Override
    public SDVariable discriminator(SDVariable real, SDVariable fake) {
      return crossEntropy(real, fake);
    }

    @Override
    public SDVariable generator(SDVariable fake) {
      return softplus(fake.neg()).mean();
    }
  };

  private static final double HALF = 0.5;

  /** The discriminator's loss, a scalar. */
  public abstract SDVariable discriminator(SDVariable real, SDVariable fake);

  /** The generator's loss, a scalar. */
  public abstract SDVariable generator(SDVariable fake);

  private static SDVariable crossEntropy(SDVariable real, SDVariable fake) {
    return softplus(real.neg()).mean().add(softplus(fake).mean()).mul(HALF);
  }

  /** As {@code log(1 + e^x)}, which is infinite for logits that trained nets do have. */
  private static SDVariable softplus(SDVariable x) {
    SDVariable larger = relu(x);
    SameDiff sd = x.getSameDiff();
    SDVariable scaled = sd.math().exp(x.sub(larger)).add(sd.math().exp(larger.neg()));
    return sd.math().log(scaled).add(larger);
  }

  static SDVariable relu(SDVariable x) {
    return x.getSameDiff().nn().relu(x, 0);
  }
}
