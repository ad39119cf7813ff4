package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.Exchange;
import dev.tcplay.serve.web.HttpFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Bodies of requests that are XML: small, without document types and so without entities. */
final class XmlBody {

  /** In bytes; clients name a few properties. */
  private static final int LONGEST = 64 << 10;

  private static final int DEEPEST = 64;

  private XmlBody() {}

  /**
   * Reads the body of a request.
   *
   * @return its outermost element; empty if there is no body
   * @throws HttpFailure with 413 if it is too long, 400 if it is no XML or not what is expected
   */
  static Optional<Element> read(Exchange exchange, String expected) throws IOException {
    byte[] body = exchange.body().readNBytes(LONGEST + 1);
    if (body.length > LONGEST) {
      throw new HttpFailure(413, "A body of more than " + LONGEST + " bytes");
    }
    if (body.length == 0) {
      return Optional.empty();
    }
    try {
      Element root = parser().parse(new ByteArrayInputStream(body)).getDocumentElement();
      if (!PropertyName.of(root).equals(PropertyName.dav(expected))) {
        throw new HttpFailure(400, "Not " + expected);
      }
      return Optional.of(root);
    } catch (SAXException e) {
      throw new HttpFailure(400, "The body is no XML");
    }
  }

  /** Returns the elements that are directly in one. */
  static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }

  /** Returns an element of RFC 4918 that is directly in one, if it is there. */
  static Optional<Element> child(Element parent, String name) {
    return children(parent).stream()
        .filter(child -> PropertyName.of(child).equals(PropertyName.dav(name)))
        .findFirst();
  }

  private static DocumentBuilder parser() {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
    try {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      factory.setAttribute("jdk.xml.maxElementDepth", String.valueOf(DEEPEST));
      factory.setExpandEntityReferences(false);
      factory.setXIncludeAware(false);
      DocumentBuilder parser = factory.newDocumentBuilder();
      // The default one writes to standard error.
      parser.setErrorHandler(null);
      return parser;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("Java's own parser knows these", e);
    }
  }
}
