package dev.tcplay.serve.webdav;

import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** XML as text. */
final class XmlText {

  private static final String DECLARATIONS = "http://www.w3.org/2000/xmlns/";
  private static final String XML = "http://www.w3.org/XML/1998/namespace";

  private XmlText() {}

  /** Returns text with what has a meaning in XML replaced, and what may not stand there. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\t', '\n', '\r' -> escaped.append("&#").append(c).append(';');
                default -> escaped.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  /** Returns an element without anything in it. */
  static String empty(PropertyName name) {
    return name.isDav()
        ? "<D:" + name.local() + "/>"
        : "<" + name.local() + " xmlns=\"" + escape(name.namespace()) + "\"/>";
  }

  /** Returns an element with all that is in it, and its own declarations of namespaces. */
  static String whole(Element element) {
    StringBuilder text = new StringBuilder();
    append(text, element);
    return text.toString();
  }

  private static void append(StringBuilder text, Element element) {
    text.append('<').append(element.getLocalName());
    String namespace = element.getNamespaceURI() == null ? "" : element.getNamespaceURI();
    text.append(" xmlns=\"").append(escape(namespace)).append('"');
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      append(text, (Attr) attributes.item(i), i);
    }
    text.append('>');
    inner(text, element);
    text.append("</").append(element.getLocalName()).append('>');
  }

  private static void append(StringBuilder text, Attr attribute, int number) {
    String namespace = attribute.getNamespaceURI();
    if (DECLARATIONS.equals(namespace)) {
      return;
    }
    String name = attribute.getLocalName();
    if (XML.equals(namespace)) {
      name = "xml:" + name;
    } else if (namespace != null) {
      String prefix = "a" + number;
      text.append(" xmlns:").append(prefix).append("=\"").append(escape(namespace)).append('"');
      name = prefix + ":" + name;
    }
    text.append(' ').append(name).append("=\"").append(escape(attribute.getValue())).append('"');
  }

  /** Appends what is in an element: text and elements. */
  static void inner(StringBuilder text, Element element) {
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element inner) {
        append(text, inner);
      } else if (node.getNodeType() == Node.TEXT_NODE
          || node.getNodeType() == Node.CDATA_SECTION_NODE) {
        text.append(escape(node.getNodeValue()));
      }
    }
  }

  private static boolean isAllowed(int c) {
    return c >= 0x20 && c != 0xFFFE && c != 0xFFFF && (c < 0xD800 || c > 0xDFFF);
  }
}
