package dev.vernier.harness.evaluation;

import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.harness.protocols.Preparation;
import dev.vernier.harness.protocols.PublishedProtocol;
import dev.vernier.harness.protocols.Reconstruction;
import dev.vernier.harness.protocols.Rounding;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the protocols of papers say of reconstructions, batch by batch. Each of them crops the
 * originals in its own way, so each sees what the tokenizer makes of its own crops.
 */
final class ProtocolScores {
  /** As many as Inception looks at together. */
  private static final int PART = 8;

  private final List<ProtocolTally> tallies;
  private final Map<PublishedProtocol, FeatureStatistics> known;
  private final boolean nets;
  private boolean stored;

  /**
   * Of no images yet.
   *
   * @param originals what protocols say of the originals, where an earlier pass over the same ones
   *     found it; takes what this one finds
   * @param count how many images there will be
   */
  ProtocolScores(
      MeasuredProtocols measured, Map<PublishedProtocol, FeatureStatistics> originals, int count) {
    this.known = originals;
    this.nets = !measured.inceptions().isEmpty();
    this.tallies =
        measured.protocols().stream()
            .map(
                each ->
                    new ProtocolTally(
                        each,
                        Optional.ofNullable(measured.inceptions().get(each.frechet().resize())),
                        Optional.ofNullable(originals.get(each)),
                        count))
            .toList();
  }

  /** Images by their places. */
  @FunctionalInterface
  interface Originals {
    /** The images from one place to before another, of any size, as they were before any crop. */
    List<LabelledImage> of(int first, int last);
  }

  /** Gives what comes back of crops. */
  @FunctionalInterface
  interface Crops {
    /**
     * What comes back of some crops, in their order.
     *
     * @param first place of the first image
     */
    List<Reconstruction> reconstruct(List<LabelledImage> cropped, int first);

    /**
     * The same for all crops: whoever made the reconstructions cropped the images in one way.
     *
     * @param images reconstructions as files hold them
     * @param start place of the first of them
     */
    static Crops stored(List<LabelledImage> images, int start) {
      return (cropped, first) ->
          images.subList(first - start, first - start + cropped.size()).stream()
              .<Reconstruction>map(image -> new Reconstruction.Stored(image.rgb()))
              .toList();
    }
  }

  /**
   * Adds images, some at a time, since they may be large.
   *
   * @param last one after the last place
   * @param side of the squares that the tokenizer sees
   */
  void add(int first, int last, int side, Originals originals, Crops crops) {
    for (int from = first; from < last && !tallies.isEmpty(); from += PART) {
      add(originals.of(from, Math.min(last, from + PART)), from, side, crops);
    }
  }

  private void add(List<LabelledImage> uncropped, int first, int side, Crops crops) {
    BatchFeatures features = new BatchFeatures();
    for (ProtocolTally tally : tallies) {
      Preparation preparation = tally.protocol().preparation();
      int measured = tally.protocol().measuredSide(side);
      List<LabelledImage> cropped = prepared(uncropped, preparation, side);
      List<LabelledImage> reference =
          measured == side ? cropped : prepared(uncropped, preparation, measured);
      List<Reconstruction> back = crops.reconstruct(cropped, first);
      stored |= back.get(0) instanceof Reconstruction.Stored;
      PreparedBatch.of(uncropped, cropped, reference, back)
          .ifPresentOrElse(batch -> tally.add(batch, features), tally::skip);
    }
  }

  private static List<LabelledImage> prepared(
      List<LabelledImage> uncropped, Preparation preparation, int side) {
    return uncropped.stream()
        .parallel()
        .map(
            image -> {
              ImageSize size = image.size();
              RgbImage picture = new RgbImage(size.width(), size.height(), image.rgb());
              byte[] rgb = preparation.of(picture, side).rgb();
              return new LabelledImage(image.id(), image.label(), ImageSize.square(side), rgb);
            })
        .toList();
  }

  /**
   * The metrics of all protocols.
   *
   * @param kept takes the protocols
   */
  Map<String, Metric> metrics(ProtocolBook kept) {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    for (ProtocolTally tally : tallies) {
      metrics.putAll(tally.metrics(kept));
      tally.originals().ifPresent(each -> known.put(tally.protocol(), each));
    }
    return metrics;
  }

  /** What is missing, and why, each reason in a line. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (tallies.isEmpty()) {
      return notes;
    }
    if (!nets) {
      notes.add(
          tallies.stream()
                  .map(each -> each.protocol().frechet().kind().label())
                  .collect(Collectors.joining(", "))
              + " not measured: papers compute them from features of Inception; give"
              + " --weights-inception FILE");
    }
    add(
        notes,
        ProtocolTally::roundedBefore,
        "papers compute them from a decoder's floats, which files do not hold");
    add(notes, ProtocolTally::tooSmall, "the images are smaller than the window");
    String rounded =
        tallies.stream()
            .filter(each -> stored && !each.isSkipped())
            .map(ProtocolTally::protocol)
            .filter(each -> each.frechet().reconstruction() != Rounding.NONE)
            .map(each -> each.label() + " " + each.frechet().reconstruction().description())
            .collect(Collectors.joining("; "));
    if (!rounded.isEmpty()) {
      notes.add("metrics of papers take files for rounded as the paper does it: " + rounded);
    }
    return notes;
  }

  private void add(
      List<String> notes, Function<ProtocolTally, Set<MetricKind>> kinds, String reason) {
    String labels =
        tallies.stream()
            .flatMap(tally -> kinds.apply(tally).stream())
            .map(MetricKind::label)
            .collect(Collectors.joining(", "));
    if (!labels.isEmpty()) {
      notes.add(labels + " not measured: " + reason);
    }
  }
}
