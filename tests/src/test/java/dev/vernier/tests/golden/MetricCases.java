package dev.vernier.tests.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.metrics.DensityCoverage;
import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.harness.metrics.FrechetDistance;
import dev.vernier.harness.metrics.InceptionScore;
import dev.vernier.harness.metrics.InfiniteSamples;
import dev.vernier.harness.metrics.KernelDistance;
import dev.vernier.harness.metrics.NearestNeighbours;
import dev.vernier.harness.metrics.NumpyRandomState;
import dev.vernier.harness.metrics.PrecisionRecall;
import dev.vernier.harness.metrics.Psnr;
import dev.vernier.harness.metrics.Ssim;
import dev.vernier.harness.protocols.PairMeasure;
import dev.vernier.harness.protocols.PublishedProtocol;
import dev.vernier.harness.protocols.Reconstruction;
import dev.vernier.harness.protocols.Rounding;
import dev.vernier.records.MetricKind;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Pixels;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Metrics on features and pictures. */
final class MetricCases {
  private static final int SEED = 2020;

  private MetricCases() {}

  static Map<String, GoldenHandler> handlers() {
    Map<String, GoldenHandler> handlers = new LinkedHashMap<>();
    for (String name : new String[] {"fid_basic", "fid_identical", "fid_rank_deficient"}) {
      handlers.put(name, MetricCases::frechet);
    }
    handlers.put("is_adm", MetricCases::scoreOfAdm);
    handlers.put("is_torch_fidelity", MetricCases::scoreOfTorchFidelity);
    handlers.put("kid_subsets", MetricCases::kernelDistance);
    handlers.put("kid_default_100x1000", MetricCases::kernelDistance);
    handlers.put("kid_full_set", MetricCases::kernelDistanceOfAll);
    handlers.put("prc_torch_fidelity", MetricCases::precisionOfTorchFidelity);
    handlers.put("prc_adm", MetricCases::precisionOfAdm);
    handlers.put("density_coverage", MetricCases::densityAndCoverage);
    handlers.put("infinite_samples", MetricCases::infiniteSamples);
    handlers.put("psnr_ssim", MetricCases::pictures);
    handlers.put("numpy_randomstate", MetricCases::randomState);
    return handlers;
  }

  private static FeatureMatrix features(GoldenCase golden, String name) {
    NumpyArray array = golden.array(name);
    return new FeatureMatrix(array.floats(), array.shape()[0], array.shape()[1]);
  }

  private static void frechet(GoldenCase golden) {
    FeatureStatistics a = FeatureStatistics.of(features(golden, "features_1"));
    FeatureStatistics b = FeatureStatistics.of(features(golden, "features_2"));
    golden.expect("mu_1", a.mean());
    golden.expect("sigma_1", a.covariance());
    golden.expect("mu_2", b.mean());
    golden.expect("sigma_2", b.covariance());
    double distance = FrechetDistance.between(a, b);
    golden.expectScalar("exact_nuclear_norm", distance);
    golden.expectScalar("pytorch_fid", distance);
    golden.expectScalar("torch_fidelity_f64_features", distance);
    golden.expectScalar("pytorch_fid_scipy_1.11.4", distance);
    golden.expectScalar("clean_fid_f32_features", distance);
    golden.expectScalar("torch_fidelity_f32_features", distance);
    golden.expectScalar("adm_evaluator_f32_features", distance);
  }

  private static void scoreOfAdm(GoldenCase golden) {
    FeatureMatrix logits = features(golden, "logits");
    int[] order = IntStream.range(0, logits.rows()).toArray();
    for (JsonNode size : golden.parameters().get("split_sizes")) {
      golden.expectScalar(
          "is_split_" + size.asInt(), InceptionScore.chunks(logits, order, size.asInt()).mean());
    }
  }

  private static void scoreOfTorchFidelity(GoldenCase golden) {
    FeatureMatrix logits = features(golden, "logits");
    int splits = golden.count("splits", 10);
    int seed = golden.count("rng_seed", SEED);
    InceptionScore shuffled = InceptionScore.shuffled(logits, splits, seed);
    InceptionScore ordered = InceptionScore.ordered(logits, splits);
    golden.expectScalar("is_mean_shuffled", shuffled.mean());
    golden.expectScalar("is_std_shuffled", shuffled.deviation());
    golden.expectScalar("is_mean_unshuffled", ordered.mean());
    golden.expectScalar("is_std_unshuffled", ordered.deviation());
    golden.expect("permutation", new NumpyRandomState(seed).permutation(logits.rows()));
    golden.leaveOut(
        "their mean and deviation are compared",
        "split_scores_shuffled",
        "split_scores_unshuffled");
  }

