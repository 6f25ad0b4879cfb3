package dev.vernier.harness.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vernier.harness.spark.task.FileSet;
import dev.vernier.records.FullDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShipmentTest {
  @TempDir Path folder;

  private static boolean ran(String... command) throws Exception {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  /** Also of one whose quotes JSON escapes. */
  @Test
  void results_nameWhatTheUserNamed() throws Exception {
    Path images = Files.createDirectory(folder.resolve("those I call \"mine\""));
    Files.write(images.resolve("0.png"), new byte[] {1});
    ObjectMapper json = new ObjectMapper();
    ObjectNode run = json.createObjectNode();
    run.putObject("options").put("data", "folder:" + images);
    run.putArray("cells");
    json.writeValue(folder.resolve("run.json").toFile(), run);
    try (Shipment shipment = Shipment.of(folder)) {
      byte[] there = shipment.rename(json.writeValueAsBytes(run));
      assertThat(json.readTree(there).at("/options/data").asText())
          .startsWith("folder:")
          .doesNotContain(folder.toString())
          .endsWith("those I call \"mine\"");
      FileSet result = shipment.restore(new FileSet().add("result.json", there));
      assertThat(json.readTree(result.files().get("result.json"))).isEqualTo(run);
    }
  }

  /** As root, who may have a disk in memory. */
  @Test
  void temporaryDiskThatIsFull_isNamed() throws Exception {
    byte[] pixels = new byte[100_000];
    new Random(1).nextBytes(pixels);
    Path image = Files.write(folder.resolve("0.png"), pixels);
    Files.writeString(
        folder.resolve("run.json"),
        "{\"options\": {\"data\": \"folder:%s\"}, \"cells\": []}".formatted(image));
    String disk = Files.createDirectory(folder.resolve("disk")).toString();
    assumeTrue(ran("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", disk));
    String before = System.setProperty("java.io.tmpdir", disk);
    try {
      assertThatThrownBy(() -> Shipment.of(folder))
          .isInstanceOf(FullDisk.class)
          .hasMessageStartingWith("there is no room for " + disk + "/vernier-shipped-")
          .hasMessageContaining("-Djava.io.tmpdir=DIR");
    } finally {
      System.setProperty("java.io.tmpdir", before);
      ran("umount", disk);
    }
  }
}
