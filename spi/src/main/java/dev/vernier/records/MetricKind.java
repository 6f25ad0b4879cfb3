package dev.vernier.records;

import dev.vernier.records.Metric.Better;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The catalogue of metrics: under which key a number stands in records and files, what people read,
 * which direction is better, what it is computed from and what judges it. Nothing else spells a
 * key.
 */
public enum MetricKind {
  /** Frechet distance of images and their reconstructions (Heusel et al. 2017). */
  RFID("rfid", "rFID", Better.LOWER, "frechet distance", Need.STATISTICS),
  /** {@link #RFID} less the bias of so few images, as its resamples have it; may be below 0. */
  RFID_CORRECTED(
      "rfid_corrected",
      "rFID, bias-corrected",
      Better.LOWER,
      "frechet distance less bootstrap bias",
      Need.STATISTICS),
  /** Frechet distance of generated images and the reference. */
  GFID("gfid", "gFID", Better.LOWER, "frechet distance", Need.STATISTICS),
  /** {@link #GFID} less the bias of so few generated images, as its resamples have it. */
  GFID_CORRECTED(
      "gfid_corrected",
      "gFID, bias-corrected",
      Better.LOWER,
      "frechet distance less bootstrap bias",
      Need.STATISTICS),
  /** Frechet distance extrapolated to infinitely many images (Chong and Forsyth 2020). */
  FID_INFINITY(
      "fid_infinity",
      "FID (N to infinity)",
      Better.LOWER,
      "frechet distance at infinite N",
      Need.STATISTICS),
  /** Frechet distance of features that keep their places (Nash et al. 2021). */
  SFID("sfid", "sFID", Better.LOWER, "frechet distance of the layout", Need.LAYOUT),
  /** Inception score, images shuffled (Salimans et al. 2016). */
  INCEPTION_SCORE("inception_score", "IS", Better.HIGHER, "inception score", Need.LOGITS),
  /**
   * Inception score of chunks of images (Dhariwal and Nichol 2021): of reconstructions in class
   * order, where a chunk holds few classes and so scores low; of images that were drawn, and of
   * those that say no class, in their own order.
   */
  INCEPTION_SCORE_ADM(
      "inception_score_adm",
      "IS (ADM, in order)",
      Better.HIGHER,
      "inception score in order",
      Need.LOGITS),
  /** Unbiased kernel distance over subsets (Binkowski et al. 2018). */
  KID("kid", "KID", Better.LOWER, "kernel distance", Need.FEATURES),
  /** Kernel distance extrapolated to infinitely many images. */
  KID_INFINITY(
      "kid_infinity",
      "KID (N to infinity)",
      Better.LOWER,
      "kernel distance at infinite N",
      Need.FEATURES),
  /** Share of the images within the manifold of the reference (Kynkaanniemi et al. 2019). */
  PRECISION("precision", "Precision", Better.HIGHER, "precision and recall", Need.FEATURES),
  /** Share of the reference within the manifold of the images. */
  RECALL("recall", "Recall", Better.HIGHER, "precision and recall", Need.FEATURES),
  /** Precision by distances in half precision (Dhariwal and Nichol 2021). */
  PRECISION_ADM(
      "precision_adm",
      "Precision (ADM fp16)",
      Better.HIGHER,
      "precision and recall of ADM",
      Need.FEATURES),
  /** Recall by distances in half precision. */
  RECALL_ADM(
      "recall_adm",
      "Recall (ADM fp16)",
      Better.HIGHER,
      "precision and recall of ADM",
      Need.FEATURES),
  /** How many balls of the reference an image lies in (Naeem et al. 2020). */
  DENSITY("density", "Density", Better.HIGHER, "density and coverage", Need.FEATURES),
  /** Share of the reference whose balls hold an image. */
  COVERAGE("coverage", "Coverage", Better.HIGHER, "density and coverage", Need.FEATURES),
  /** Peak signal-to-noise ratio, the mean of the images, in dB. */
  PSNR("psnr", "PSNR", Better.HIGHER, "psnr, mean of images", Need.PAIRS),
  /** Peak signal-to-noise ratio of the squared error of all images, in dB. */
  PSNR_POOLED(
      "psnr_pooled",
      "PSNR (pooled)",
      Better.HIGHER,
      "psnr of the pooled squared error",
      Need.PAIRS),
  /** Structural similarity (Wang et al. 2004). */
  SSIM("ssim", "SSIM", Better.HIGHER, "ssim", Need.PAIRS),
  /** Learned perceptual distance (Zhang et al. 2018); the net's name is that of the protocol. */
  LPIPS("lpips", "LPIPS", Better.LOWER, "lpips", Need.DISTANCE),
  /** {@link #RFID} as LlamaGen and FQGAN compute it. */
  RFID_LLAMAGEN(
      "rfid_llamagen",
      "rFID (LlamaGen)",
      Better.LOWER,
      "frechet distance of LlamaGen",
      Need.STATISTICS),
  /** {@link #PSNR} as LlamaGen and FQGAN compute it. */
  PSNR_LLAMAGEN("psnr_llamagen", "PSNR (LlamaGen)", Better.HIGHER, "psnr of LlamaGen", Need.PAIRS),
  /** {@link #SSIM} as LlamaGen and FQGAN compute it, with twice the range of the images. */
  SSIM_LLAMAGEN(
      "ssim_llamagen",
      "SSIM (LlamaGen: twice the range)",
      Better.HIGHER,
      "ssim of LlamaGen",
      Need.PAIRS),
  /** {@link #RFID} as Open-MAGVIT2 and IBQ compute it, of floats. */
  RFID_SEED_VOKEN(
      "rfid_seed_voken",
      "rFID (SEED-Voken: floats)",
      Better.LOWER,
      "frechet distance of SEED-Voken",
      Need.STATISTICS),
  /** {@link #PSNR} as Open-MAGVIT2 and IBQ compute it. */
  PSNR_SEED_VOKEN(
      "psnr_seed_voken",
      "PSNR (SEED-Voken: truncated)",
      Better.HIGHER,
      "psnr of SEED-Voken",
      Need.PAIRS),
  /** {@link #SSIM} as Open-MAGVIT2 and IBQ compute it. */
  SSIM_SEED_VOKEN(
      "ssim_seed_voken",
      "SSIM (SEED-Voken: truncated)",
      Better.HIGHER,
      "ssim of SEED-Voken",
      Need.PAIRS),
  /** {@link #RFID} as VQGAN-LC computes it, against images that were not cropped. */
  RFID_VQGAN_LC(
      "rfid_vqgan_lc",
      "rFID (VQGAN-LC: uncropped)",
      Better.LOWER,
      "frechet distance of VQGAN-LC",
      Need.STATISTICS),
  /** {@link #PSNR} as VQGAN-LC computes it, of the luma. */
  PSNR_VQGAN_LC(
      "psnr_vqgan_lc", "PSNR (VQGAN-LC: luma)", Better.HIGHER, "psnr of VQGAN-LC", Need.PAIRS),
  /** {@link #SSIM} as VQGAN-LC computes it, of images that are reduced where they are large. */
  SSIM_VQGAN_LC("ssim_vqgan_lc", "SSIM (VQGAN-LC)", Better.HIGHER, "ssim of VQGAN-LC", Need.PAIRS),
  /** {@link #RFID} as TiTok computes it. */
  RFID_TITOK(
      "rfid_titok", "rFID (TiTok)", Better.LOWER, "frechet distance of TiTok", Need.STATISTICS),
  /** Bits per pixel as the sizes of the sub-codebooks have it. */
  BITS_PER_PIXEL(
      "bits_per_pixel",
      "Bits per pixel",
      Better.NEITHER,
      "bits per pixel from index sizes",
      Need.CODES),
  /** Bits per pixel as the entropy of the indices has it. */
  ENTROPY_BITS_PER_PIXEL(
      "entropy_bits_per_pixel",
      "Entropy bits per pixel",
      Better.NEITHER,
      "bits per pixel from index entropy",
      Need.CODES),
  /** Entropy of a token, the tuple of sub-codes of a position, in bits, as the counts have it. */
  ENTROPY(
      "entropy",
      "Entropy of a token, bits (plug-in)",
      Better.NEITHER,
      "entropy of a token, plug-in",
      Need.CODES),
  /** The same with the first term of its bias (Miller 1955). */
  ENTROPY_MILLER_MADOW(
      "entropy_miller_madow",
      "Entropy of a token, bits (Miller-Madow)",
      Better.NEITHER,
      "entropy of a token, Miller-Madow",
      Need.CODES),
  /** The same for coverage, which serves where most codes did not occur (Chao and Shen 2003). */
  ENTROPY_CHAO_SHEN(
      "entropy_chao_shen",
      "Entropy of a token, bits (Chao-Shen)",
      Better.NEITHER,
      "entropy of a token, Chao-Shen",
      Need.CODES),
  /**
   * Sum of the entropies of all sub-codebooks, of each the larger one of both estimates: what no
   * joint entropy exceeds.
   */
  ENTROPY_BOUND(
      "entropy_bound",
      "Sum of the sub-codebooks' entropies, bits",
      Better.NEITHER,
      "sum of the entropies of sub-codebooks, the larger estimate of each",
      Need.CODES),
  /** Probability that the next token is one that has not occurred yet (Good 1953). */
  UNSEEN_MASS(
      "unseen_mass",
      "Unseen mass (Good-Turing)",
      Better.NEITHER,
      "probability of an unseen token, Good-Turing",
      Need.CODES),
  /** {@link #USAGE} that as few tokens as the label says would show (Hurlbert 1971). */
  RAREFIED_USAGE(
      "rarefied_usage",
      "Usage at 10,000 tokens",
      Better.HIGHER,
      "codebook use, rarefied",
      Need.CODES),
  /** What the sub-codes of a position say of each other, less what independent ones show. */
  MUTUAL_INFORMATION(
      "mutual_information",
      "Mutual information of sub-codebooks, bits",
      Better.NEITHER,
      "mutual information of sub-codebooks",
      Need.CODES),
  /** What independent sub-codebooks show of it, the bias that was subtracted. */
  MUTUAL_INFORMATION_NULL(
      "mutual_information_null",
      "Mutual information if independent, bits",
      Better.NEITHER,
      "mutual information of permuted sub-codebooks",
      Need.CODES),
  /** Negative log-likelihood of the sub-tokens of a position together. */
  NLL_BITS_PER_POSITION(
      "nll_bits_per_position",
      "Joint NLL, bits per position",
      Better.LOWER,
      "negative log-likelihood of a position",
      Need.LIKELIHOOD),
  /** Negative log-likelihood of all sub-tokens of an image. */
  NLL_BITS_PER_IMAGE(
      "nll_bits_per_image",
      "Joint NLL, bits per image",
      Better.LOWER,
      "negative log-likelihood of an image",
      Need.LIKELIHOOD),
  /** How many equally likely entries would be as hard to predict as a sub-token. */
  NLL_PERPLEXITY(
      "nll_perplexity",
      "Perplexity per sub-token",
      Better.LOWER,
      "perplexity of a sub-token",
      Need.LIKELIHOOD),
  /** Share of all entries of all sub-codebooks that occurred, see {@link Cell#usage}. */
  USAGE("usage", "Usage", Better.HIGHER, "codebook use", Need.CODES),
  /** How many entries, used equally, would give the entropy, see {@link CodebookUse}. */
  PERPLEXITY("perplexity", "Perplexity", Better.NEITHER, "codebook use", Need.CODES);

