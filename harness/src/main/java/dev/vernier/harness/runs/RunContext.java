package dev.vernier.harness.runs;

import dev.vernier.harness.data.CacheFolder;
import dev.vernier.harness.evaluation.MeasureOptions;
import dev.vernier.harness.evaluation.MeasuredProtocols;
import dev.vernier.harness.evaluation.ReferenceImages;
import dev.vernier.harness.evaluation.ReferenceSet;
import dev.vernier.harness.evaluation.TokenizerEvaluator;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.Scope;
import dev.vernier.harness.experiments.TeacherChoice;
import dev.vernier.harness.machine.Backend;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.protocols.PublishedProtocol;
import dev.vernier.records.RunRecord;
import dev.vernier.spi.FeatureContext;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.FeatureExtractorProvider;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.PerceptualDistanceProvider;
import dev.vernier.spi.Provider;
import dev.vernier.spi.TeacherRequirements;
import dev.vernier.spi.TrainingContext;
import dev.vernier.spi.Trunk;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** What all cells of a run share: the dataset, the nets that score, the net in training losses. */
public final class RunContext implements AutoCloseable {
  private static final long SCORING_SEED = 1;
  private static final long TRAINING_SEED = 2;

  private final Deque<Runnable> opened = new ArrayDeque<>();
  private final Plugins plugins;
  private final Progress progress;
  private final RunNets nets;
  private final ImageDataset dataset;
  private final Teachers teachers;
  private final FeatureExtractor scorer;
  private final MeasuredProtocols protocols;
  private final ReferenceSet reference;
  private final Optional<PerceptualDistance> distance;
  private final Optional<PerceptualDistance> trainingDistance;
  private final Map<String, FeatureSpec> teacherSpecs;
  private final Map<String, String> identity;
  private FeatureExtractor trainingNet;
  private Conditions conditions;

