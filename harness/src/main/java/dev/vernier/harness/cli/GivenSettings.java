package dev.vernier.harness.cli;

import dev.vernier.spi.UsageException;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Reads what {@code --set KEY=VALUE} gives into the map of its option. Of a key that is given twice
 * nobody knows which was meant, so it is refused.
 */
@SuppressWarnings("JdkObsolete") // picocli hands on a Stack
final class GivenSettings implements IParameterConsumer {
  @Override
  public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
    String text = arguments.isEmpty() ? "" : arguments.pop();
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new ParameterException(
          command.commandLine(), "--set takes KEY=VALUE, not '" + text + "'");
    }
    try {
      put(option.getValue(), text.substring(0, equals), text.substring(equals + 1));
    } catch (UsageException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  /**
   * Adds a setting.
   *
   * @throws UsageException if it is there already, whatever its value
   */
  static void put(Map<String, String> given, String key, String value) {
    String before = given.putIfAbsent(key, value);
    if (before != null) {
      throw new UsageException(
          "the setting "
              + key
              + " is given twice, as '"
              + before
              + "' and as '"
              + value
              + "': leave one out");
    }
  }
}
