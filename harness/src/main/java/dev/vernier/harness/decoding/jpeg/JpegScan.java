package dev.vernier.harness.decoding.jpeg;

import dev.vernier.harness.images.UnusableImageException;
import java.util.List;

/**
 * One scan: reads coefficients, or bits of them, into the blocks of its components (ITU-T T.81,
 * annexes F.2 and G.2).
 */
final class JpegScan {
  /** Where a coefficient in zigzag order stands in its block. */
  static final int[] ZIGZAG = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };

  private final JpegFrame frame;
  private final List<Component> components;
  private final Band band;
  private final int restartInterval;
  private final EntropyBits in;
  private final BlockReader reader;

  /** Blocks, this one included, in which nothing is left to come. */
  private int emptyBlocks;

  /**
   * Which coefficients a scan has, and which of their bits.
   *
   * @param first in zigzag order
   * @param last likewise
   * @param high the lowest bit that earlier scans gave, 0 where there was none
   * @param low the lowest bit that this scan gives
   */
  record Band(int first, int last, int high, int low) {}

  private interface BlockReader {
    void read(Component component, int block) throws UnusableImageException;
  }

  JpegScan(
      JpegFrame frame, List<Component> components, Band band, int restartInterval, EntropyBits in) {
    this.frame = frame;
    this.components = components;
    this.band = band;
    this.restartInterval = restartInterval;
    this.in = in;
    this.reader = reader();
  }

  private BlockReader reader() {
    if (!frame.progressive()) {
      return this::sequential;
    }
    if (band.first() == 0) {
      return band.high() == 0 ? this::firstOfDc : this::moreOfDc;
    }
    return band.high() == 0 ? this::firstOfAc : this::moreOfAc;
  }

  /** Reads all of it. */
  void read() throws UnusableImageException {
    boolean alone = components.size() == 1;
    Component first = components.get(0);
    int across = alone ? first.blocksAcross : frame.size().unitsAcross();
    int down = alone ? first.blocksDown : frame.size().unitsDown();
    begin();
    int unit = 0;
    for (int row = 0; row < down; row++) {
      for (int column = 0; column < across; column++, unit++) {
        if (restartInterval > 0 && unit > 0 && unit % restartInterval == 0) {
          in.restart(unit / restartInterval - 1);
          begin();
        }
        if (alone) {
          reader.read(first, first.block(row, column));
        } else {
          readUnit(row, column);
        }
      }
    }
  }

  private void begin() {
    emptyBlocks = 0;
    components.forEach(each -> each.prediction = 0);
  }

  private void readUnit(int row, int column) throws UnusableImageException {
    for (Component each : components) {
      for (int y = 0; y < each.down; y++) {
        for (int x = 0; x < each.across; x++) {
          reader.read(each, each.block(row * each.down + y, column * each.across + x));
        }
      }
    }
  }

  private int dc(Component component) throws UnusableImageException {
    int bits = component.dc.read(in);
    if (bits > 15) {
      throw JpegDecoder.damaged("an impossible coefficient");
    }
    component.prediction += in.readSigned(bits);
    return component.prediction;
  }

  private void sequential(Component component, int block) throws UnusableImageException {
    short[] target = component.coefficients;
    target[block] = (short) dc(component);
    for (int k = 1; k < Component.BLOCK; k++) {
      int symbol = component.ac.read(in);
      int bits = symbol & 15;
      int zeros = symbol >> 4;
      if (bits == 0) {
        if (zeros < 15) {
          return;
        }
        k += 15;
      } else {
        k += zeros;
        target[block + place(k)] = (short) in.readSigned(bits);
      }
    }
  }

  private static int place(int k) throws UnusableImageException {
    if (k >= Component.BLOCK) {
      throw JpegDecoder.damaged("a block of more than 64 coefficients");
    }
    return ZIGZAG[k];
  }

  private void firstOfDc(Component component, int block) throws UnusableImageException {
    component.coefficients[block] = (short) (dc(component) << band.low());
  }

  private void moreOfDc(Component component, int block) throws UnusableImageException {
    component.coefficients[block] |= (short) (in.read(1) << band.low());
  }

  private void firstOfAc(Component component, int block) throws UnusableImageException {
    if (emptyBlocks > 0) {
      emptyBlocks--;
      return;
    }
    for (int k = band.first(); k <= band.last(); k++) {
      int symbol = component.ac.read(in);
      int bits = symbol & 15;
      int zeros = symbol >> 4;
      if (bits != 0) {
        k += zeros;
        component.coefficients[block + place(k)] = (short) (in.readSigned(bits) << band.low());
      } else if (zeros == 15) {
        k += 15;
      } else {
        emptyBlocks = (1 << zeros) + in.read(zeros) - 1;
        return;
      }
    }
  }

  private void moreOfAc(Component component, int block) throws UnusableImageException {
    int one = 1 << band.low();
    int k = band.first();
    while (emptyBlocks == 0 && k <= band.last()) {
      int symbol = component.ac.read(in);
      int zeros = symbol >> 4;
      int fresh = 0;
      if ((symbol & 15) != 0) {
        fresh = in.read(1) == 1 ? one : -one;
      } else if (zeros < 15) {
        emptyBlocks = (1 << zeros) + in.read(zeros);
        break;
      }
      k = refine(component, block, k, zeros);
      if (fresh != 0) {
        component.coefficients[block + place(k)] = (short) fresh;
      }
      k++;
    }
    if (emptyBlocks > 0) {
      refine(component, block, k, Component.BLOCK);
      emptyBlocks--;
    }
  }

  /**
   * Reads one more bit of every coefficient that is not zero.
   *
   * @param from the first coefficient
   * @param zeros how many that are zero are passed over
   * @return where the next zero after those is, or behind the band
   */
  private int refine(Component component, int block, int from, int zeros)
      throws UnusableImageException {
    short[] target = component.coefficients;
    int one = 1 << band.low();
    int left = zeros;
    int k = from;
    for (; k <= band.last(); k++) {
      int at = block + ZIGZAG[k];
      if (target[at] == 0) {
        if (--left < 0) {
          break;
        }
      } else if (in.read(1) == 1 && (target[at] & one) == 0) {
        target[at] += (short) (target[at] >= 0 ? one : -one);
      }
    }
    return k;
  }
}