  /**
   * Opens everything; nets without weights are trained and kept.
   *
   * @param choice what to open
   * @param admission refuses a dataset, before nets take their time, that what follows cannot use
   */
  public RunContext(
      RunChoice choice, Plugins plugins, Progress progress, Consumer<ImageDataset> admission)
      throws IOException {
    this.plugins = plugins;
    this.progress = progress;
    this.nets = new RunNets(choice.nets());
    try {
      // Before data and nets, which take their time: a wrong file is refused at once.
      this.distance = distance(Scope.LPIPS, choice.lpipsSettings(), each -> Map.of());
      this.trainingDistance =
          distance(
              Scope.PERCEPTUAL,
              choice.perceptualSettings(),
              PerceptualDistanceProvider::trainingDefaults);
      this.dataset = choice.dataset(plugins);
      admission.accept(dataset);
      this.reference = ReferenceSet.of(choice.reference(), dataset);
      if (!choice.reference().equals(ReferenceSet.TRAINING)) {
        reference.check();
      }
      this.teachers = Teachers.open(choice.teachers(), plugins, featureContext(TRAINING_SEED));
      opened.push(teachers::close);
      this.scorer =
          net(plugins.features(choice.features()), choice.featureSettings(), SCORING_SEED);
      this.protocols = new MeasuredProtocols(List.copyOf(choice.protocols()), inceptions(choice));
      teachers.refuse(scorer.spec());
      if (choice.net().any()) {
        refuseSibling();
      }
      this.teacherSpecs = teachers.specs();
      this.identity = new LinkedHashMap<>();
      identity.put(Conditions.BACKEND, Backend.description());
      identity.put(Conditions.DATASET, dataset.spec().hash());
      identity.put("features", described(scorer.spec()));
      identity.put("lpips", distance.map(RunContext::described).orElse("none"));
      if (!choice.reference().equals(ReferenceSet.TRAINING)) {
        reference.check(scorer);
        identity.put("reference", reference.protocol().get("reference"));
      }
      trainingDistance.ifPresent(
          each -> identity.put(RunRecord.PERCEPTUAL_DISTANCE, described(each)));
      if (choice.net().loss()) {
        identity.put(RunRecord.PERCEPTUAL_DISTANCE, described(trainingNet().spec()));
      }
      if (choice.net().teacher()) {
        teacherSpecs.put(TeacherChoice.OTHERS, trainingNet().spec());
      }
      teacherSpecs.forEach((name, spec) -> identity.put("teacher " + name, described(spec)));
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** A net of the same kind as the one that teaches would score what is made to please its like. */
  private void refuseSibling() {
    String teacher = plugins.defaultTeacher().name();
    if (scorer.spec().name().equals(teacher)) {
      throw new UsageException(
          "the "
              + teacher
              + " net cannot score what a net of its kind teaches: choose other --features, such as"
              + " dataset");
    }
  }

  /** The file of a trunk, which need not be there. */
  Path trunk(String name) {
    return nets.trunk(name);
  }

  /** Takes a trunk as its hash was taken. */
  void openedTrunk(String name, byte[] content) {
    nets.opened(name, content);
  }

  /** Writes the dataset's own nets and trunks, as they were opened, into the folder of a run. */
  public void keepNets(RunFolder folder) throws IOException {
    nets.keepIn(folder.nets());
  }

  private static String described(FeatureSpec net) {
    return net.name() + " " + net.hash();
  }

  private static String described(PerceptualDistance distance) {
    return distance.name() + " " + distance.hash();
  }

  private FeatureExtractor net(
      FeatureExtractorProvider provider, Map<String, String> settings, long seed)
      throws IOException {
    FeatureExtractor net =
        provider.open(Scope.FEATURES.read(provider.settings(), settings), featureContext(seed));
    opened.push(net::close);
    return net;
  }

  /**
   * Inception in each way that one of the protocols has, which may be that of the scorer; nothing
   * where another net scores.
   */
  private Map<String, FeatureExtractor> inceptions(RunChoice choice) throws IOException {
    Map<String, FeatureExtractor> inceptions = new LinkedHashMap<>();
    FeatureExtractorProvider provider = plugins.features(choice.features());
    Optional<String> setting = provider.publishedResize();
    if (setting.isEmpty()) {
      return inceptions;
    }
    String own =
        Scope.FEATURES
            .read(provider.settings(), choice.featureSettings())
            .asText()
            .get(setting.get());
    for (PublishedProtocol protocol : choice.protocols()) {
      String resize = protocol.frechet().resize();
      if (!inceptions.containsKey(resize)) {
        Map<String, String> settings = new HashMap<>(choice.featureSettings());
        settings.put(setting.get(), resize);
        inceptions.put(resize, resize.equals(own) ? scorer : net(provider, settings, SCORING_SEED));
      }
    }
    return inceptions;
  }

  private FeatureContext featureContext(long seed) {
    return new FeatureContext(dataset, seed, nets, line -> progress.update(line, 0, 0, ""));
  }

  private Optional<PerceptualDistance> distance(
      Scope scope,
      Map<String, String> given,
      Function<PerceptualDistanceProvider, Map<String, String>> defaults)
      throws IOException {
    if (given.isEmpty()) {
      return Optional.empty();
    }
    PerceptualDistanceProvider provider = plugins.distance();
    Map<String, String> settings = new HashMap<>(defaults.apply(provider));
    settings.putAll(given);
    try {
      PerceptualDistance distance = provider.open(scope.read(provider.settings(), settings));
      opened.push(distance::close);
      return Optional.of(distance);
    } catch (UsageException e) {
      String message = "settings " + scope.prefix() + "*: " + e.getMessage();
      throw e.setting()
          .map(key -> UsageException.ofSetting(key, message))
          .orElseGet(() -> new UsageException(message, e));
    }
  }

  /** The dataset. */
  public ImageDataset dataset() {
    return dataset;
  }

  /** The extractor that scores. */
  public FeatureExtractor scorer() {
    return scorer;
  }

  /** The protocols of papers that are measured. */
  public MeasuredProtocols protocols() {
    return protocols;
  }

  /** What generated images are measured against. */
  ReferenceSet reference() {
    return reference;
  }

  /** LPIPS, where there are weights. */
  public Optional<PerceptualDistance> distance() {
    return distance;
  }

  /** LPIPS for the perceptual loss in place of {@link #trainingNet}, where there are weights. */
  public Optional<PerceptualDistance> trainingDistance() {
    return trainingDistance;
  }

  /** What of this decides the numbers of every cell. */
  public Map<String, String> identity() {
    return Collections.unmodifiableMap(identity);
  }

  /** What the numbers of cells rest on, as it is in this process. */
  synchronized Conditions conditions() throws IOException {
    if (conditions == null) {
      conditions = Conditions.of(identity, plugins);
    }
    return conditions;
  }

  /** One hash of the code that computes a cell: of plugins it names those of its own. */
  String codeHash(CellPlan plan) throws IOException {
    List<Provider> own = new ArrayList<>();
    plan.tokenizerProvider(plugins).ifPresent(own::add);
    if (plan.generation() != null) {
      own.add(plugins.generator(plan.generation().generator()));
    }
    return conditions().codeHash(own);
  }

  /** The net that scores, by name and hash. */
  String scoredBy() {
    return described(scorer.spec());
  }

  /** The nets that a cell's tokenizer learns from, by what they are there for. */
  Map<String, String> taughtBy(CellPlan plan) throws IOException {
    Map<String, String> nets = new LinkedHashMap<>();
    if (plan.perceptual(plugins)) {
      nets.put(RunRecord.PERCEPTUAL_DISTANCE, perceptualIdentity());
    }
    teachers(plan.teacherRequirements(plugins))
        .forEach((name, net) -> nets.put("teacher " + name, described(net.spec())));
    return nets;
  }

  /**
   * The net for perceptual losses, and the teacher where the user gives none, never the one that
   * scores; opened when first asked for.
   */
  public synchronized FeatureExtractor trainingNet() throws IOException {
    if (trainingNet == null) {
      trainingNet = net(plugins.defaultTeacher(), Map.of(), TRAINING_SEED);
    }
    return trainingNet;
  }

  /** The teacher of each sub-codebook that learns: the one that the user gives, or that net. */
  public Map<String, FeatureExtractor> teachers(TeacherRequirements requirements)
      throws IOException {
    Map<String, FeatureExtractor> chosen = teachers.of(requirements);
    for (String name : requirements.required()) {
      if (!chosen.containsKey(name)) {
        chosen.put(name, trainingNet());
      }
    }
    return chosen;
  }

  /** What the cells learn from, by name of the sub-codebook as {@link TeacherChoice} has it. */
  public Map<String, FeatureSpec> teacherSpecs() {
    return Collections.unmodifiableMap(teacherSpecs);
  }

  /**
   * What a cell is trained with.
   *
   * @param trunk what it begins from
   */
  TrainingContext training(
      CellPlan plan, int batchSize, long steps, Optional<Path> trunk, boolean profile)
      throws IOException {
    return training(
        plan,
        batchSize,
        steps,
        plan.seed(),
        teachers(plan.teacherRequirements(plugins)),
        trunk,
        profile);
  }

  /** What the trunk of a cell is trained with. */
  TrainingContext trunkTraining(CellPlan plan, Trunk trunk, long seed) throws IOException {
    return training(
        plan, trunk.batchSize(), trunk.steps(), seed, Map.of(), Optional.empty(), false);
  }

  private TrainingContext training(
      CellPlan plan,
      int batchSize,
      long steps,
      long seed,
      Map<String, FeatureExtractor> taught,
      Optional<Path> trunk,
      boolean profile)
      throws IOException {
    boolean perceptual = plan.perceptual(plugins);
    boolean net = perceptual && trainingDistance.isEmpty();
    return new TrainingContext(
        dataset,
        batchSize,
        steps,
        seed,
        net ? Optional.of(trainingNet()) : Optional.empty(),
        perceptual ? trainingDistance : Optional.empty(),
        taught,
        trunk,
        CacheFolder.path(),
        profile);
  }

  /** The distance of perceptual losses, or the net in its place, by name and hash. */
  String perceptualIdentity() throws IOException {
    return trainingDistance.isPresent()
        ? described(trainingDistance.get())
        : described(trainingNet().spec());
  }

  /** An evaluator on this dataset. */
  public TokenizerEvaluator evaluator(MeasureOptions options) {
    return new TokenizerEvaluator(
        new ReferenceImages(dataset, options.images()), scorer, distance, protocols, options);
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      opened.pop().run();
    }
  }
}
