package dev.vernier.tokenizers.fq;

import dev.vernier.autoencoder.AutoencoderSettings;
import dev.vernier.autoencoder.Bottleneck;
import dev.vernier.autoencoder.CodeForm;
import dev.vernier.autoencoder.CodebookUpkeep;
import dev.vernier.autoencoder.Objective;
import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.nn.GroupNormalization;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.quantize.VectorQuantizer;
import dev.vernier.spi.SubCodebook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * FQGAN's bottleneck: k branches of adapter, head and vector quantizer; their codes side by side go
 * through one 1 x 1 convolution to the decoder.
 */
final class FqBottleneck implements Bottleneck {
  private final AutoencoderSettings frame;
  private final FqSettings settings;
  private final List<Branch> branches;
  private final List<VectorQuantizer> quantizers;
  private final CodeTerms terms;

  /**
   * A bottleneck.
   *
   * @param terms what branches learn besides reconstruction, in training
   */
  FqBottleneck(AutoencoderSettings frame, FqSettings settings, CodeTerms terms) {
    this.frame = frame;
    this.terms = terms;
    this.settings = settings;
    this.branches = Branch.of(settings.branches());
    this.quantizers =
        branches.stream()
            .map(each -> new VectorQuantizer(settings.quantizer(), each.quantizer()))
            .toList();
  }

  @Override
  public List<SubCodebook> subCodebooks() {
    int size = settings.quantizer().size();
    return branches.stream().map(each -> new SubCodebook(each.name(), size)).toList();
  }

  @Override
  public int codeDimension() {
    return settings.quantizer().dimension();
  }

  private SDVariable toCodes(Branch branch, FeatureMap trunk) {
    FeatureMap own =
        settings.adapterLayers() == 0
            ? trunk
            : FactorizedAdapter.apply(
                "encoder." + branch.adapter() + ".0",
                trunk,
                settings.adapterLayers(),
                settings.adapterHeads());
    FeatureMap normal =
        GroupNormalization.thenSwish("encoder.norm_out_" + branch.suffix(), own, frame.groups());
    FeatureMap head =
        Convolution.apply("encoder.conv_out_" + branch.suffix(), normal, frame.zChannels(), 3);
    return Convolution.apply("quant_conv_" + branch.suffix(), head, codeDimension(), 1).rows();
  }

  private FeatureMap fromCodes(
      Graph graph, List<SDVariable> codes, int batch, int height, int width) {
    SDVariable rows =
        codes.size() == 1
            ? codes.get(0)
            : graph.sameDiff().concat(1, codes.toArray(SDVariable[]::new));
    int channels = codes.size() * codeDimension();
    FeatureMap map = FeatureMap.ofRows(graph, rows, batch, height, width, channels);
    return Convolution.apply("post_quant_conv", map, frame.zChannels(), 1);
  }

  @Override
  public Trained train(SDVariable images, FeatureMap trunk, Objective objective, long seed) {
    Graph graph = trunk.graph();
    int count = trunk.batch() * trunk.area();
    List<SDVariable> codes = new ArrayList<>();
    Map<String, CodebookUpkeep> upkeep = new LinkedHashMap<>();
    try {
      for (int j = 0; j < branches.size(); j++) {
        Branch branch = branches.get(j);
        VectorQuantizer quantizer = quantizers.get(j);
        VectorQuantizer.Quantized quantized =
            quantizer.train(graph, toCodes(branch, trunk), count, objective, branch.name() + "-");
        codes.add(quantized.outcome().output());
        // Streams apart from each other and from those of neighbouring seeds.
        upkeep.put(branch.name(), quantizer.upkeep(quantized, seed + j * 0x632BE59BD9B4E019L));
      }
      if (branches.size() > 1 && settings.disentanglement() > 0) {
        objective.add("disentanglement", Disentanglement.of(codes), settings.disentanglement());
      }
      terms.add(images, trunk, branches, codes, objective);
      return new Trained(
          fromCodes(graph, codes, trunk.batch(), trunk.height(), trunk.width()),
          new BranchUpkeep(upkeep));
    } catch (RuntimeException | Error e) {
      new BranchUpkeep(upkeep).close();
      throw e;
    }
  }

  @Override
  public List<SDVariable> encodings(FeatureMap trunk) {
    List<SDVariable> encodings = new ArrayList<>();
    for (int j = 0; j < branches.size(); j++) {
      SDVariable rows = toCodes(branches.get(j), trunk);
      encodings.add(quantizers.get(j).prepared(rows));
    }
    return encodings;
  }

  @Override
  public int[] nearest(int subCodebook, INDArray encodings, Parameters parameters) {
    return quantizers.get(subCodebook).nearest(encodings, parameters);
  }

  @Override
  public INDArray vectors(int subCodebook, int[] codes, Parameters parameters) {
    return quantizers.get(subCodebook).vectors(codes, parameters);
  }

  @Override
  public FeatureMap decode(
      Graph graph, List<SDVariable> indices, int batch, int height, int width) {
    List<SDVariable> codes = new ArrayList<>();
    for (int j = 0; j < branches.size(); j++) {
      codes.add(quantizers.get(j).entries(graph, indices.get(j)));
    }
    return fromCodes(graph, codes, batch, height, width);
  }

  @Override
  public Optional<String> parameter(String array) {
    return trainingOnly(array) ? Optional.empty() : Optional.of(array);
  }

  private boolean trainingOnly(String name) {
    return quantizers.stream().anyMatch(each -> each.trainingOnly(name))
        || branches.stream().anyMatch(each -> name.startsWith(each.predictionHead() + "."));
  }

  @Override
  public CodeForm codeForm() {
    return settings.quantizer().codeForm();
  }
}
