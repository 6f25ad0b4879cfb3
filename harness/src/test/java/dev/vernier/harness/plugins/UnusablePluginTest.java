package dev.vernier.harness.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Errors outside of any plugin's jar; PluginJarTest has those inside. */
class UnusablePluginTest {
  @Test
  void errorOfNoPluginThatIsKnown_blamesNone() {
    assertThat(UnusablePlugin.told(new AbstractMethodError("sample.Grey lacks a method\nand more")))
        .startsWith("classes do not fit together, get plugins that were built for this Vernier")
        .endsWith("java.lang.AbstractMethodError: sample.Grey lacks a method");
    assertThat(UnusablePlugin.told(new StackOverflowError())).isEmpty();
  }

  @Test
  void libraryThatIsNotThere_isNamed_andAClassOfVernierIsAnotherVersions() {
    assertThat(UnusablePlugin.told("mine.jar", new NoClassDefFoundError("missing/Gone")))
        .isEqualTo(
            "mine.jar needs missing.Gone, which is neither in its jar nor in Vernier: put that"
                + " library into the jar");
    assertThat(UnusablePlugin.told("mine.jar", new NoClassDefFoundError("dev/vernier/spi/Later")))
        .isEqualTo(
            "mine.jar cannot be used, get a version built for this Vernier:"
                + " java.lang.NoClassDefFoundError: dev/vernier/spi/Later");
    assertThat(
            UnusablePlugin.told(
                "mine.jar", new NoClassDefFoundError("Could not initialize class mine.Codes")))
        .contains("Could not initialize class mine.Codes");
  }
}
