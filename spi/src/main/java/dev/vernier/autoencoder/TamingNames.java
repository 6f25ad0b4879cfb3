package dev.vernier.autoencoder;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Array names of Taming Transformers (also VQGAN-LC's) in LlamaGen's form: levels as {@code
 * conv_blocks}, those of the decoder counted from the lowest resolution; middle blocks by number.
 *
 * @param levels of the encoder; 0 where the file has LlamaGen's names already
 */
record TamingNames(int levels) {
  private static final Pattern LEVEL =
      Pattern.compile(
          "(encoder\\.down|decoder\\.up)\\.(\\d+)\\.(block|attn|downsample|upsample)(\\..*)");
  private static final Pattern MIDDLE =
      Pattern.compile("(encoder|decoder)\\.mid\\.(block_1|attn_1|block_2)(\\..*)");

  /** Those of a model. */
  static TamingNames of(Set<String> names) {
    int levels = 0;
    while (names.contains("encoder.down." + levels + ".block.0.conv1.weight")) {
      levels++;
    }
    return new TamingNames(levels);
  }

  /** The same array's name in LlamaGen's form. */
  String translate(String name) {
    if (levels == 0) {
      return name;
    }
    Matcher level = LEVEL.matcher(name);
    if (level.matches()) {
      boolean encoder = level.group(1).startsWith("encoder");
      int number = Integer.parseInt(level.group(2));
      String part = level.group(3).equals("block") ? "res" : level.group(3);
      return (encoder ? "encoder" : "decoder")
          + ".conv_blocks."
          + (encoder ? number : levels - 1 - number)
          + "."
          + part
          + level.group(4);
    }
    Matcher middle = MIDDLE.matcher(name);
    if (middle.matches()) {
      int number =
          switch (middle.group(2)) {
            case "block_1" -> 0;
            case "attn_1" -> 1;
            default -> 2;
          };
      return middle.group(1) + ".mid." + number + middle.group(3);
    }
    return name;
  }
}
