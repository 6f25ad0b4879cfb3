package dev.vernier.adversarial;

import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import java.util.List;
import java.util.Locale;

/**
 * The settings of the adversarial part.
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
    double weight,
    long start,
    AdversarialLoss loss,
    boolean adaptive,
    double leCamWeight,
    PatchDiscriminator discriminator) {
  /** No adversary. */
  public static final AdversarialSettings NONE =
      new AdversarialSettings(0, 0, AdversarialLoss.HINGE, false, 0, new PatchDiscriminator(1, 1));

  private static final Setting<Double> WEIGHT =
      Setting.number(
          "adversarial-weight",
          0,
          0,
          1e3,
          "of the adversarial loss, 0 for no discriminator; paper 0.5");
  private static final Setting<Integer> START =
      Setting.integer(
          "adversarial-start",
          0,
          0,
          Integer.MAX_VALUE,
          "step in which the discriminator begins; paper 20000");
  private static final Setting<String> LOSS =
      Setting.choice(
          "adversarial-loss",
          "hinge",
          List.of("hinge", "vanilla", "non-saturating"),
          "of generator and discriminator; paper hinge");
  private static final Setting<Boolean> ADAPTIVE =
      Setting.flag(
          "adversarial-adaptive",
          false,
          "weight times the ratio of gradient norms at the last layer; Taming true, FQGAN false");
  private static final Setting<Double> LECAM =
      Setting.number(
          "lecam-weight",
          0,
          0,
          1e3,
          "of LeCAM regularization, 0 for none; Open-MAGVIT2 0.05, others 0");
  private static final Setting<Integer> CHANNELS =
      Setting.integer("discriminator-channels", 32, 1, 1024, "width of its first layer; paper 64");
  private static final Setting<Integer> LAYERS =
      Setting.integer("discriminator-layers", 2, 1, 6, "inner layers; paper 3");

  /** The settings of this part. */
  public static List<Setting<?>> all() {
    return List.of(WEIGHT, START, LOSS, ADAPTIVE, LECAM, CHANNELS, LAYERS);
  }

  /** Reads this part of a family's settings. */
  public static AdversarialSettings of(Settings settings) {
    String loss = settings.get(LOSS).replace('-', '_').toUpperCase(Locale.ROOT);
    return new AdversarialSettings(
        settings.get(WEIGHT),
        settings.get(START),
        AdversarialLoss.valueOf(loss),
        settings.get(ADAPTIVE),
        settings.get(LECAM),
        new PatchDiscriminator(settings.get(CHANNELS), settings.get(LAYERS)));
  }
}
