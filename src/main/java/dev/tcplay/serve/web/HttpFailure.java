package dev.tcplay.serve.web;

import java.io.IOException;
import java.util.List;

/** A request that is answered by a status, and perhaps by a condition of WebDAV. */
public final class HttpFailure extends IOException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String condition;
  private final List<String> hrefs;

  /** Says which status, from 300 on, and why; the client is told the status only. */
  public HttpFailure(int status, String reason) {
    this(status, reason, "", List.of());
  }

  /**
   * Also says which condition was not met.
   *
   * @param condition the name of an element of RFC 4918, section 16
   * @param hrefs what it is about, as paths of URIs
   */
  public HttpFailure(int status, String reason, String condition, List<String> hrefs) {
    super(reason);
    this.status = status;
    this.condition = condition;
    this.hrefs = List.copyOf(hrefs);
  }

  /** Returns the status. */
  public int status() {
    return status;
  }

  /** Returns the element that names the condition; empty if there is none. */
  public String condition() {
    return condition;
  }

  /** Returns what the condition is about. */
  public List<String> hrefs() {
    return hrefs;
  }
}
