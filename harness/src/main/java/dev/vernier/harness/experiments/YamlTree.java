package dev.vernier.harness.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.UsageException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The values of a YAML document, its aliases and merge keys ({@code <<}) resolved, and their lines.
 * Scalars stay text as written. At the top there may be keys that only hold what is referred to:
 * such as begin with {@code x-}, or have an anchor.
 */
final class YamlTree {
  /** More than any experiment has; a few aliases of aliases make billions. */
  private static final int MOST_VALUES = 100_000;

  private static final Set<Tag> TAGS =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.SEQ, Tag.MAP);

  private final YamlLines lines;
  private final Set<Node> around = Collections.newSetFromMap(new IdentityHashMap<>());
  private int values;

  private YamlTree(YamlLines lines) {
    this.lines = lines;
  }

  /**
   * Reads a text.
   *
   * @param source what messages call it
   * @param lines takes the line of each value
   * @param known the keys at the top
   * @throws UsageException if it holds no keys, the same key twice, a key or an item without a
   *     value, an alias of something that it is part of, or more than one document
   * @throws org.yaml.snakeyaml.error.YAMLException if it is not YAML
   */
  static ObjectNode read(String source, String text, YamlLines lines, Set<String> known) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(MOST_VALUES);
    Iterator<Node> documents = new Yaml(options).composeAll(new StringReader(text)).iterator();
    if (!documents.hasNext() || !(documents.next() instanceof MappingNode root)) {
      throw new UsageException(
          source
              + " is not an experiment: it needs keys with values, at least 'name' and 'methods'");
    }
    if (documents.hasNext()) {
      throw lines.wrong(
          line(documents.next()), "a second document begins here: put it into a file of its own");
    }
    return new YamlTree(lines).top(root, known);
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private ObjectNode top(MappingNode root, Set<String> known) {
    List<NodeTuple> kept =
        root.getValue().stream()
            .filter(each -> !isStore(each.getKeyNode(), each.getValueNode(), known))
            .toList();
    kept.forEach(
        each -> {
          String name = text(each.getKeyNode());
          if (!known.contains(name) && !name.equals("<<")) {
            throw lines.wrong(line(each.getKeyNode()), NearestName.unknown("key", name, known));
          }
        });
    return keys(kept, root, List.of());
  }

  private static boolean isStore(Node key, Node value, Set<String> known) {
    if (!(key instanceof ScalarNode name) || known.contains(name.getValue())) {
      return false;
    }
    return name.getValue().startsWith("x-")
        || (value.getAnchor() != null && NearestName.of(name.getValue(), known).isEmpty());
  }

  private JsonNode value(Node node, List<Object> at) {
    if (++values > MOST_VALUES) {
      throw lines.wrong(at, "aliases make more than " + MOST_VALUES + " values: write fewer");
    }
    if (!TAGS.contains(node.getTag())) {
      throw lines.wrong(
          at, YamlLines.words(at) + " has the tag " + node.getTag() + ": leave the tag out");
    }
    if (node instanceof ScalarNode scalar) {
      if (scalar.getTag().equals(Tag.NULL)) {
        throw lines.wrong(at, YamlLines.words(at) + " has no value: give it one or leave it out");
      }
      return TextNode.valueOf(scalar.getValue());
    }
    if (!around.add(node)) {
      throw lines.wrong(at, YamlLines.words(at) + " refers to what it is a part of: write it out");
    }
    JsonNode read =
        node instanceof MappingNode mapping
            ? keys(mapping.getValue(), mapping, at)
            : items((SequenceNode) node, at);
    around.remove(node);
    return read;
  }

  private ArrayNode items(SequenceNode node, List<Object> at) {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (Node each : node.getValue()) {
      List<Object> item = YamlLines.then(at, items.size());
      lines.put(item, line(each));
      items.add(value(each, item));
    }
    return items;
  }

  private ObjectNode keys(List<NodeTuple> tuples, MappingNode node, List<Object> at) {
    refuseSplitList(tuples, node);
    ObjectNode keys = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, NodeTuple> each : layered(tuples, at).entrySet()) {
      List<Object> key = YamlLines.then(at, each.getKey());
      lines.put(key, line(each.getValue().getKeyNode()));
      keys.set(each.getKey(), value(each.getValue().getValueNode(), key));
    }
    return keys;
  }

  /** The keys of a mapping over those that it merges. */
  private Map<String, NodeTuple> layered(List<NodeTuple> tuples, List<Object> at) {
    Map<String, Integer> first = new HashMap<>();
    Map<String, NodeTuple> layered = new LinkedHashMap<>();
    Map<String, NodeTuple> own = new LinkedHashMap<>();
    for (NodeTuple tuple : tuples) {
      int line = line(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw lines.wrong(line, "a key is one word: neither a list nor keys");
      }
      String name = key.getValue();
      Integer before = first.putIfAbsent(name, line);
      if (before != null) {
        throw lines.wrong(
            line,
            YamlLines.words(YamlLines.then(at, name))
                + " is there twice, first in line "
                + before
                + ": leave one of them out");
      }
      if (key.getTag().equals(Tag.MERGE)) {
        merged(tuple.getValueNode(), at).forEach(layered::putIfAbsent);
      } else {
        own.put(name, tuple);
      }
    }
    layered.putAll(own);
    return layered;
  }

  /** Of several mappings the first that has a key decides. */
  private Map<String, NodeTuple> merged(Node node, List<Object> at) {
    List<Node> parts = node instanceof SequenceNode list ? list.getValue() : List.of(node);
    Map<String, NodeTuple> merged = new LinkedHashMap<>();
    for (Node part : parts) {
      if (!(part instanceof MappingNode mapping) || !around.add(part)) {
        throw lines.wrong(
            line(node), "'<<' takes an alias of keys with values, such as '<<: *name'");
      }
      layered(mapping.getValue(), at).forEach(merged::putIfAbsent);
      around.remove(part);
    }
    return merged;
  }

  /** Within braces a comma ends a value: what was meant as a list are keys without values. */
  private void refuseSplitList(List<NodeTuple> tuples, MappingNode node) {
    if (node.getFlowStyle() != FlowStyle.FLOW) {
      return;
    }
    for (int i = 1; i < tuples.size(); i++) {
      NodeTuple before = tuples.get(i - 1);
      if (isEmpty(tuples.get(i)) && before.getValueNode() instanceof ScalarNode value) {
        List<String> meant = new ArrayList<>(List.of(value.getValue()));
        tuples.stream()
            .skip(i)
            .takeWhile(YamlTree::isEmpty)
            .forEach(each -> meant.add(text(each.getKeyNode())));
        String list = meant.stream().collect(Collectors.joining(", ", "[", "]"));
        throw lines.wrong(
            line(tuples.get(i).getKeyNode()),
            "'"
                + text(tuples.get(i).getKeyNode())
                + "' has no value, since within {} a comma ends one: write '"
                + text(before.getKeyNode())
                + ": "
                + list
                + "' if these are its values");
      }
    }
  }

  private static boolean isEmpty(NodeTuple tuple) {
    return tuple.getValueNode().getTag().equals(Tag.NULL)
        && tuple.getValueNode() instanceof ScalarNode value
        && value.getValue().isEmpty();
  }

  private static String text(Node key) {
    return key instanceof ScalarNode scalar ? scalar.getValue() : "?";
  }
}