  private static void kernelDistance(GoldenCase golden) {
    assertKernelIsOurs(golden);
    FeatureMatrix a = features(golden, "features_1");
    FeatureMatrix b = features(golden, "features_2");
    int subsets = golden.parameters().get("kid_subsets").asInt();
    int size = golden.parameters().get("kid_subset_size").asInt();
    KernelDistance distance =
        KernelDistance.subsets(a, b, subsets, size, golden.count("rng_seed", SEED));
    golden.expectScalar("kid_mean", distance.mean());
    golden.expectScalar("kid_std", distance.deviation());
    golden.leaveOut(
        "their mean and deviation are compared, which any other subset would change",
        "mmd_per_subset_f64",
        "subset_indices_1",
        "subset_indices_2",
        "subset_indices_1_first3",
        "subset_indices_2_first3");
  }

  private static void assertKernelIsOurs(GoldenCase golden) {
    golden.fixed("degree", 3);
    golden.fixed("coef0", 1);
  }

  private static void kernelDistanceOfAll(GoldenCase golden) {
    assertKernelIsOurs(golden);
    FeatureMatrix a = features(golden, "features_1");
    FeatureMatrix b = features(golden, "features_2");
    double distance = KernelDistance.full(a, b);
    golden.expectScalar("poly_mmd2_unbiased", distance);
    golden.expectScalar("clean_fid_kernel_distance", distance);
    golden.expectScalar("torch_fidelity_kid_mean", distance);
    golden.expectScalar("torch_fidelity_kid_std", 0);
    golden.leaveOut(
        "other estimators, which no tool of the field reports",
        "poly_mmd2_biased",
        "poly_mmd2_u_statistic");
  }

  private static void precisionOfTorchFidelity(GoldenCase golden) {
    FeatureMatrix generated = features(golden, "features_1_generated");
    FeatureMatrix real = features(golden, "features_2_real");
    PrecisionRecall shares =
        PrecisionRecall.of(real, generated, golden.count("k", PrecisionRecall.NEIGHBOURS));
    golden.expectScalar("precision", shares.precision());
    golden.expectScalar("recall", shares.recall());
    double f = 2 * shares.precision() * shares.recall() / (shares.precision() + shares.recall());
    golden.expectScalar("f_score", f);
    double[] ofGenerated =
        NearestNeighbours.squaredRadii(generated, golden.count("k", PrecisionRecall.NEIGHBOURS));
    double[] ofReal =
        NearestNeighbours.squaredRadii(real, golden.count("k", PrecisionRecall.NEIGHBOURS));
    golden.expect("radii_generated", Arrays.stream(ofGenerated).map(Math::sqrt).toArray());
    golden.expect("radii_real", Arrays.stream(ofReal).map(Math::sqrt).toArray());
    golden.expect("generated_in_real", NearestNeighbours.within(generated, real, ofReal));
    golden.expect("real_in_generated", NearestNeighbours.within(real, generated, ofGenerated));
  }

  private static void precisionOfAdm(GoldenCase golden) {
    for (String path : new String[] {"_fp16_path", "_fp32_path"}) {
      FeatureMatrix sample = features(golden, "features_sample" + path);
      FeatureMatrix real = features(golden, "features_ref" + path);
      PrecisionRecall shares =
          PrecisionRecall.of(real, sample, golden.count("k", PrecisionRecall.NEIGHBOURS));
      golden.expectScalar("precision_exact" + path, shares.precision());
      golden.expectScalar("recall_exact" + path, shares.recall());
      double[] ofSample =
          NearestNeighbours.squaredRadii(sample, golden.count("k", PrecisionRecall.NEIGHBOURS));
      double[] ofReal =
          NearestNeighbours.squaredRadii(real, golden.count("k", PrecisionRecall.NEIGHBOURS));
      golden.expect("sample_in_ref" + path, NearestNeighbours.within(sample, real, ofReal));
      golden.expect("ref_in_sample" + path, NearestNeighbours.within(real, sample, ofSample));
      PrecisionRecall adm =
          PrecisionRecall.adm(real, sample, golden.count("k", PrecisionRecall.NEIGHBOURS));
      golden.expectScalar("precision" + path, adm.precision());
      golden.expectScalar("recall" + path, adm.recall());
      if (path.equals("_fp32_path")) {
        golden.expect("squared_radii_sample" + path, ofSample);
        golden.expect("squared_radii_ref" + path, ofReal);
      }
    }
    golden.leaveOut(
        "sums in float16, whose rounding depends on TensorFlow's kernels; what they decide is compared",
        "squared_radii_ref_fp16_path",
        "squared_radii_sample_fp16_path");
  }

  private static void densityAndCoverage(GoldenCase golden) {
    FeatureMatrix real = features(golden, "features_real");
    FeatureMatrix generated = features(golden, "features_generated");
    int k = golden.count("k");
    double[] squared = NearestNeighbours.squaredRadii(real, k);
    golden.expect("radii_real", Arrays.stream(squared).map(Math::sqrt).toArray());
    DensityCoverage both = DensityCoverage.of(real, generated, k);
    golden.expectScalar("density", both.density());
    golden.expectScalar("coverage", both.coverage());
  }

  private static void infiniteSamples(GoldenCase golden) {
    FeatureMatrix real = features(golden, "features_real");
    FeatureMatrix generated = features(golden, "features_generated");
    int seed = golden.count("rng_seed");
    golden.expectScalar(
        "frechet", InfiniteSamples.frechet(FeatureStatistics.of(real), generated, seed));
    golden.expectScalar("kernel", InfiniteSamples.kernel(real, generated, seed));
  }

