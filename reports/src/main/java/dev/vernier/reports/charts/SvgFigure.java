package dev.vernier.reports.charts;

import dev.vernier.reports.text.NumberText;
import java.io.StringWriter;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.DefaultStyleHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGeneratorContext.GraphicContextDefaults;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A figure as SVG, its text as text in a font that every system has, or one of its measures. */
final class SvgFigure {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  /** Digits of a coordinate after the point, in points. */
  private static final int PRECISION = 3;

  /** What names may hold and XML may not. */
  private static final Pattern NO_CHARACTERS =
      Pattern.compile("[^\\t\\n\\r\\x20-\\x{d7ff}\\x{e000}-\\x{fffd}\\x{10000}-\\x{10ffff}]");

  private SvgFigure() {}

  static String of(FigureLayout layout) {
    Figure figure = layout.figure();
    SVGGraphics2D target = new SVGGraphics2D(context(figure.id()), false);
    layout.draw(target);
    Element root = target.getRoot();
    String width = NumberText.of(figure.width(), PRECISION);
    String height = NumberText.of(layout.height(), 0);
    root.setAttribute("id", figure.id());
    root.setAttribute("width", width + "pt");
    root.setAttribute("height", height + "pt");
    root.setAttribute("viewBox", "0 0 " + width + " " + height);
    root.setAttribute("role", "img");
    root.setAttribute("aria-labelledby", figure.id() + "-title " + figure.id() + "-desc");
    // Its own name is the same in every file, and the files of two figures may stand in one page.
    Element definitions = (Element) root.getFirstChild();
    definitions.setAttribute("id", figure.id() + "-" + definitions.getAttribute("id"));
    root.insertBefore(text(root, "title", figure.title()), definitions);
    root.insertBefore(text(root, "desc", figure.caption()), definitions);
    return serialized(root);
  }

  private static SVGGeneratorContext context(String id) {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
    GraphicContextDefaults defaults = new GraphicContextDefaults();
    defaults.setFont(Typeface.plain(Typeface.TICK));
    context.setGraphicContextDefaults(defaults);
    context.setComment(null);
    context.setPrecision(PRECISION);
    context.setStyleHandler(new FontStacks());
    context.setIDGenerator(
        new SVGIDGenerator() {
          @Override
          public String generateID(String prefix) {
            return super.generateID(id + "-" + prefix);
          }
        });
    return context;
  }

  /** Names, after the font of figures, those of the same measures. */
  private static final class FontStacks extends DefaultStyleHandler {
    private static final String PROPERTY = "font-family";

    @Override
    @SuppressWarnings("rawtypes")
    public void setStyle(Element element, Map styles, SVGGeneratorContext context) {
      super.setStyle(element, styles, context);
      if (element.getAttribute(PROPERTY).contains(Typeface.FAMILY)) {
        element.setAttribute(PROPERTY, Typeface.STACK);
      }
    }
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(NAMESPACE, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK cannot make a document", e);
    }
  }

  private static Element text(Element root, String name, String text) {
    Element element = root.getOwnerDocument().createElementNS(NAMESPACE, name);
    element.setAttribute("id", root.getAttribute("id") + "-" + name);
    element.setTextContent(text);
    return element;
  }

  private static void replaceNoCharacters(Node node) {
    if (node.getNodeType() == Node.TEXT_NODE) {
      node.setNodeValue(NO_CHARACTERS.matcher(node.getNodeValue()).replaceAll("\ufffd"));
    }
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      replaceNoCharacters(child);
    }
  }

  private static String serialized(Element root) {
    replaceNoCharacters(root);
    StringWriter text = new StringWriter();
    try {
      Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      transformer.transform(new DOMSource(root), new StreamResult(text));
    } catch (TransformerException e) {
      throw new IllegalStateException("the document of a figure cannot be written", e);
    }
    return text.toString();
  }
}
