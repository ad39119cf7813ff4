package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.Conditions;
import dev.tcplay.serve.web.Exchange;
import dev.tcplay.serve.web.MediaTypes;
import dev.tcplay.serve.web.Place;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Properties that tell what the file system knows: those of RFC 4918, the quota of RFC 4331, and
 * those by which Windows Explorer keeps times and attributes. For one request.
 */
final class LiveProperties {

  static final String MICROSOFT = "urn:schemas-microsoft-com:";

  /** What clients get who ask for all; RFC 4331 has the quota left out. */
  static final List<String> ALL =
      List.of(
          "creationdate",
          "displayname",
          "getcontentlength",
          "getcontenttype",
          "getetag",
          "getlastmodified",
          "lockdiscovery",
          "resourcetype",
          "supportedlock");

  private static final Set<String> QUOTA = Set.of("quota-available-bytes", "quota-used-bytes");

  private static final Set<String> WINDOWS =
      Set.of(
          "Win32CreationTime",
          "Win32FileAttributes",
          "Win32LastAccessTime",
          "Win32LastModifiedTime");

  private static final String SUPPORTED_LOCKS =
      "<D:lockentry><D:lockscope><D:exclusive/></D:lockscope>"
          + "<D:locktype><D:write/></D:locktype></D:lockentry>"
          + "<D:lockentry><D:lockscope><D:shared/></D:lockscope>"
          + "<D:locktype><D:write/></D:locktype></D:lockentry>";

  private final Exchange exchange;
  private final Permits permits;
  private final boolean lockable;
  private long available = -1;
  private long used = -1;

  LiveProperties(Exchange exchange, Permits permits, boolean lockable) {
    this.exchange = exchange;
    this.permits = permits;
    this.lockable = lockable;
  }

  /** Tells whether a property is of this kind, so that no client's text can take its place. */
  static boolean has(PropertyName name) {
    return name.isDav()
        ? ALL.contains(name.local()) || QUOTA.contains(name.local())
        : name.namespace().equals(MICROSOFT) && WINDOWS.contains(name.local());
  }

  /** Returns a property as XML; empty if the file has none of this name. */
  Optional<String> text(Place place, PropertyName name) throws IOException {
    BasicFileAttributes found = place.known();
    if (name.namespace().equals(MICROSOFT)) {
      return windows(place, found, name.local())
          .map(
              value ->
                  "<"
                      + name.local()
                      + " xmlns=\""
                      + MICROSOFT
                      + "\">"
                      + value
                      + "</"
                      + name.local()
                      + ">");
    }
    if (!name.isDav()) {
      return Optional.empty();
    }
    return value(place, found, name.local())
        .map(
            value ->
                value.isEmpty()
                    ? XmlText.empty(name)
                    : "<D:" + name.local() + ">" + value + "</D:" + name.local() + ">");
  }

  private Optional<String> value(Place place, BasicFileAttributes found, String name)
      throws IOException {
    return switch (name) {
      case "creationdate" ->
          Optional.of(found.creationTime().toInstant().truncatedTo(ChronoUnit.SECONDS).toString());
      case "displayname" ->
          Optional.of(XmlText.escape(String.valueOf(place.path().getFileName())))
              .filter(ignored -> !place.path().equals(permits.tree().root()));
      case "getcontentlength" -> file(found, Long.toString(found.size()));
      case "getcontenttype" ->
          found.isDirectory()
              ? Optional.empty()
              : Optional.of(MediaTypes.of(place.path().getFileName()));
      case "getetag" -> permits.tag(place).map(XmlText::escape);
      case "getlastmodified" -> Optional.of(Conditions.date(found.lastModifiedTime().toInstant()));
      case "lockdiscovery" ->
          Optional.of(locks(exchange, permits, permits.locks().covering(place.real())));
      case "resourcetype" -> Optional.of(found.isDirectory() ? "<D:collection/>" : "");
      case "supportedlock" -> Optional.of(lockable ? SUPPORTED_LOCKS : "");
      case "quota-available-bytes" -> quota(found, true);
      case "quota-used-bytes" -> quota(found, false);
      default -> Optional.empty();
    };
  }

  /** Returns locks as they stand in the property {@code lockdiscovery}. */
  static String locks(Exchange exchange, Permits permits, List<Lock> locks) {
    List<String> texts = new ArrayList<>();
    for (Lock lock : locks) {
      String root = exchange.href(permits.tree().names(lock.root()), false);
      texts.add(
          "<D:activelock><D:locktype><D:write/></D:locktype><D:lockscope>"
              + (lock.exclusive() ? "<D:exclusive/>" : "<D:shared/>")
              + "</D:lockscope><D:depth>"
              + (lock.deep() ? "infinity" : "0")
              + "</D:depth><D:owner>"
              + lock.owner()
              + "</D:owner><D:timeout>Second-"
              + lock.secondsLeft()
              + "</D:timeout><D:locktoken><D:href>"
              + lock.token()
              + "</D:href></D:locktoken><D:lockroot><D:href>"
              + XmlText.escape(root)
              + "</D:href></D:lockroot></D:activelock>");
    }
    return String.join("", texts);
  }

  private Optional<String> quota(BasicFileAttributes found, boolean free) throws IOException {
    if (!found.isDirectory()) {
      return Optional.empty();
    }
    if (available < 0) {
      FileStore store = Files.getFileStore(permits.tree().root());
      available = store.getUsableSpace();
      used = Math.max(0, store.getTotalSpace() - store.getUnallocatedSpace());
    }
    return Optional.of(Long.toString(free ? available : used));
  }

  private static Optional<String> file(BasicFileAttributes found, String value) {
    return found.isDirectory() ? Optional.empty() : Optional.of(value);
  }

  private static Optional<String> windows(Place place, BasicFileAttributes found, String name)
      throws IOException {
    return switch (name) {
      case "Win32CreationTime" -> date(found.creationTime());
      case "Win32LastAccessTime" -> date(found.lastAccessTime());
      case "Win32LastModifiedTime" -> date(found.lastModifiedTime());
      case "Win32FileAttributes" ->
          Optional.of(String.format(Locale.ROOT, "%08x", DosBits.of(place.real(), found)));
      default -> Optional.empty();
    };
  }

  private static Optional<String> date(FileTime time) {
    return Optional.of(Conditions.date(time.toInstant()));
  }
}
