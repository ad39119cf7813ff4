package dev.tcplay.serve.webdav;

import org.w3c.dom.Element;

/**
 * The name of a property. Immutable.
 *
 * @param namespace empty for none
 * @param local the name in it
 */
record PropertyName(String namespace, String local) {

  static final String DAV = "DAV:";

  /** Returns the name that an element has. */
  static PropertyName of(Element element) {
    String namespace = element.getNamespaceURI();
    return new PropertyName(namespace == null ? "" : namespace, element.getLocalName());
  }

  /** Returns a name of RFC 4918. */
  static PropertyName dav(String local) {
    return new PropertyName(DAV, local);
  }

  boolean isDav() {
    return namespace.equals(DAV);
  }
}
