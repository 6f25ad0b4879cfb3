package dev.vernier.harness.decoding;

/**
 * The strings of the code of Lempel, Ziv and Welch (1984), where two codes behind the single bytes
 * mean "clear" and "end", as in GIF and TIFF.
 */
final class LzwTable {
  private final int singles;
  private final int[] prefix;
  private final byte[] last;
  private final int[] length;
  private int size;
  private int before = -1;

  /**
   * An empty table.
   *
   * @param singles number of bytes that stand for themselves
   * @param most number of codes
   */
  LzwTable(int singles, int most) {
    this.singles = singles;
    this.prefix = new int[most];
    this.last = new byte[most];
    this.length = new int[most];
    for (int i = 0; i < singles; i++) {
      last[i] = (byte) i;
      length[i] = 1;
    }
    clear();
  }

  /** Forgets all strings but the single bytes. */
  void clear() {
    size = singles + 2;
    before = -1;
  }

  /** Number of codes in use. */
  int size() {
    return size;
  }

  /**
   * Writes the string of a code, as far as there is room, and learns a new one.
   *
   * @return the number of bytes written, or -1 if there is no such code
   */
  int write(int code, byte[] output, int at) {
    boolean unknown = code >= size || code == singles || code == singles + 1;
    boolean next = code == size && before >= 0 && size < prefix.length;
    if (unknown && !next) {
      return -1;
    }
    if (before >= 0 && size < prefix.length) {
      prefix[size] = before;
      last[size] = first(next ? before : code);
      length[size] = length[before] + 1;
      size++;
    }
    int count = Math.min(length[code], output.length - at);
    int skipped = length[code] - count;
    int each = code;
    for (int i = 0; i < skipped; i++) {
      each = prefix[each];
    }
    for (int i = count - 1; i >= 0; i--) {
      output[at + i] = last[each];
      each = prefix[each];
    }
    before = code;
    return count;
  }

  private byte first(int code) {
    int each = code;
    while (length[each] > 1) {
      each = prefix[each];
    }
    return last[each];
  }
}
