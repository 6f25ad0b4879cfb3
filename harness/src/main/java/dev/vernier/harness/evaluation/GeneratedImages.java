package dev.vernier.harness.evaluation;

import dev.vernier.spi.LabelledImage;
import java.io.IOException;
import java.util.List;

/** Images that a generator drew, decoded when they are asked for. */
public interface GeneratedImages {
  /** How many. */
  int count();

  /** Some of them, in order, with the class that each was drawn for. */
  List<LabelledImage> from(int first, int most) throws IOException;
}
