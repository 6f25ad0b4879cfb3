package dev.vernier.weights;

import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Reads the pickle of a checkpoint. Pickles can name any function to call; this one calls none. It
 * knows the few names that make tensors and containers, puts an empty object in the place of what
 * training tools keep beside the weights, and refuses a file that names anything else before
 * anything is made of it.
 */
final class TensorUnpickler extends Unpickler {
  private static final Set<String> CONTAINERS =
      Set.of(
          "collections.Counter",
          "collections.OrderedDict",
          "collections.defaultdict",
          "__builtin__.dict",
          "__builtin__.set",
          "builtins.dict",
          "builtins.set");

  /** What Lightning's checkpoints hold of callbacks, configurations, paths and NumPy's scalars. */
  private static final List<String> BESIDE_WEIGHTS =
      List.of(
          "_codecs.",
          "argparse.",
          "lightning.",
          "numpy.",
          "omegaconf.",
          "pathlib.",
          "pytorch_lightning.",
          "typing.");

  private static final String SIZE = "torch.Size";
  private static final String REBUILD = "torch._utils._rebuild_tensor_v2";
  private static final String PARAMETER = "torch._utils._rebuild_parameter";

  /** What is followed by a length of four or eight bytes, and as many bytes of a text or number. */
  private static final Set<Short> SHORT_LENGTHS =
      Set.of(Opcodes.BINSTRING, Opcodes.BINUNICODE, Opcodes.BINBYTES, Opcodes.LONG4);

  private static final Set<Short> LONG_LENGTHS =
      Set.of(Opcodes.BINUNICODE8, Opcodes.BINBYTES8, Opcodes.BYTEARRAY8);

  /** More numbers than any file has, few enough to count their bytes. */
  private static final long MOST_VALUES = 1L << 48;

  private static final int LONGEST_NAME = 100;

  private final Map<String, Storage> storages = new HashMap<>();
  private final Path file;
  private final long bytes;

  /**
   * An unpickler for one file.
   *
   * @param file for messages
   * @param bytes that the pickle has at most
   */
  TensorUnpickler(Path file, long bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** The storages that the pickle named, by key. */
  Map<String, Storage> storages() {
    return Collections.unmodifiableMap(storages);
  }

  /**
   * Reads one object.
   *
   * @param in supports marks
   * @throws UsageException if the pickle is damaged, or names what weights do not need
   */
  @Override
  public Object load(InputStream in) {
    try {
      return super.load(in);
    } catch (UsageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The library checks little of what it reads: damage shows as whatever that runs into.
      throw damaged(file, e);
    }
  }

  /** What is said of a file that cannot be made sense of. */
  static UsageException damaged(Path file, Exception cause) {
    String why = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    boolean telling =
        (cause instanceof PickleException || cause instanceof IOException)
            && cause.getMessage() != null
            && !why.isBlank();
    return new UsageException(
        file
            + " is a damaged PyTorch file ("
            + (telling ? why : cause.getClass().getSimpleName())
            + "): download it again",
        cause);
  }

  @Override
  protected Object dispatch(short key) throws PickleException, IOException {
    if (SHORT_LENGTHS.contains(key)) {
      refuseLonger(Integer.BYTES);
    } else if (LONG_LENGTHS.contains(key)) {
      refuseLonger(Long.BYTES);
    }
    if (key == Opcodes.GLOBAL) {
      String module = PickleUtils.readline(input);
      String name = PickleUtils.readline(input);
      stack.add(global(module, name));
      return NO_RETURN_VALUE;
    }
    if (key == Opcodes.STACK_GLOBAL) {
      String name = text(stack.pop());
      stack.add(global(text(stack.pop()), name));
      return NO_RETURN_VALUE;
    }
    if (key == Opcodes.INST
        || key == Opcodes.OBJ
        || key == Opcodes.EXT1
        || key == Opcodes.EXT2
        || key == Opcodes.EXT4) {
      throw new UsageException(
          file + " uses a kind of pickle that weights do not need; it may be malicious");
    }
    refuseContainersAsKeys(key);
    return super.dispatch(key);
  }

  /** A name or a number; the text of a list that holds lists may have no end. */
  static String text(Object name) {
    if (name instanceof String || name instanceof Number) {
      return name.toString();
    }
    throw new PickleException("a name that is not text");
  }

  /** Their hashes take all that they hold, which may hold the same many times over. */
  private void refuseContainersAsKeys(short key) {
    if (key == Opcodes.SETITEM) {
      Object value = stack.pop();
      requireKey(stack.peek());
      stack.add(value);
    } else if (key == Opcodes.SETITEMS || key == Opcodes.DICT) {
      requireKeys(2);
    } else if (key == Opcodes.ADDITEMS || key == Opcodes.FROZENSET) {
      requireKeys(1);
    }
  }

  /** Looks at every so manieth item since the last mark. */
  private void requireKeys(int step) {
    List<Object> items = stack.pop_all_since_marker();
    for (int i = 0; i < items.size(); i += step) {
      requireKey(items.get(i));
    }
    stack.add_mark();
    items.forEach(stack::add);
  }

  private static void requireKey(Object key) {
    if (key instanceof Collection || (key instanceof Map<?, ?> map && !map.isEmpty())) {
      throw new PickleException("a key that is a container");
    }
  }

  /** The library makes room for as much as is announced, before it reads. */
  private void refuseLonger(int width) throws IOException {
    input.mark(width);
    byte[] little = input.readNBytes(width);
    input.reset();
    long length = 0;
    for (int i = little.length - 1; i >= 0; i--) {
      length = length << Byte.SIZE | (little[i] & 0xff);
    }
    if (length < 0 || length > bytes) {
      throw new PickleException("a text that is longer than the file");
    }
  }

  private IObjectConstructor global(String module, String name) {
    String full = module + "." + name;
    if (full.equals(REBUILD)) {
      return TensorUnpickler::tensor;
    }
    if (full.equals(PARAMETER) || full.equals(SIZE)) {
      return arguments -> arguments[0];
    }
    if (CONTAINERS.contains(full) || BESIDE_WEIGHTS.stream().anyMatch(full::startsWith)) {
      return arguments -> new LenientMap();
    }
    if (module.equals("torch") && NumberType.ofStorage(name).isPresent()) {
      return new StorageType(NumberType.ofStorage(name).get());
    }
    throw new UsageException(
        file
            + " names "
            + printable(full)
            + ", which weights do not need; it may be malicious. Save only the state_dict");
  }

  private static String printable(String name) {
    String plain = name.replaceAll("\\P{Graph}", "?");
    return plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
  }

  @Override
  protected Object persistentLoad(Object id) {
    Object[] parts = (Object[]) id;
    if (parts.length < 5
        || !"storage".equals(parts[0])
        || !(parts[1] instanceof StorageType type)) {
      throw new PickleException("an entry that is not a storage");
    }
    Storage storage = new Storage(type.type(), text(parts[2]), ((Number) parts[4]).longValue());
    if (storage.length() < 0 || storage.length() > MOST_VALUES) {
      throw new PickleException("a storage of " + storage.length() + " values");
    }
    storages.put(storage.key(), storage);
    return storage;
  }

  private static Object tensor(Object[] arguments) {
    Storage storage = (Storage) arguments[0];
    long offset = ((Number) arguments[1]).longValue();
    return TensorReference.checked(storage, offset, longs(arguments[2]), longs(arguments[3]));
  }

  private static long[] longs(Object tuple) {
    Object[] values = tuple instanceof List<?> list ? list.toArray() : (Object[]) tuple;
    long[] longs = new long[values.length];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = ((Number) values[i]).longValue();
    }
    return longs;
  }