  private static void pictures(GoldenCase golden) {
    NumpyArray output = golden.array("model_output");
    int images = output.shape()[0];
    int height = output.shape()[2];
    int width = output.shape()[3];
    int each = 3 * height * width;
    byte[] rounded = Pixels.toBytes(golden.tensor("model_output"));
    byte[] truth = golden.array("gt_uint8").data();
    double[] interleaved = new double[rounded.length];
    double[] psnr = new double[images];
    double[] wang = new double[images];
    double[] uniform = new double[images];
    double[] llamagen = new double[images];
    for (int n = 0; n < images; n++) {
      byte[] ours = Arrays.copyOfRange(rounded, n * each, (n + 1) * each);
      byte[] real = new byte[each];
      for (int i = 0; i < height * width; i++) {
        for (int c = 0; c < 3; c++) {
          real[c * height * width + i] = truth[n * each + 3 * i + c];
          interleaved[n * each + 3 * i + c] = ours[c * height * width + i] & 0xff;
        }
      }
      psnr[n] = Psnr.of(ours, real);
      wang[n] = Ssim.WANG.of(ours, real, height, width);
      uniform[n] = Ssim.UNIFORM.of(ours, real, height, width);
      llamagen[n] = Ssim.LLAMAGEN.of(ours, real, height, width);
    }
    golden.expect("fqgan_restored_uint8", interleaved);
    golden.expectScalar("uint8_psnr", psnr);
    golden.expectScalar("fqgan_psnr", psnr);
    golden.expectScalar("fqgan_psnr_mean", Arrays.stream(psnr).average().orElseThrow());
    golden.expectScalar("uint8_ssim_wang", wang);
    golden.expectScalar("uint8_ssim_default", uniform);
    golden.expectScalar("fqgan_ssim_if_data_range_1", uniform);
    golden.expectScalar("fqgan_ssim", llamagen);
    golden.expectScalar("fqgan_ssim_mean", Arrays.stream(llamagen).average().orElseThrow());
    ofSeedVoken(golden);
    golden.leaveOut(
        "torchmetrics' borders and means, which no protocol of ours uses",
        "torchmetrics_ssim",
        "torchmetrics_ssim_interior",
        "torchmetrics_psnr",
        "torchmetrics_ssim_batch_mean",
        "torchmetrics_psnr_batch");
  }

  private static void ofSeedVoken(GoldenCase golden) {
    NumpyArray output = golden.array("model_output");
    ImageSize size = new ImageSize(output.shape()[2], output.shape()[3]);
    int images = output.shape()[0];
    byte[] truth = golden.array("gt_uint8").data();
    float[] decoded = output.floats();
    double[] restored = new double[truth.length];
    double[] original = new double[truth.length];
    int changed = 0;
    for (int i = 0; i < truth.length; i++) {
      int image = i / (3 * size.area());
      int pixel = i / 3 % size.area();
      restored[i] = Rounding.TRUNCATED.level(decoded[(3 * image + i % 3) * size.area() + pixel]);
      original[i] = Rounding.TRUNCATED.level((float) ((truth[i] & 0xff) / 127.5 - 1));
      changed += original[i] == (truth[i] & 0xff) ? 0 : 1;
    }
    golden.expect("seedvoken_restored_uint8", restored);
    golden.expect("seedvoken_gt_uint8", original);
    golden.expectScalar("seedvoken_gt_pixels_changed", changed);
    for (PairMeasure measure : PublishedProtocol.SEED_VOKEN.pairs()) {
      double[] scores = new double[images];
      int each = 3 * size.area();
      for (int n = 0; n < images; n++) {
        byte[] pixels = Arrays.copyOfRange(truth, n * each, (n + 1) * each);
        float[] values = Arrays.copyOfRange(decoded, n * each, (n + 1) * each);
        scores[n] =
            measure
                .of(
                    RgbImage.interleaved(size.width(), size.height(), pixels).rgb(),
                    new Reconstruction.Decoded(values),
                    size)
                .orElseThrow();
      }
      boolean psnr = measure.kind() == MetricKind.PSNR_SEED_VOKEN;
      golden.expectScalar(psnr ? "seedvoken_psnr" : "seedvoken_ssim", scores);
    }
  }

  private static void randomState(GoldenCase golden) {
    for (JsonNode each : golden.parameters().get("seeds")) {
      int seed = each.asInt();
      NumpyRandomState raw = new NumpyRandomState(seed);
      double[] outputs = new double[golden.array("raw_" + seed).length()];
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = raw.next();
      }
      golden.expect("raw_" + seed, outputs);
      NumpyRandomState fresh = new NumpyRandomState(seed);
      golden.expect(
          "permutation_" + seed, fresh.permutation(golden.parameters().get("n_perm").asInt()));
      golden.expect(
          "choice_" + seed,
          fresh.choice(
              golden.parameters().get("n_choice").asInt(),
              golden.parameters().get("m_choice").asInt()));
    }
  }
}