  /** What a metric is computed from. */
  public enum Need {
    /** Images with a partner each. */
    PAIRS,
    /** Pooled features of the images; mean and covariance of the reference's. */
    STATISTICS,
    /** Features of the images that keep their places; mean and covariance of the reference's. */
    LAYOUT,
    /** Pooled features of the images and of the reference. */
    FEATURES,
    /** Class scores of the images. */
    LOGITS,
    /** Images with a partner each, and a perceptual distance. */
    DISTANCE,
    /** Codes of a tokenizer. */
    CODES,
    /** Codes of a tokenizer, and a generator of them. */
    LIKELIHOOD
  }

  private final String key;
  private final String label;
  private final Better better;
  private final String protocol;
  private final Need need;

  MetricKind(String key, String label, Better better, String protocol, Need need) {
    this.key = key;
    this.label = label;
    this.better = better;
    this.protocol = protocol;
    this.need = need;
  }

  /** The key in records and files. */
  public String key() {
    return key;
  }

  /** What tables and axes call it, without the features it was computed from. */
  public String label() {
    return label;
  }

  /** Which direction is better. */
  public Better better() {
    return better;
  }

  /** What its protocols call the computation. */
  public String protocol() {
    return protocol;
  }

  /** What it is computed from. */
  public Need need() {
    return need;
  }

  /** Whether it is computed from images, and not from the codes of the dataset's. */
  public boolean isOfImages() {
    return need != Need.CODES && need != Need.LIKELIHOOD;
  }

  /**
   * The metric by which a method is judged where this one is compared: itself, or the rFID where
   * more of it is neither better nor worse, and for {@link #USAGE} of either kind, which poor codes
   * can raise.
   */
  public MetricKind judge() {
    return better == Better.NEITHER || this == USAGE || this == RAREFIED_USAGE ? RFID : this;
  }

  /** The metric of a key; empty for one that another version wrote. */
  public static Optional<MetricKind> of(String key) {
    return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
  }

  /** The keys of those that have one number a cell, which a finding can be about. */
  public static List<String> comparable() {
    // Each sub-codebook has a perplexity of its own.
    return Arrays.stream(values()).filter(each -> each != PERPLEXITY).map(MetricKind::key).toList();
  }
}
