package dev.vernier.harness.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vernier new}: projects of plugins. */
@Command(
    name = "new",
    description = "Writes the project of a new plugin.",
    mixinStandardHelpOptions = true,
    subcommands = NewTokenizerCommand.class)
final class NewCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name the kind of plugin, such as: vernier new tokenizer my-vq");
  }
}
