package dev.vernier.tests;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import dev.vernier.tokenizers.vq.VqganProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A tokenizer with a fault does not pass its contract. */
class TokenizerContractTest {
  @TempDir private Path folder;

  private TokenizerContract contract(TokenizerProvider provider) {
    return contract(provider, true);
  }

  private TokenizerContract contract(TokenizerProvider provider, boolean dependsOnSeed) {
    TokenizerContract contract =
        new TokenizerContract() {
          @Override
          protected boolean dependsOnSeed() {
            return dependsOnSeed;
          }

          @Override
          protected TokenizerProvider provider() {
            return provider;
          }

          @Override
          protected Map<String, String> settings() {
            return Map.of(
                "channels", "8",
                "z-channels", "8",
                "groups", "4",
                "codebook-size", "16",
                "multipliers", "1,2",
                "perceptual-weight", "0");
          }
        };
    contract.folder = folder;
    return contract;
  }

  private static void assertFails(String why, ThrowingCallable test) {
    assertThatThrownBy(test).isInstanceOf(AssertionError.class).hasMessageContaining(why);
  }

  @Test
  void encodingThatChangesItsImages_fails() {
    TokenizerProvider faulty =
        new FaultyProvider(
            seed -> seed,
            sound -> new FaultyTokenizer(sound, images -> images.muli(0.5), decoded -> {}),
            false);
    assertFails("the images stay as they were", () -> contract(faulty).spec_fitsCodesAndImages());
  }

  @Test
  void decodingThatDependsOnTheBatch_fails() {
    TokenizerProvider faulty =
        new FaultyProvider(seed -> seed, TokenizerContractTest::batchDependent, false);
    assertFails(
        "reconstruction of image ", () -> contract(faulty).anImage_doesNotDependOnItsBatch());
  }

  @Test
  void lateImageThatDecodesOtherwise_fails() {
    Consumer<INDArray> fromThe257th =
        decoded -> {
          for (int i = 256; i < decoded.size(0); i++) {
            decoded.slice(i).addi(1);
          }
        };
    TokenizerProvider faulty =
        new FaultyProvider(
            seed -> seed, sound -> new FaultyTokenizer(sound, given -> {}, fromThe257th), false);
    assertFails(
        "reconstruction of image ", () -> contract(faulty).anImage_doesNotDependOnItsBatch());
  }

  @Test
  void loadingThatDecodesOtherwise_fails() {
    TokenizerProvider faulty =
        new FaultyProvider(seed -> seed, tokenizer -> tokenizer, false) {
          @Override
          public Tokenizer load(Settings settings, Path weights) throws IOException {
            return batchDependent(super.load(settings, weights));
          }
        };
    assertFails("of what was loaded", () -> contract(faulty).savedAndLoaded_isTheSame());
  }

  @Test
  void trainingThatIgnoresItsSeed_fails() {
    TokenizerProvider faulty = new FaultyProvider(seed -> 1L, tokenizer -> tokenizer, false);
    assertFails("losses of another seed", () -> contract(faulty).training_isDecidedByItsSeed());
  }

  @Test
  void trainingWithoutRandomness_passesWhereItSaysSo() throws IOException {
    TokenizerProvider constant = new FaultyProvider(seed -> 1L, tokenizer -> tokenizer, false);
    contract(constant, false).training_isDecidedByItsSeed();
  }

  @Test
  void trainingThatDependsOnItsSeedUnsaid_fails() {
    TokenizerProvider random = new FaultyProvider(seed -> seed, tokenizer -> tokenizer, false);
    assertFails(
        "losses of another seed, on which nothing depends",
        () -> contract(random, false).training_isDecidedByItsSeed());
  }

  @Test
  void trainingThatForgetsItsState_fails() {
    TokenizerProvider faulty = new FaultyProvider(seed -> seed, tokenizer -> tokenizer, true);
    assertFails(
        "resumed after step 0", () -> contract(faulty).resumedTraining_goesOnToTheSameNumbers());
  }

