package dev.vernier.harness.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.images.RgbImage;
import dev.vernier.spi.DatasetProvider;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Split;
import dev.vernier.spi.UsageException;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
  @TempDir Path folder;
  @TempDir Path cache;

  @BeforeEach
  void keepFindingsHere() {
    System.setProperty("vernier.cache", cache.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty("vernier.cache");
  }

  private static ImageDataset open(
      DatasetProvider provider, String location, Map<String, String> settings) throws Exception {
    return provider.open(location, Settings.of(provider.settings(), settings));
  }

  private void picture(String name, int type, int grey) throws Exception {
    BufferedImage image = new BufferedImage(40, 30, type);
    for (int i = 0; i < 40 * 30; i++) {
      for (int band = 0; band < image.getRaster().getNumBands(); band++) {
        image.getRaster().setSample(i % 40, i / 40, band, grey);
      }
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  @Test
  void synthetic_isTheSameTwiceAndDiffersBySeed() throws Exception {
    Map<String, String> small = Map.of("training-images", "20", "validation-images", "10");
    ImageDataset one = open(new SyntheticProvider(), "", small);
    ImageDataset two = open(new SyntheticProvider(), "", small);
    ImageDataset other =
        open(
            new SyntheticProvider(),
            "",
            Map.of("training-images", "20", "validation-images", "10", "seed", "2"));
    assertThat(two.spec().hash()).isEqualTo(one.spec().hash()).isNotEqualTo(other.spec().hash());
    assertThat(one.image(Split.TRAIN, 0).rgb()).isNotEqualTo(one.image(Split.VALIDATION, 0).rgb());
  }

  @Test
  void synthetic_ofAnotherShape_showsTheCentreOfTheScene() throws Exception {
    Map<String, String> few = Map.of("training-images", "3", "validation-images", "1");
    Map<String, String> wide = new HashMap<>(few);
    wide.put("image-size", "20x32");
    ImageDataset squares = open(new SyntheticProvider(), "", few);
    ImageDataset centres = open(new SyntheticProvider(), "", wide);
    assertThat(centres.spec().imageSize()).isEqualTo(new ImageSize(20, 32));
    for (int i = 0; i < 3; i++) {
      RgbImage whole = new RgbImage(32, 32, squares.image(Split.TRAIN, i).rgb());
      assertThat(centres.image(Split.TRAIN, i).rgb()).isEqualTo(whole.crop(0, 6, 32, 20).rgb());
    }
  }

  @Test
  void folder_takesBothSides_andSquaresAreKnownAsBefore() throws Exception {
    picture("train/1.png", BufferedImage.TYPE_INT_RGB, 9);
    picture("val/1.png", BufferedImage.TYPE_INT_RGB, 50);
    ImageSize size = new ImageSize(12, 20);
    ImageDataset wide =
        open(new FolderProvider(), folder.toString(), Map.of("image-size", "12x20"));
    assertThat(wide.spec().imageSize()).isEqualTo(size);
    assertThat(wide.image(Split.VALIDATION, 0).size()).isEqualTo(size);
    assertThat(wide.augmented(0, new SplittableRandom(1)).size()).isEqualTo(size);
    assertThat(wide.resized(0, new ImageSize(13, 22)).orElseThrow().rgb()).containsOnly(9);
    ImageDataset square = open(new FolderProvider(), folder.toString(), Map.of());
    assertThat(square.spec().hash()).isNotEqualTo(wide.spec().hash());
    assertThat(
            open(new FolderProvider(), folder.toString(), Map.of("image-size", "32x32"))
                .spec()
                .hash())
        .isEqualTo(square.spec().hash());
  }

  @Test
  void folder_showsTrainingImagesLargerThanTheyAre_othersDoNot() throws Exception {
    picture("train/1.png", BufferedImage.TYPE_INT_RGB, 9);
    picture("val/1.png", BufferedImage.TYPE_INT_RGB, 50);
    ImageDataset pictures = open(new FolderProvider(), folder.toString(), Map.of());
    ImageSize larger = ImageSize.square(35);
    LabelledImage shown = pictures.resized(0, larger).orElseThrow();
    assertThat(shown.size()).isEqualTo(larger);
    assertThat(shown.id()).isEqualTo("train/1.png");
    assertThat(shown.rgb()).containsOnly(9);
    Map<String, String> small = Map.of("training-images", "20", "validation-images", "10");
    assertThat(open(new SyntheticProvider(), "", small).resized(0, larger)).isEmpty();
  }

  @Test
  void original_isTheImageBeforeItsCrop() throws Exception {
    picture("train/1.png", BufferedImage.TYPE_INT_RGB, 9);
    picture("train/2.png", BufferedImage.TYPE_INT_RGB, 10);
    picture("val/1.png", BufferedImage.TYPE_INT_RGB, 50);
    ImageDataset pictures = open(new FolderProvider(), folder.toString(), Map.of());
    LabelledImage original = pictures.original(Split.VALIDATION, 0).orElseThrow();
    assertThat(original.size()).isEqualTo(new ImageSize(30, 40));
    assertThat(original.rgb()).containsOnly(50);
    ImageDataset held = HeldOutImages.of(pictures, 1);
    assertThat(held.original(Split.VALIDATION, 0).orElseThrow().id())
        .isEqualTo(held.image(Split.VALIDATION, 0).id());
    Map<String, String> small = Map.of("training-images", "20", "validation-images", "10");
    ImageDataset scenes = open(new SyntheticProvider(), "", small);
    assertThat(scenes.original(Split.VALIDATION, 3)).contains(scenes.image(Split.VALIDATION, 3));
  }

  @Test
  void folder_imagesBesideClassFolders_areRefusedForTrainingOnly() throws Exception {
    picture("train/cats/1.png", BufferedImage.TYPE_INT_RGB, 9);
    picture("train/dogs/1.png", BufferedImage.TYPE_INT_RGB, 99);
    picture("val/1.png", BufferedImage.TYPE_INT_RGB, 50);
    ImageDataset dataset = open(new FolderProvider(), folder.toString(), Map.of());
    assertThat(dataset.image(Split.TRAIN, 1).label()).isEqualTo(1);
    assertThat(dataset.image(Split.VALIDATION, 0).label()).isEqualTo(-1);
    picture("train/2.png", BufferedImage.TYPE_INT_RGB, 70);
    assertThatThrownBy(() -> open(new FolderProvider(), folder.toString(), Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("train/2.png beside them");
  }

  @Test
  void cifar_readsRecordsAndRefusesACutOffFile() throws Exception {
    byte[] records = new byte[2 * 3073];
    records[0] = 7;
    records[1] = (byte) 200;
    records[3073] = 3;
    Files.write(folder.resolve("data_batch_1.bin"), records);
    Files.write(folder.resolve("test_batch.bin"), records);
    ImageDataset dataset = open(new CifarProvider(), folder.toString(), Map.of());
    assertThat(dataset.size(Split.TRAIN)).isEqualTo(2);
    assertThat(dataset.image(Split.TRAIN, 0).label()).isEqualTo(7);
    assertThat(dataset.image(Split.TRAIN, 0).rgb()[0]).isEqualTo((byte) 200);
    Files.write(folder.resolve("test_batch.bin"), new byte[3000]);
    assertThatThrownBy(() -> open(new CifarProvider(), folder.toString(), Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("test_batch.bin is damaged");
  }

  @Test
  void folder_takesStoredValuesOfEveryColourModel() throws Exception {
    picture("val/a/grey.png", BufferedImage.TYPE_BYTE_GRAY, 77);
    picture("val/a/grey16.png", BufferedImage.TYPE_USHORT_GRAY, 77 << 8);
    picture("val/b/colour.png", BufferedImage.TYPE_3BYTE_BGR, 77);
    picture("val/b/alpha.png", BufferedImage.TYPE_4BYTE_ABGR, 77);
    ImageDataset dataset =
        open(new FolderProvider(), folder.toString(), Map.of("image-size", "16"));
    assertThat(dataset.spec().classes()).containsExactly("a", "b");
    assertThat(dataset.size(Split.TRAIN)).isZero();
    assertThat(dataset.size(Split.VALIDATION)).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      assertThat(dataset.image(Split.VALIDATION, i).rgb())
          .as(dataset.image(Split.VALIDATION, i).id())
          .hasSize(3 * 16 * 16)
          .containsOnly(77);
    }
  }

  @Test
  void folder_namesWhatItSkipsAndRefusesTooMuchOfIt() throws Exception {
    for (int i = 0; i < 150; i++) {
      picture("picture" + i + ".png", BufferedImage.TYPE_3BYTE_BGR, i);
    }
    Files.writeString(folder.resolve("notes.txt"), "no image");
    ImageDataset dataset = open(new FolderProvider(), folder.toString(), Map.of());
    assertThat(dataset.skipped()).containsExactly("notes.txt (text by its name)");
    assertThat(dataset.size(Split.TRAIN)).isBetween(90, 140);
    assertThat(dataset.size(Split.TRAIN) + dataset.size(Split.VALIDATION)).isEqualTo(150);
    Files.write(folder.resolve("cut.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    Files.writeString(folder.resolve("page.png"), "no image");
    assertThatThrownBy(() -> open(new FolderProvider(), folder.toString(), Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("2 of 152 files")
        .hasMessageContaining("cut.png");
  }

  @Test
  void folder_isKnownByItsContents() throws Exception {
    FileTime time = FileTime.fromMillis(1_000_000);
    for (String set : List.of("one", "two", "copy")) {
      for (int i = 0; i < 12; i++) {
        picture(set + "/" + i + ".png", BufferedImage.TYPE_3BYTE_BGR, set.equals("two") ? 9 : 77);
        Path file = folder.resolve(set).resolve(i + ".png");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 500));
        Files.setLastModifiedTime(file, time);
      }
    }
    Path place = folder.resolve("place");
    Files.move(folder.resolve("one"), place);
    String before = open(new FolderProvider(), place.toString(), Map.of()).spec().hash();
    Files.move(place, folder.resolve("away"));
    Files.move(folder.resolve("two"), place);
    ImageDataset replaced = open(new FolderProvider(), place.toString(), Map.of());
    assertThat(replaced.spec().hash()).isNotEqualTo(before);
    assertThat(replaced.image(Split.TRAIN, 0).rgb()).containsOnly(9);
    assertThat(
            open(new FolderProvider(), folder.resolve("copy").toString(), Map.of()).spec().hash())
        .isEqualTo(before);
  }

  @Test
  void folder_linkedClassesAreClasses() throws Exception {
    picture("real/cat/1.png", BufferedImage.TYPE_3BYTE_BGR, 9);
    picture("elsewhere/dog/1.png", BufferedImage.TYPE_3BYTE_BGR, 9);
    picture("real/@eaDir/1.png", BufferedImage.TYPE_3BYTE_BGR, 9);
    Files.createSymbolicLink(folder.resolve("real/dog"), Path.of("../elsewhere/dog"));
    ImageDataset dataset = open(new FolderProvider(), folder.resolve("real").toString(), Map.of());
    assertThat(dataset.spec().classes()).containsExactly("cat", "dog");
    assertThat(dataset.size(Split.TRAIN) + dataset.size(Split.VALIDATION)).isEqualTo(2);
  }

  @Test
  void folder_namesFilesThatAreNotThere() throws Exception {
    for (int i = 0; i < 150; i++) {
      picture(i + ".png", BufferedImage.TYPE_3BYTE_BGR, i);
    }
    Files.createSymbolicLink(folder.resolve("x.png"), Path.of("nowhere.png"));
    ImageDataset dataset = open(new FolderProvider(), folder.toString(), Map.of());
    assertThat(dataset.skipped()).containsExactly("x.png (a link that leads nowhere)");
  }

  @Test
  void batches_areAFunctionOfSeedAndStep() throws Exception {
    ImageDataset dataset =
        open(
            new SyntheticProvider(),
            "",
            Map.of("training-images", "10", "validation-images", "1", "image-size", "8"));
    ImageBatches through = new ImageBatches(dataset, 4, 3);
    for (int step = 0; step < 6; step++) {
      float[] expected = through.at(step).data().asFloat();
      assertThat(new ImageBatches(dataset, 4, 3).at(step).data().asFloat()).isEqualTo(expected);
    }
    assertThat(new ImageBatches(dataset, 4, 4).at(0).data().asFloat())
        .isNotEqualTo(through.at(0).data().asFloat());
  }

  /** Such as that of a container's image, which only its owner may write. */
  @Test
  void cacheThatTakesNothing_costsNoDataset() throws Exception {
    for (int i = 0; i < 10; i++) {
      picture(i + ".png", BufferedImage.TYPE_BYTE_GRAY, i);
    }
    Files.writeString(cache.resolve("images-3"), "no folder");
    ImageDataset images = open(new FolderProvider(), folder.toString(), Map.of("image-size", "16"));
    assertThat(images.size(Split.TRAIN) + images.size(Split.VALIDATION)).isEqualTo(10);
  }
}
