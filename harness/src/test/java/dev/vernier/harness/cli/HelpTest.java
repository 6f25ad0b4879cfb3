package dev.vernier.harness.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

class HelpTest {
  static Stream<Class<?>> commands() {
    return Arrays.stream(Vernier.class.getAnnotation(Command.class).subcommands());
  }

  /** Picocli formats every text, and warns on the console where a percent sign is not doubled. */
  @ParameterizedTest
  @MethodSource("commands")
  void texts_areFormats(Class<?> command) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(command);
    Stream.of(
            Arrays.stream(spec.usageMessage().description()),
            Arrays.stream(spec.usageMessage().footer()),
            spec.args().stream().map(ArgSpec::description).flatMap(Arrays::stream))
        .flatMap(each -> each)
        .forEach(
            text -> assertThatCode(() -> text.formatted()).as(text).doesNotThrowAnyException());
  }
}