  /**
   * A map that takes the state that pickles set on objects, and forgets it: attributes such as the
   * version of a state dictionary say nothing about weights. The unpickler looks for the very
   * parameter type of a state.
   */
  public static final class LenientMap extends LinkedHashMap<Object, Object> {
    private static final long serialVersionUID = 1L;

    /** Takes the state of an object with attributes. */
    @SuppressWarnings("NonApiType")
    public void __setstate__(HashMap<String, Object> state) {}

    /** Takes the state of an object that describes it as a tuple. */
    public void __setstate__(Object[] state) {}
  }

  private record StorageType(NumberType type) implements IObjectConstructor {
    @Override
    public Object construct(Object[] arguments) {
      throw new PickleException("a storage class is named, never called");
    }
  }

  /** A block of numbers, which tensors are views of. */
  record Storage(NumberType type, String key, long length) {}

  /** Where a tensor's values lie. */
  @SuppressWarnings("ArrayRecordComponent") // never leaves the package unprotected
  record TensorReference(
      NumberType type,
      String storage,
      long storageLength,
      long offset,
      long[] shape,
      long[] strides) {
    private static TensorReference checked(
        Storage storage, long offset, long[] shape, long[] strides) {
      long count = 1;
      if (shape.length != strides.length) {
        throw new PickleException(
            "a tensor with " + shape.length + " sides and " + strides.length + " strides");
      }
      for (int i = 0; i < shape.length; i++) {
        if (shape[i] < 0
            || strides[i] < 0
            || (shape[i] > 0 && count > Integer.MAX_VALUE / shape[i])) {
          throw new PickleException("a tensor of impossible shape");
        }
        count *= shape[i];
      }
      TensorReference tensor =
          new TensorReference(
              storage.type(), storage.key(), storage.length(), offset, shape, strides);
      if (offset < 0 || (count > 0 && Math.addExact(offset, tensor.span()) > storage.length())) {
        throw new PickleException("a tensor that reaches beyond its storage");
      }
      return tensor;
    }

    /** Values of its storage from its first to its last. */
    private long span() {
      long last = 0;
      for (int i = 0; i < shape.length; i++) {
        if (shape[i] == 0) {
          return 0;
        }
        last = Math.addExact(last, Math.multiplyExact(shape[i] - 1, strides[i]));
      }
      return last + 1;
    }

    /** How much of its storage it covers, from its first value to its last. */
    long bytes() {
      return span() * type.bytes();
    }

    /** Where it begins in its storage. */
    long firstByte() {
      return offset * type.bytes();
    }

    /** The values row-major, whatever the strides, of the bytes that it covers. */
    float[] values(ByteBuffer covered) {
      float[] values = type.floats(covered, (int) span());
      int count = 1;
      for (long side : shape) {
        count *= (int) side;
      }
      float[] result = new float[count];
      long[] at = new long[shape.length];
      long position = 0;
      for (int i = 0; i < count; i++) {
        result[i] = values[(int) position];
        for (int axis = shape.length - 1; axis >= 0; axis--) {
          position += strides[axis];
          if (++at[axis] < shape[axis]) {
            break;
          }
          position -= strides[axis] * shape[axis];
          at[axis] = 0;
        }
      }
      return result;
    }
  }
}
