package dev.vernier.generators.far;

import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.UsageException;
import dev.vernier.weights.RenamedWeights;
import dev.vernier.weights.WeightFile;
import dev.vernier.weights.WrappedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A weight file of this module, or a published checkpoint of FAR or of LlamaGen's class-conditional
 * models: their arrays have the same names, wherever {@link WrappedModel} finds them.
 */
final class FarFile implements RenamedWeights {
  /** Says of the rotary table's row of the class token what no array shows. */
  static final String CLASS_ROW = "rotary-class-row";

  /** Name in the metadata of how many heads attend. */
  static final String HEADS = "heads";

  /** Says how often the class was dropped in training. */
  static final String CLASS_DROPOUT = "class-dropout";

  private static final String CLASSES = "cls_embedding.embedding_table.weight";

  /** The order in which published models of two and three sub-codebooks draw. */
  private static final Map<Integer, List<String>> PUBLISHED_ORDER =
      Map.of(2, List.of("visual", "semantic"), 3, List.of("visual", "middle", "high"));

  private static final String ROTARY_TABLE = "freqs_cis";

  private final Path path;
  private final WrappedModel file;
  private final Map<String, String> names;

  private FarFile(Path path, WrappedModel file) {
    this.path = path;
    this.file = file;
    this.names = file.originalNames();
  }

  /**
   * Opens a file.
   *
   * @throws UsageException if it holds no such model
   */
  static FarFile open(Path path) throws IOException {
    WeightFile file = WeightFile.open(path);
    try {
      return WrappedModel.find(path, file, CLASSES, name -> !name.equals(ROTARY_TABLE))
          .map(model -> new FarFile(path, model))
          .orElseThrow(
              () ->
                  new UsageException(
                      path
                          + " is not a class-conditional FAR or LlamaGen model: it has no array "
                          + CLASSES));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** What is said where the file holds several models: which, and which of them this is. */
  Optional<String> choice() {
    return file.choice();
  }

  /**
   * The sizes of the model: those of codebooks, classes and grid as the file shows them, the others
   * as settings say.
   *
   * @throws UsageException if settings contradict what the file says of itself
   */
  FarShape shape(FarSettings settings) {
    int side = side(settings);
    String zero = FarSettings.ClassRow.of(true);
    boolean saved = metadata().getOrDefault(CLASS_ROW, zero).equals(zero);
    FarShape shape =
        settings.shape(
            codebooks(),
            number("rows", side),
            number("columns", side),
            classes(),
            settings.zeroClassRow(saved));
    agree(HEADS, String.valueOf(shape.heads()));
    agree(CLASS_ROW, FarSettings.ClassRow.of(shape.zeroClassRow()));
    return shape;
  }

  /** How often the class was dropped in training: as the file says, else as settings. */
  double classDropout(FarSettings settings) {
    String text = metadata().get(CLASS_DROPOUT);
    try {
      return text == null ? settings.classDropout() : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw damaged(CLASS_DROPOUT, text, e);
    }
  }

  /** What is taken for granted of what neither the file nor the shape of an array says. */
  List<String> unsaid(FarSettings settings) {
    List<String> unsaid = new ArrayList<>();
    if (!metadata().containsKey(CLASS_DROPOUT)) {
      unsaid.add(
          path
              + " does not say whether classes were dropped in training: the last of its "
              + shape(CLASSES, 2)[0]
              + " is taken to mean no class");
    }
    if (!metadata().containsKey(HEADS)) {
      unsaid.add(
          "%s does not say how many heads attend: %d are taken (setting heads)"
              .formatted(path, shape(settings).heads()));
    }
    if (!metadata().containsKey("rows") && !names.containsKey(ROTARY_TABLE)) {
      unsaid.add(
          "%s does not say how many positions it has: a grid of %2$d x %2$d is taken (setting published-grid)"
              .formatted(path, side(settings)));
    }
    return unsaid;
  }

  private UsageException damaged(String name, String text, NumberFormatException e) {
    return new UsageException(
        path + " says " + name + " '" + text + "': download the file again", e);
  }

  private int classes() {
    return (int) shape(CLASSES, 2)[0] - 1;
  }

  /**
   * Side of the grid of a file that does not say it: as its rotary table shows, else as settings.
   */
  private int side(FarSettings settings) {
    return names.containsKey(ROTARY_TABLE)
        ? (int) Math.round(Math.sqrt(shape(ROTARY_TABLE, 3)[0] - 1.0))
        : settings.publishedGrid();
  }

  private int number(String name, int byDefault) {
    String text = metadata().get(name);
    try {
      int number = text == null ? byDefault : Integer.parseInt(text);
      if (number < 1) {
        throw new UsageException(
            path + " has " + number + " " + name + " of positions: download the file again");
      }
      return number;
    } catch (NumberFormatException e) {
      throw damaged(name, text, e);
    }
  }

  /** What changes no array's shape would otherwise go unnoticed. */
  private void agree(String setting, String given) {
    String saved = metadata().getOrDefault(setting, given);
    if (!saved.equals(given)) {
      throw new UsageException(
          path + " was trained with " + setting + " " + saved + ", not " + given + ": set it so");
    }
  }

  private List<SubCodebook> codebooks() {
    List<SubCodebook> found = new ArrayList<>();
    if (metadata().containsKey("codebooks")) {
      for (String each : metadata().get("codebooks").split(",", -1)) {
        int colon = each.lastIndexOf(':');
        if (!each.matches(".+:[1-9]\\d{0,8}")) {
          throw new UsageException(path + " says codebook '" + each + "': download the file again");
        }
        found.add(
            new SubCodebook(each.substring(0, colon), Integer.parseInt(each.substring(colon + 1))));
      }
      return found;
    }
    if (names.containsKey("tok_embeddings.weight")) {
      return List.of(new SubCodebook("code", (int) shape("tok_embeddings.weight", 2)[0]));
    }
    for (int j = 1; names.containsKey(embeddings(j)); j++) {
      found.add(new SubCodebook("code-" + j, (int) shape(embeddings(j), 2)[0]));
    }
    if (found.isEmpty()) {
      throw new UsageException(
          path + " has no array tok_embeddings.weight: name a file of weights");
    }
    List<String> published = PUBLISHED_ORDER.get(found.size());
    if (published == null) {
      return found;
    }
    List<SubCodebook> named = new ArrayList<>();
    for (int j = 0; j < found.size(); j++) {
      named.add(new SubCodebook(published.get(j), found.get(j).size()));
    }
    return named;
  }

  private static String embeddings(int j) {
    return "tok_embeddings_" + j + ".weight";
  }

  @Override
  public Set<String> names() {
    Set<String> parameters = new LinkedHashSet<>(names.keySet());
    // It is computed; some releases save it.
    parameters.remove(ROTARY_TABLE);
    return parameters;
  }

  @Override
  public WeightFile original() {
    return file.original();
  }

  @Override
  public Map<String, String> originalNames() {
    return Collections.unmodifiableMap(names);
  }
}
