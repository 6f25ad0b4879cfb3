package dev.vernier.reports.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium, spoken to by its DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
  private final List<String> errors = new ArrayList<>();
  private int sent;

  private Browser(Process process, Path profile) throws IOException, InterruptedException {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(page(profile), new Receiver())
            .join();
    for (String domain : List.of("Page", "Runtime", "Log")) {
      call(domain + ".enable", Map.of());
    }
  }

  /** The program; empty where there is none on the PATH. */
  static Optional<Path> program() {
    List<Path> folders =
        Pattern.compile(Pattern.quote(File.pathSeparator))
            .splitAsStream(System.getenv().getOrDefault("PATH", ""))
            .map(Path::of)
            .toList();
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts it.
   *
   * @param profile an empty folder for what it keeps
   */
  static Browser start(Path program, Path profile) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("output").toFile())
            .start();
    try {
      return new Browser(process, profile);
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** The address of its only page, once it says which port it listens on. */
  private static URI page(Path profile) throws IOException, InterruptedException {
    Path port = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(port) || Files.readAllLines(port).size() < 2) {
      if (System.nanoTime() > end) {
        throw new IOException(
            "Chromium did not start: " + Files.readString(profile.resolve("output")));
      }
      Thread.sleep(20);
    }
    URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/list");
    String pages =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    for (JsonNode each : JSON.readTree(pages)) {
      if (each.get("type").asText().equals("page")) {
        return URI.create(each.get("webSocketDebuggerUrl").asText());
      }
    }
    throw new IOException("Chromium has no page: " + pages);
  }

  /** Puts whole messages into the queue. */
  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          received.add(JSON.readTree(text.toString()));
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private JsonNode call(String method, Map<String, ?> parameters)
      throws IOException, InterruptedException {
    int id = ++sent;
    socket
        .sendText(
            JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
        .join();
    JsonNode answer = next();
    while (!answer.path("id").isInt() || answer.get("id").asInt() != id) {
      answer = next();
    }
    if (answer.has("error")) {
      throw new IOException(method + ": " + answer.get("error"));
    }
    return answer.get("result");
  }

  private JsonNode next() throws IOException, InterruptedException {
    JsonNode message = received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (message == null) {
      throw new IOException("Chromium does not answer");
    }
    JsonNode parameters = message.path("params");
    switch (message.path("method").asText()) {
      case "Runtime.exceptionThrown" -> errors.add(parameters.toString());
      case "Runtime.consoleAPICalled" -> {
        if (parameters.get("type").asText().matches("error|warning|assert")) {
          errors.add(parameters.toString());
        }
      }
      case "Log.entryAdded" -> errors.add(parameters.toString());
      default -> {}
    }
    return message;
  }

  /** Opens a file and waits until it is shown. */
  void open(Path file) throws IOException, InterruptedException {
    call("Page.navigate", Map.of("url", file.toUri().toString()));
    String event = "";
    while (!event.equals("Page.loadEventFired")) {
      event = next().path("method").asText();
    }
  }

  /** The value of an expression of JavaScript, as text; of a promise what it comes to. */
  String evaluate(String expression) throws IOException, InterruptedException {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IOException(expression + ": " + result.get("exceptionDetails"));
    }
    return result.get("result").path("value").asText();
  }

  /** Presses a key, such as {@code Enter} or {@code Tab}, wherever the focus is. */
  void press(String key) throws IOException, InterruptedException {
    int code = Map.of("Enter", 13, "Tab", 9, "Escape", 27, "ArrowRight", 39).get(key);
    Map<String, Object> down =
        key.equals("Enter")
            ? Map.of("type", "keyDown", "key", key, "windowsVirtualKeyCode", code, "text", "\r")
            : Map.of("type", "rawKeyDown", "key", key, "windowsVirtualKeyCode", code);
    call("Input.dispatchKeyEvent", down);
    call(
        "Input.dispatchKeyEvent",
        Map.of("type", "keyUp", "key", key, "windowsVirtualKeyCode", code));
  }

  /** Shows pages of a size. */
  void resize(int width, int height) throws IOException, InterruptedException {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /**
   * Shows pages on a medium.
   *
   * @param medium {@code screen} or {@code print}; empty for what the page is shown on
   * @param scheme {@code light} or {@code dark}
   */
  void show(String medium, String scheme) throws IOException, InterruptedException {
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            medium,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** The page printed, as PDF. */
  byte[] print() throws IOException, InterruptedException {
    JsonNode result = call("Page.printToPDF", Map.of("preferCSSPageSize", true));
    return Base64.getDecoder().decode(result.get("data").asText());
  }

  /** What the console has said so far that is not good. */
  List<String> errors() throws IOException, InterruptedException {
    // Events before the answer have been received with it.
    evaluate("0");
    return List.copyOf(errors);
  }

  /** Forgets what the console has said. */
  void forget() {
    errors.clear();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
