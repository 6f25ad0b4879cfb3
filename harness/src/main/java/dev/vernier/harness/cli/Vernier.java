package dev.vernier.harness.cli;

import dev.vernier.harness.files.UnusableFile;
import dev.vernier.harness.machine.Machine;
import dev.vernier.harness.machine.MemoryAdvice;
import dev.vernier.harness.machine.TemporaryFolder;
import dev.vernier.harness.plugins.UnusablePlugin;
import dev.vernier.harness.runs.Interruption;
import dev.vernier.records.FullDisk;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.UsageException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program. */
@Command(
    name = "vernier",
    description = "A benchmark harness for visual tokenizers.",
    mixinStandardHelpOptions = true,
    versionProvider = Vernier.Version.class,
    subcommands = {
      RunCommand.class,
      EvalCommand.class,
      ScoreCommand.class,
      CompareCommand.class,
      ExportCommand.class,
      TrainCommand.class,
      SampleCommand.class,
      ReportCommand.class,
      GateCommand.class,
      ListCommand.class,
      NewCommand.class,
      DoctorCommand.class,
      WorkerCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 success, 1 a gate failed, 2 wrong use or bad input, 3 some cells failed, a gate"
          + " could not decide, or an internal error.",
      "To start: vernier run fig1"
    })
public final class Vernier implements Runnable {
  private static final String EMPTY = "is empty: name a file or folder";

  private final Interruption interruption = new Interruption();
  private final String command;
  @Spec private CommandSpec spec;

  private Vernier(String command) {
    this.command = command;
  }

  /** Runs the program and ends the JVM. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /**
   * Runs the program.
   *
   * @return the exit code
   */
  public static int execute(String... arguments) {
    System.setProperty("java.awt.headless", "true");
    // Numbers in files and lines have the same digits everywhere.
    Locale.setDefault(Locale.ROOT);
    Vernier vernier = new Vernier(Invocation.of(arguments).line());
    CommandLine line = new CommandLine(vernier);
    line.registerConverter(Path.class, Vernier::path);
    line.registerConverter(
        Integer.class, text -> number(text, Integer::valueOf, Integer.MAX_VALUE));
    line.registerConverter(Long.class, text -> number(text, Long::valueOf, Long.MAX_VALUE));
    line.setParameterExceptionHandler((error, given) -> wrongUse(error));
    line.setExecutionExceptionHandler((error, command, result) -> failed(error, command));
    try {
      return printed(line.execute(arguments), line);
    } catch (Error e) {
      // Picocli handles exceptions alone, and code 1 would say that a gate failed.
      return failed(e, line);
    } finally {
      // Not before the last line is printed, with which the JVM ends where it was interrupted.
      vernier.interruption.finished();
    }
  }

  /** Says where output was lost, but not to a reader that went away, as {@code head} does. */
  private static int printed(int code, CommandLine line) {
    if (!System.out.checkError()) {
      return code;
    }
    try {
      // The stream keeps its errors to itself; what it writes to does not.
      new FileOutputStream(FileDescriptor.out).write('\n');
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("pipe")) {
        print(line, "standard output cannot be written (" + e.getMessage() + "): results are lost");
        return code == ExitCodes.DONE ? ExitCodes.WRONG_USE : code;
      }
    }
    return code;
  }

  /** Ctrl-C, as long work sees it. */
  Interruption interruption() {
    return interruption;
  }

  /** What the user wrote, as records keep it. */
  String command() {
    return command;
  }

  private static int wrongUse(ParameterException error) {
    CommandLine command = error.getCommandLine();
    String message = error.getMessage();
    if (error instanceof UnmatchedArgumentException unmatched) {
      message = unmatched(unmatched);
    } else if (error.getCause() instanceof TypeConversionException && message.endsWith(EMPTY)) {
      ArgSpec argument = error.getArgSpec();
      message =
          (argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel())
              + " "
              + EMPTY;
    }
    print(command, message.lines().findFirst().orElse("") + "; see " + name(command) + " --help");
    return ExitCodes.WRONG_USE;
  }

  private static Path path(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException(EMPTY);
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(noPath(e));
    }
  }

  private static <N extends Number> N number(String text, Function<String, N> reader, N largest) {
    try {
      return reader.apply(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a whole number up to " + largest);
    }
  }

  private static String noPath(InvalidPathException error) {
    return "'"
        + error.getInput().replaceAll("\\p{Cntrl}", "?")
        + "' cannot name a file ("
        + error.getReason()
        + "): check it; names beyond ASCII need a locale of UTF-8, such as LC_ALL=C.UTF-8";
  }

  private static String unmatched(UnmatchedArgumentException error) {
    String argument = error.getUnmatched().get(0);
    CommandLine command = error.getCommandLine();
    if (argument.startsWith("-")) {
      String name = argument.split("=", 2)[0];
      return "there is no option "
          + name
          + NearestName.of(name, command.getCommandSpec().optionsMap().keySet())
              .map(near -> "; did you mean " + near + "?")
              .orElse("");
    }
    if (command.getSubcommands().isEmpty()) {
      return "unexpected argument '" + argument + "'";
    }
    return NearestName.unknown(
        "command",
        argument,
        command.getSubcommands().values().stream()
            .filter(each -> !each.getCommandSpec().usageMessage().hidden())
            .map(CommandLine::getCommandName)
            .toList());
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }

  private static int failed(Throwable error, CommandLine command) {
    Optional<String> line = explanation(error);
    if (line.isPresent()) {
      print(command, line.get());
      return ExitCodes.WRONG_USE;
    }
    print(command, "internal error; please report it with the lines below");
    error.printStackTrace(command.getErr());
    return ExitCodes.CELLS_FAILED;
  }

  /** The line for what a user can fix; empty for anything else. */
  static Optional<String> explanation(Throwable error) {
    if (error instanceof UsageException) {
      return Optional.of(error.getMessage());
    }
    if (error instanceof InvalidPathException path) {
      return Optional.of(noPath(path));
    }
    if (error instanceof OutOfMemoryError memory) {
      return Optional.of(MemoryAdvice.of(memory));
    }
    if (error instanceof LinkageError unfit) {
      return Optional.of(UnusablePlugin.told(unfit));
    }
    if (error instanceof StackOverflowError deep) {
      return UnusablePlugin.told(deep);
    }
    if (FullDisk.isCauseOf(error)) {
      return Optional.of(fullDisk(error));
    }
    if (error instanceof FileSystemException file) {
      return Optional.of(UnusableFile.told(file));
    }
    if (error instanceof IOException) {
      return Optional.of(
          Stream.ofNullable(error.getMessage())
              .flatMap(String::lines)
              .findFirst()
              .orElse("reading or writing failed (" + error.getClass().getSimpleName() + ")"));
    }
    return error.getCause() == null ? Optional.empty() : explanation(error.getCause());
  }

  private static String fullDisk(Throwable error) {
    for (Throwable each = error; each != null; each = each.getCause()) {
      if (each instanceof FullDisk told) {
        return told.getMessage();
      }
      if (each instanceof FileSystemException known && known.getFile() != null) {
        return FullDisk.at(Path.of(known.getFile()), 0, error).getMessage();
      }
    }
    return "a disk is full, that of what is written or of temporary files ("
        + TemporaryFolder.path()
        + "): make space and give the command again, a run with --resume";
  }

  private static void print(CommandLine command, String message) {
    PrintWriter err = command.getErr();
    err.println("vernier: " + message);
    err.flush();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command, such as: vernier run fig1");
  }

  /** The version line. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Vernier " + Machine.version() + ", commit " + Machine.commit()};
    }
  }
}
