package __package__;

import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What Vernier sees first; it finds this class by its name in {@code META-INF/services}. */
public final class __Name__Provider implements TokenizerProvider {
  static final String NAME = "__name__";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "the nearest of K learned colours for every block of an image";
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public List<Setting<?>> settings() {
    return Setting.of(__Name__Settings.class);
  }

  /** Refuses what cannot work before a run begins. */
  @Override
  public void check(Settings settings, ImageSize imageSize) {
    int block = settings.bind(__Name__Settings.class).block();
    if (!imageSize.isMultipleOf(block)) {
      throw new UsageException(
          "blocks of " + block + " pixels do not fill images of " + imageSize + ": change block");
    }
  }

  @Override
  public TrainableTokenizer create(Settings settings, TrainingContext context) {
    check(settings, context.dataset().spec().imageSize());
    return new __Name__Training(settings.bind(__Name__Settings.class), context);
  }

  @Override
  public Tokenizer load(Settings settings, Path weights) throws IOException {
    return new __Name__Tokenizer(Codebook.load(settings.bind(__Name__Settings.class), weights));
  }
}
