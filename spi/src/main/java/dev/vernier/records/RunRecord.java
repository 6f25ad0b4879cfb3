package dev.vernier.records;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.ImageSize;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a run is, and all that its numbers come from. Written to {@code run.json}.
 *
 * @param schemaVersion see {@link ResultFiles#SCHEMA_VERSION}
 * @param experiment the experiment's name, such as {@code fig1}
 * @param title what reports print above it
 * @param scale {@code quick}, {@code standard} or {@code paper}
 * @param options every option of the run after defaults, as text
 * @param origins where each option came from: default, experiment, scale or command line
 * @param seeds the seeds
 * @param dataset what it ran on
 * @param features the extractor that scored
 * @param teachers the vision models that tokenizers learn from, by name of the sub-codebook; {@code
 *     *} for all that are not named, the dataset's own net where the user gave none
 * @param protocols by fingerprint: each part of exactly how a number is computed
 * @param shared what all cells share, and what not, in words
 * @param provenance code, machine and time of the session that wrote this: the last one that had
 *     cells to run
 * @param earlier those of sessions before it that differ from it and from each other in more than
 *     time, in their order: they may have made any of the cells
 * @param commands the command lines of its sessions, each once, with the variables of Vernier
 *     before them, as a shell takes them; empty where the version that wrote it kept none
 * @param cells ids of all cells, in the order of the experiment
 * @param findings what a paper found or the experiment claims, for the report to say whether it
 *     held
 * @param floor name of the method that every other one has to beat to be judged; null where the
 *     experiment declares none
 * @param unknown fields of the file that this version does not know
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunRecord(
    int schemaVersion,
    String experiment,
    String title,
    String scale,
    Map<String, String> options,
    Map<String, String> origins,
    List<Long> seeds,
    Dataset dataset,
    FeatureSpec features,
    Map<String, FeatureSpec> teachers,
    Map<String, Map<String, String>> protocols,
    Map<String, String> shared,
    Provenance provenance,
    List<Provenance> earlier,
    List<String> commands,
    List<String> cells,
    List<Finding> findings,
    String floor,
    @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> unknown) {
  /** Name in {@link #shared} of the distance in the perceptual loss, or of the net in its place. */
  public static final String PERCEPTUAL_DISTANCE = "perceptual distance";

  /** Copies the collections; absent ones become empty. */
  public RunRecord {
    Objects.requireNonNull(experiment, "experiment");
    Objects.requireNonNull(provenance, "provenance");
    options = Cell.ordered(options);
    origins = Cell.ordered(origins);
    seeds = seeds == null ? List.of() : List.copyOf(seeds);
    teachers = Cell.ordered(teachers);
    protocols = Cell.ordered(protocols);
    shared = Cell.ordered(shared);
    earlier = earlier == null ? List.of() : List.copyOf(earlier);
    commands = commands == null ? List.of() : List.copyOf(commands);
    cells = cells == null ? List.of() : List.copyOf(cells);
    findings = findings == null ? List.of() : List.copyOf(findings);
    unknown = Cell.ordered(unknown);
  }

  /**
   * The same with what is known only at a session's end.
   *
   * @param ended the session, with its end
   */
  public RunRecord ended(Map<String, Map<String, String>> measuredBy, Provenance ended) {
    return new RunRecord(
        schemaVersion,
        experiment,
        title,
        scale,
        options,
        origins,
        seeds,
        dataset,
        features,
        teachers,
        measuredBy,
        shared,
        ended,
        earlier,
        commands,
        cells,
        findings,
        floor,
        unknown);
  }

  /** All code and machines that cells may come from, those of the last session last. */
  public List<Provenance> provenances() {
    return Stream.concat(earlier.stream(), Stream.of(provenance)).toList();
  }

  /**
   * The dataset of a run.
   *
   * @param name as the user gave it
   * @param hash of its contents
   * @param imageSize that of every image
   * @param train number of training images
   * @param validation number of validation images measured
   * @param classes number of classes
   * @param skipped what could not be read and was passed over
   */
  public record Dataset(
      String name,
      String hash,
      ImageSize imageSize,
      int train,
      int validation,
      int classes,
      List<String> skipped) {
    /** Copies the list. */
    public Dataset {
      skipped = skipped == null ? List.of() : List.copyOf(skipped);
    }

    /** Its name without the folders above it, which say nothing to a reader elsewhere. */
    public String shortName() {
      return name.replaceFirst("^([^/\\\\:]*:)?.*[/\\\\](?=[^/\\\\]+[/\\\\]?$)", "$1");
    }
  }

  /**
   * Where the numbers come from.
   *
   * @param version of Vernier
   * @param commit of its source, with {@code -dirty} where the tree had changes; {@code unknown}
   *     outside a checkout
   * @param code version and hash of the code that ran, and the hash of each plugin, by what they
   *     are of: equal commits need not be equal builds; empty where the version that wrote it kept
   *     none
   * @param backend ND4J backend and device
   * @param machine processor, cores, memory, operating system, threads
   * @param jvm vendor and version
   * @param started ISO-8601 instant
   * @param ended ISO-8601 instant; null while it runs
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Provenance(
      String version,
      String commit,
      Map<String, String> code,
      String backend,
      Map<String, String> machine,
      String jvm,
      String started,
      String ended) {
    /** A commit that nobody knows. */
    public static final String UNKNOWN = "unknown";

    private static final String DIRTY = "-dirty";

    /** Copies the map. */
    public Provenance {
      Objects.requireNonNull(version, "version");
      Objects.requireNonNull(commit, "commit");
      code = Cell.ordered(code);
      machine = Cell.ordered(machine);
    }

    /** Whether version and commit tell the code that ran: not where it had changes of its own. */
    public boolean tellsCode() {
      return !commit.equals(UNKNOWN) && !commit.endsWith(DIRTY);
    }

    /** The same at another time; instants as above. */
    public Provenance at(String newStart, String newEnd) {
      return new Provenance(version, commit, code, backend, machine, jvm, newStart, newEnd);
    }

    /** Whether both are the same but for the time. */
    public boolean alike(Provenance other) {
      return at(null, null).equals(other.at(null, null));
    }
  }
}