  @Test
  void trainingThatGoesOnAfterItsEnd_fails() {
    TokenizerProvider faulty =
        new FaultyProvider(seed -> seed, tokenizer -> tokenizer, false) {
          @Override
          boolean finished() {
            return true;
          }
        };
    assertFails(
        "after a further step",
        () -> contract(faulty).finishedTraining_isNotChangedByFurtherSteps());
  }

  @Test
  void namelessProvider_fails() {
    TokenizerProvider faulty =
        new FaultyProvider(seed -> seed, tokenizer -> tokenizer, false) {
          @Override
          public String name() {
            return "No Name";
          }
        };
    assertFails("the name: ", () -> contract(faulty).provider_saysWhatItIs());
  }

  /** VQGAN with a fault. */
  private static class FaultyProvider implements TokenizerProvider {
    private final VqganProvider sound = new VqganProvider();
    private final UnaryOperator<Long> seeds;
    private final UnaryOperator<Tokenizer> tokenizers;
    private final boolean forgetful;

    FaultyProvider(
        UnaryOperator<Long> seeds, UnaryOperator<Tokenizer> tokenizers, boolean forgetful) {
      this.seeds = seeds;
      this.tokenizers = tokenizers;
      this.forgetful = forgetful;
    }

    /** What trainings say of themselves. */
    boolean finished() {
      return false;
    }

    @Override
    public String name() {
      return sound.name();
    }

    @Override
    public String description() {
      return sound.description();
    }

    @Override
    public int spiLevel() {
      return sound.spiLevel();
    }

    @Override
    public List<Setting<?>> settings() {
      return sound.settings();
    }

    @Override
    public TrainableTokenizer create(Settings settings, TrainingContext context)
        throws IOException {
      TrainingContext other =
          new TrainingContext(
              context.dataset(),
              context.batchSize(),
              context.steps(),
              seeds.apply(context.seed()),
              context.perceptual(),
              context.distance(),
              context.teachers(),
              context.trunk(),
              context.cache(),
              context.profile());
      return new FaultyTraining(sound.create(settings, other), tokenizers, forgetful, finished());
    }

    @Override
    public Tokenizer load(Settings settings, Path weights) throws IOException {
      return tokenizers.apply(sound.load(settings, weights));
    }
  }

  private record FaultyTraining(
      TrainableTokenizer sound,
      UnaryOperator<Tokenizer> tokenizers,
      boolean forgetful,
      boolean finished)
      implements TrainableTokenizer {
    @Override
    public TokenizerSpec spec() {
      return sound.spec();
    }

    @Override
    public Map<String, Double> step(INDArray images) {
      return sound.step(images);
    }

    @Override
    public Tokenizer tokenizer() {
      return tokenizers.apply(sound.tokenizer());
    }

    @Override
    public void save(Path folder) throws IOException {
      sound.save(folder);
    }

    @Override
    public void restore(Path folder) throws IOException {
      if (!forgetful) {
        sound.restore(folder);
      }
    }

    @Override
    public void close() {
      sound.close();
    }
  }

  /** Adds the number of images to every pixel. */
  private static Tokenizer batchDependent(Tokenizer sound) {
    return new FaultyTokenizer(sound, given -> {}, decoded -> decoded.addi(decoded.size(0)));
  }

  /** Does harm to the images it was given, or to those it decoded. */
  private record FaultyTokenizer(
      Tokenizer sound, Consumer<INDArray> afterEncoding, Consumer<INDArray> afterDecoding)
      implements Tokenizer {
    @Override
    public TokenizerSpec spec() {
      return sound.spec();
    }

    @Override
    public Tokens encode(INDArray images) {
      Tokens tokens = sound.encode(images);
      afterEncoding.accept(images);
      return tokens;
    }

    @Override
    public INDArray decode(Tokens tokens) {
      INDArray images = sound.decode(tokens);
      afterDecoding.accept(images);
      return images;
    }

    @Override
    public void save(Path folder) throws IOException {
      sound.save(folder);
    }

    @Override
    public void close() {
      sound.close();
    }
  }
}
