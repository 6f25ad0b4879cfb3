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
}
