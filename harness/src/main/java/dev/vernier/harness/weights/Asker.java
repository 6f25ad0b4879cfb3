package dev.vernier.harness.weights;

/** Who names weights of a tokenizer, for messages that say what to write instead. */
public enum Asker {
  /** {@code vernier eval}. */
  EVAL("--%s", "--%s %s", "weights", "--set"),
  /** {@code vernier sample}. */
  SAMPLE("--%s", "--%s %s", "tokenizer-weights", "--set"),
  /** A method in the YAML of an experiment. */
  EXPERIMENT("'%s'", "'%s: %s'", "weights", "'settings'");

  private final String key;
  private final String pair;
  private final String weights;
  private final String settings;

  Asker(String key, String pair, String weights, String settings) {
    this.key = key;
    this.pair = pair;
    this.weights = weights;
    this.settings = settings;
  }

  /** What names the weights. */
  String weights() {
    return key.formatted(weights);
  }

  /** The same with what to name. */
  String weights(Object path) {
    return pair.formatted(weights, path);
  }

  /** What names their tokenizer. */
  String tokenizer() {
    return key.formatted("tokenizer");
  }

  /** The same with what to name. */
  String tokenizer(String name) {
    return pair.formatted("tokenizer", name);
  }

  /** What gives settings. */
  String settings() {
    return settings;
  }
}
