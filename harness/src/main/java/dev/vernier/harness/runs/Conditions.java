package dev.vernier.harness.runs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.vernier.harness.experiments.TeacherChoice;
import dev.vernier.harness.hashing.CodeHash;
import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.harness.machine.Machine;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.workers.Refusal;
import dev.vernier.records.RunRecord;
import dev.vernier.spi.Provider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the numbers of a session's cells rest on beside their plans: data and nets by their hashes,
 * code and plugins by theirs, executor, threads, and kind of processor. Whoever begins the session
 * writes it into the folder of the run; whoever computes a cell, in whatever process on whatever
 * machine, compares it with what is there.
 *
 * @param values in words, by what they are of
 */
public record Conditions(@JsonValue SortedMap<String, String> values) {
  /** Name of the executor and its threads, as {@code Backend} describes them. */
  static final String BACKEND = "backend";

  /** Name of the dataset's hash. */
  static final String DATASET = "dataset";

  private static final String CODE = "code";
  private static final String PLUGIN = "plugin ";
  private static final String TEACHER = "teacher ";

  /** Copies the map. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Conditions {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * Those of this process.
   *
   * @param identity what of data, nets and executor decides the numbers of every cell
   */
  static Conditions of(Map<String, String> identity, Plugins plugins) throws IOException {
    SortedMap<String, String> values = new TreeMap<>(identity);
    values.put("processor", Machine.processor() + " (" + Machine.instructionSets() + ")");
    TreeSet<Path> own = new TreeSet<>();
    TreeSet<Path> foreign = new TreeSet<>();
    CodeHash.place(Conditions.class).ifPresent(own::add);
    CodeHash.place(Provider.class).ifPresent(own::add);
    for (Collection<? extends Provider> kind : plugins.all().values()) {
      for (Provider each : kind) {
        Optional<Path> place = CodeHash.place(each.getClass());
        boolean shipped = each.getClass().getClassLoader() == Conditions.class.getClassLoader();
        place.ifPresent((shipped ? own : foreign)::add);
      }
    }
    for (Path jar : foreign) {
      values.put(PLUGIN + jar.getFileName(), CodeHash.of(List.of(jar), name -> true));
    }
    // Not what else lies there: of the nets that are released with it each has a hash of its own.
    String code = CodeHash.of(own, name -> name.endsWith(".class"));
    values.put(CODE, Machine.version() + ", " + code);
    return new Conditions(values);
  }

  /** The same with more. */
  Conditions and(Map<String, String> more) {
    SortedMap<String, String> both = new TreeMap<>(values);
    both.putAll(more);
    return new Conditions(both);
  }

  /** Those of them that are of code: Vernier's own, and plugins. */
  SortedMap<String, String> code() {
    SortedMap<String, String> code = new TreeMap<>(values);
    code.keySet().removeIf(name -> !name.equals(CODE) && !name.startsWith(PLUGIN));
    return code;
  }

  /**
   * One hash of Vernier's code and of the plugins that providers come from; what other plugins are
   * is of no matter to them.
   */
  String codeHash(Collection<? extends Provider> providers) {
    ContentHash hash = new ContentHash().add(String.valueOf(values.get(CODE)));
    providers.stream()
        .flatMap(each -> CodeHash.place(each.getClass()).stream())
        .map(place -> values.get(PLUGIN + place.getFileName()))
        .filter(Objects::nonNull)
        .sorted()
        .forEach(hash::add);
    return hash.hexadecimal();
  }

  /** The same of this process, whatever is computed. */
  public static String codeOf(Collection<? extends Provider> providers, Plugins plugins)
      throws IOException {
    return of(Map.of(), plugins).codeHash(providers);
  }

  /** Names of what is something else in others, as far as both have it. */
  SortedSet<String> differing(Map<String, String> others) {
    SortedSet<String> names = new TreeSet<>(values.keySet());
    names.removeIf(name -> values.get(name).equals(others.getOrDefault(name, values.get(name))));
    return names;
  }

  /**
   * Compares what there is with what the session was begun with.
   *
   * @param here what there is; nets that only train tokenizers may be missing, where none is
   *     trained
   * @throws Refusal if they differ; the message has both
   */
  void require(Conditions here) throws Refusal {
    TreeSet<String> names = new TreeSet<>(values.keySet());
    names.addAll(here.values.keySet());
    for (String name : names) {
      String found = here.values.get(name);
      boolean open = found != null || !opensLate(name);
      if (open && !expected(name).equals(Optional.ofNullable(found))) {
        throw new Refusal(
            "the %s differs from the run's: here it is %s, where the run was begun %s; fix this, then"
                    .formatted(name, words(Optional.ofNullable(found)), words(expected(name)))
                + " run again with --resume");
      }
    }
  }

  private static String words(Optional<String> value) {
    return value.orElse("missing");
  }

  /** Whether it is a net that is opened when the first tokenizer is trained with it. */
  private static boolean opensLate(String name) {
    return name.equals(RunRecord.PERCEPTUAL_DISTANCE) || name.startsWith(TEACHER);
  }

  /** What was there; of a sub-codebook without a teacher of its own that of all others. */
  private Optional<String> expected(String name) {
    return Optional.ofNullable(values.get(name))
        .or(
            () ->
                Optional.of(name)
                    .filter(each -> each.startsWith(TEACHER))
                    .map(each -> values.get(TEACHER + TeacherChoice.OTHERS)));
  }
}
