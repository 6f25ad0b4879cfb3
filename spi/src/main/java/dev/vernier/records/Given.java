package dev.vernier.records;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a run took as it was and did not train.
 *
 * @param kind what it is; weights where a record of an older version does not say
 * @param path where it lay, absolute: of an ONNX pair the encoder
 * @param beside what else belongs to it: the decoder of an ONNX pair, the codes of reconstructions;
 *     null where nothing does
 * @param hash SHA-256 of its contents: of a single file that of the file
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Given(Kind kind, String path, String beside, String hash) {
  /** What is given. */
  public enum Kind {
    /** Weights that a plugin loads: a file, or a folder that training wrote. */
    @JsonProperty("weights")
    WEIGHTS("weights"),
    /** An encoder and a decoder, two ONNX files. */
    @JsonProperty("onnx")
    ONNX("ONNX files"),
    /** Images that some tool made of the measured ones, with or without their codes. */
    @JsonProperty("reconstructions")
    RECONSTRUCTIONS("reconstructions");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** What readers call it; a plural. */
    public String words() {
      return words;
    }
  }

  /** Takes weights for granted where no kind is said. */
  public Given {
    kind = kind == null ? Kind.WEIGHTS : kind;
  }

  /** Weights. */
  public static Given weights(String path, String hash) {
    return new Given(Kind.WEIGHTS, path, null, hash);
  }

  /** What it is and where it lay, for readers. */
  public String words() {
    return kind.words() + " " + path + (beside == null ? "" : " and " + beside);
  }
}
