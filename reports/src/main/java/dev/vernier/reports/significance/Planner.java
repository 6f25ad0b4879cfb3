package dev.vernier.reports.significance;

import dev.vernier.reports.comparison.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * How many seeds or images would decide a difference, were it as large as the observed one, at a
 * level of 5% with a power of 80%: it has to be {@code t(0.975) + t(0.8)} standard errors (Cohen
 * 1988), whose square is the variance of a seed over the number of seeds, and that of an image over
 * the number of images.
 */
public final class Planner {
  private static final double LEVEL = 0.975;
  private static final double POWER = 0.8;

  /** More seeds than this, or more times the images, are no plan. */
  private static final long MOST = 1000;

  private final Difference difference;
  private final long seeds;

  private Planner(Difference difference) {
    this.difference = difference;
    this.seeds = Math.max(Estimate.SEEDS_FOR_INTERVAL, difference.seeds());
  }

  /** What would decide, in words; empty where seeds and images have decided already. */
  public static String of(Difference difference) {
    boolean decided = difference.below() || difference.above();
    if (decided && difference.evidence() == Evidence.SEEDS_AND_IMAGES) {
      return "";
    }
    if (difference.value() == 0) {
      return "no difference was observed";
    }
    return switch (difference.evidence()) {
      case GIVEN, SEEDS_OF_ONE_SIDE -> "nothing: given weights have no other seeds";
      case ONE_SEED -> seeds(Estimate.SEEDS_FOR_INTERVAL) + " or more, whose spread is unknown yet";
      case ONE_SET_OF_IMAGES -> decided ? otherImages(difference) : new Planner(difference).plan();
      case TWO_SEEDS, SEEDS_AND_IMAGES -> new Planner(difference).plan();
    };
  }

  /** What it takes to know how the images spread. */
  private static String otherImages(Difference difference) {
    return difference.resamples().isEmpty()
        ? "other images, whose spread is unknown"
        : "as many resamples on both sides";
  }

  /** Of an undecided difference seeds alone or images alone can be enough, hardly ever both. */
  private String plan() {
    long images = difference.images();
    OptionalLong moreSeeds = Bisection.least(seeds, MOST * seeds, many -> decides(many, images));
    if (moreSeeds.isPresent()) {
      return seeds(moreSeeds.getAsLong()) + beside();
    }
    OptionalLong moreImages =
        Bisection.least(images + 1, MOST * images, many -> decides(seeds, many));
    if (moreImages.isPresent()) {
      return images(moreImages.getAsLong()) + " at " + seeds(seeds);
    }
    OptionalLong times = Bisection.least(2, MOST, each -> decides(each * seeds, each * images));
    return times.isPresent()
        ? seeds(times.getAsLong() * seeds) + " and " + images(times.getAsLong() * images)
        : "nothing within %d times the seeds%s".formatted(MOST, images == 0 ? "" : " and images");
  }

  /** On which images more seeds decide; each draws its own where the images add no variance. */
  private String beside() {
    if (difference.overImages().isEmpty()) {
      return " on these images, and " + otherImages(difference);
    }
    return difference.overImages().get().equals(Variance.NONE) ? "" : " on these images";
  }

  private static String seeds(long many) {
    return String.format(Locale.ROOT, "%,d seeds", many);
  }

  private static String images(long many) {
    return String.format(Locale.ROOT, "%,d images", many);
  }

  private boolean decides(long manySeeds, long manyImages) {
    List<Variance> reasons = new ArrayList<>();
    difference
        .overSeeds()
        .map(each -> each.value() * difference.seeds() / manySeeds)
        .ifPresent(value -> reasons.add(new Variance(value, manySeeds - 1)));
    difference
        .overImages()
        .filter(each -> !each.equals(Variance.NONE))
        .map(each -> new Variance(each.value() * difference.images() / manyImages, each.degrees()))
        .ifPresent(reasons::add);
    Variance all = Variance.sum(reasons);
    TDistribution t = new TDistribution(null, all.degrees());
    double errors = t.inverseCumulativeProbability(LEVEL) + t.inverseCumulativeProbability(POWER);
    return Math.abs(difference.value()) >= errors * Math.sqrt(all.value());
  }
}
