package dev.vernier.harness.machine;

/** How a user gives this JVM its options: to the script, or to {@code spark-submit}. */
final class JavaOptions {
  /** What {@code spark-submit} tells its driver. */
  static final String SUBMITTED = "spark.submit.deployMode";

  /** What our script says of itself, which passes on to {@code spark-submit} what it is given. */
  private static final String SCRIPT = "vernier.program";

  private static final String VARIABLE = "VERNIER_JAVA_OPTIONS=";

  private JavaOptions() {}

  /**
   * The heap.
   *
   * @param size in MiB
   */
  static String heap(long size) {
    return submitted() ? "--driver-memory " + size + "m" : VARIABLE + "-Xmx" + size + "m";
  }

  /** A system property. */
  static String property(String name, String value) {
    return (submitted() ? "--driver-java-options " : VARIABLE) + "-D" + name + "=" + value;
  }

  private static boolean submitted() {
    return System.getProperty(SUBMITTED) != null && System.getProperty(SCRIPT) == null;
  }
}
