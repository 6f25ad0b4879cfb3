package dev.vernier.harness.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
  @TempDir Path folder;

  private void write(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
  }

  private static List<String> names(Path root, List<Path> files) {
    return files.stream().map(file -> root.relativize(file).toString()).toList();
  }

  @Test
  void whatSystemsLeaveBehind_isPassedOver() throws Exception {
    write(
        "real/cat/0.png",
        "real/1.JPEG",
        "real/none",
        "real/.DS_Store",
        "real/._1.png",
        "real/.ipynb_checkpoints/1-checkpoint.png",
        "real/cat/@eaDir/0.png/SYNOPHOTO_THUMB_M.jpg",
        "real/__MACOSX/cat/._0.png",
        "real/__MACOSX/0.png",
        "real/cat/Thumbs.db",
        "real/cat/Desktop.ini",
        "real/cat/1.png." + UUID.randomUUID() + ".part");
    assertThat(names(folder, FileTree.of(folder.resolve("real")).files()))
        .containsExactly("real/1.JPEG", "real/cat/0.png", "real/none");
  }

  @Test
  void aFolderThatIsHiddenItself_isListed() throws Exception {
    write(".cache/0.png");
    assertThat(FileTree.of(folder.resolve(".cache")).files()).hasSize(1);
  }

  @Test
  void texts_areSetApart() throws Exception {
    write("set/0.png", "set/metrics.json", "set/a/README.TXT");
    FileTree tree = FileTree.of(folder.resolve("set"));
    assertThat(names(folder, tree.files())).containsExactly("set/0.png");
    assertThat(names(folder, tree.texts())).containsExactly("set/a/README.TXT", "set/metrics.json");
  }

  @Test
  void links_areFollowedAndCyclesEnd() throws Exception {
    write("real/0.png", "real/1.png", "set/2.png");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
    Files.createSymbolicLink(folder.resolve("set/more"), Path.of("../real"));
    Files.createSymbolicLink(folder.resolve("set/3.png"), Path.of("../real/1.png"));
    Files.createSymbolicLink(folder.resolve("set/again"), Path.of("."));
    Files.createSymbolicLink(folder.resolve("real/up"), Path.of("../set"));
    assertThat(names(folder, FileTree.of(folder.resolve("link")).files()))
        .contains("link/0.png", "link/1.png", "link/up/2.png");
    assertThat(names(folder, FileTree.of(folder.resolve("set")).files()))
        .containsExactly("set/2.png", "set/3.png", "set/more/0.png", "set/more/1.png");
  }

  @Test
  void aLinkThatLeadsNowhere_isAFileThatCannotBeRead() throws Exception {
    write("set/0.png");
    Files.createSymbolicLink(folder.resolve("set/9.png"), Path.of("nowhere.png"));
    assertThat(names(folder, FileTree.of(folder.resolve("set")).files()))
        .containsExactly("set/0.png", "set/9.png");
  }
}
