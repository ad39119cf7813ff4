package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.Exchange;
import dev.tcplay.serve.web.HttpFailure;
import dev.tcplay.serve.web.Place;
import dev.tcplay.serve.web.Statuses;
import dev.tcplay.serve.web.Tree;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.w3c.dom.Element;

/**
 * PROPFIND and PROPPATCH.
 *
 * @param tree the tree
 * @param permits who may change properties
 * @param dead those of clients
 * @param lockable whether files can be locked
 */
record Properties(Tree tree, Permits permits, DeadProperties dead, boolean lockable) {

  /**
   * What a client asks for.
   *
   * @param all whether all, besides those that are named
   * @param namesOnly whether it wants no values
   * @param named those that it names
   */
  private record Wanted(boolean all, boolean namesOnly, List<PropertyName> named) {}

  /** Answers PROPFIND, of a file, or of a directory and what is directly in it. */
  void find(Exchange exchange) throws IOException {
    String depth = exchange.header("Depth").orElse("infinity");
    if (depth.equalsIgnoreCase("infinity")) {
      throw new HttpFailure(403, "Of whole trees", "propfind-finite-depth", List.of());
    }
    if (!depth.equals("0") && !depth.equals("1")) {
      throw new HttpFailure(400, "Depth is 0, 1 or infinity");
    }
    Wanted wanted = wanted(XmlBody.read(exchange, "propfind"));
    Place place = tree.find(exchange.path());
    place.known();
    permits.checkConditions(exchange, place);
    LiveProperties live = new LiveProperties(exchange, permits, lockable);
    List<String> names = exchange.path().names();
    Map<Integer, List<String>> own = values(live, place, wanted);
    try (MultiStatus answer = new MultiStatus(exchange)) {
      answer.add(exchange.href(names, place.isDirectory()), own);
      if (place.isDirectory() && depth.equals("1")) {
        tree.list(place.real(), new Members(exchange, live, wanted, answer));
      }
    }
  }

  /** Answers of what is in a directory; an entry that has gone meanwhile is left out. */
  private final class Members implements Tree.Visitor {

    private final Exchange exchange;
    private final LiveProperties live;
    private final Wanted wanted;
    private final MultiStatus answer;

    Members(Exchange exchange, LiveProperties live, Wanted wanted, MultiStatus answer) {
      this.exchange = exchange;
      this.live = live;
      this.wanted = wanted;
      this.answer = answer;
    }

    @Override
    public void visit(Place entry) throws IOException {
      Map<Integer, List<String>> found;
      try {
        found = values(live, entry, wanted);
      } catch (NoSuchFileException e) {
        return;
      } catch (IOException e) {
        failed(entry.path(), e);
        return;
      }
      answer.add(href(entry.path(), entry.isDirectory()), found);
    }

    @Override
    public void failed(Path entry, IOException failure) throws IOException {
      answer.add(href(entry, false), Statuses.of(failure));
    }

    private String href(Path entry, boolean directory) {
      List<String> inner = new ArrayList<>(exchange.path().names());
      inner.add(String.valueOf(entry.getFileName()));
      return exchange.href(inner, directory);
    }
  }

  /** Answers PROPPATCH: all of it is done, or nothing. */
  void patch(Exchange exchange) throws IOException {
    List<PropertyChange> changes =
        changes(
            XmlBody.read(exchange, "propertyupdate")
                .orElseThrow(() -> new HttpFailure(400, "No body")));
    synchronized (permits) {
      Place place = tree.find(exchange.path());
      place.known();
      permits.checkConditions(exchange, place);
      permits.checkContents(exchange, place.real());
      Map<Integer, List<String>> results = new TreeMap<>();
      Optional<PropertyChange> failed = patch(place, changes, results);
      for (PropertyChange change : changes) {
        if (failed.isEmpty() || !failed.get().equals(change)) {
          results
              .computeIfAbsent(failed.isEmpty() ? 200 : 424, status -> new ArrayList<>())
              .add(XmlText.empty(change.name()));
        }
      }
      try (MultiStatus answer = new MultiStatus(exchange)) {
        answer.add(exchange.href(exchange.path().names(), place.isDirectory()), results);
      }
    }
  }

  /** Makes the changes; returns the first that cannot be made, whose status it adds. */
  private Optional<PropertyChange> patch(
      Place place, List<PropertyChange> changes, Map<Integer, List<String>> results)
      throws IOException {
    Map<PropertyName, String> texts = dead.of(place.real());
    List<PropertyChange> files = new ArrayList<>();
    for (PropertyChange change : changes) {
      try {
        if (change.prepare(texts)) {
          files.add(change);
        }
      } catch (HttpFailure e) {
        results.put(e.status(), new ArrayList<>(List.of(XmlText.empty(change.name()))));
        return Optional.of(change);
      }
    }
    for (PropertyChange change : files) {
      try {
        change.apply(place.real());
      } catch (IOException | RuntimeException e) {
        results.put(Statuses.of(e), new ArrayList<>(List.of(XmlText.empty(change.name()))));
        return Optional.of(change);
      }
    }
    dead.replace(place.real(), texts);
    return Optional.empty();
  }

  private static List<PropertyChange> changes(Element update) throws HttpFailure {
    List<PropertyChange> changes = new ArrayList<>();
    for (Element instruction : XmlBody.children(update)) {
      PropertyName name = PropertyName.of(instruction);
      boolean removal = name.equals(PropertyName.dav("remove"));
      Optional<Element> properties = XmlBody.child(instruction, "prop");
      if (!(removal || name.equals(PropertyName.dav("set"))) || properties.isEmpty()) {
        throw new HttpFailure(400, "Neither set nor remove with properties");
      }
      for (Element property : XmlBody.children(properties.get())) {
        changes.add(new PropertyChange(PropertyName.of(property), property, removal));
      }
    }
    return changes;
  }

  private static Wanted wanted(Optional<Element> body) throws HttpFailure {
    if (body.isEmpty() || XmlBody.child(body.get(), "allprop").isPresent()) {
      return new Wanted(true, false, names(body.flatMap(b -> XmlBody.child(b, "include"))));
    }
    if (XmlBody.child(body.get(), "propname").isPresent()) {
      return new Wanted(true, true, List.of());
    }
    Optional<Element> named = XmlBody.child(body.get(), "prop");
    if (named.isEmpty()) {
      throw new HttpFailure(400, "Which properties?");
    }
    return new Wanted(false, false, names(named));
  }

  private static List<PropertyName> names(Optional<Element> parent) {
    return parent.map(XmlBody::children).orElse(List.of()).stream()
        .map(PropertyName::of)
        .distinct()
        .toList();
  }

  private Map<Integer, List<String>> values(LiveProperties live, Place place, Wanted wanted)
      throws IOException {
    Map<PropertyName, String> own = dead.of(place.real());
    List<String> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Map<PropertyName, Optional<String>> values = new LinkedHashMap<>();
    if (wanted.all()) {
      for (String name : LiveProperties.ALL) {
        Optional<String> text = live.text(place, PropertyName.dav(name));
        text.ifPresent(ignored -> values.put(PropertyName.dav(name), text));
      }
      own.forEach((name, text) -> values.put(name, Optional.of(text)));
    }
    for (PropertyName name : wanted.named()) {
      Optional<String> text = live.text(place, name);
      values.put(name, text.isPresent() ? text : Optional.ofNullable(own.get(name)));
    }
    values.forEach(
        (name, text) -> {
          boolean bare = wanted.namesOnly() || text.isEmpty();
          (text.isPresent() ? found : missing).add(bare ? XmlText.empty(name) : text.get());
        });
    Map<Integer, List<String>> byStatus = new TreeMap<>();
    if (!found.isEmpty() || missing.isEmpty()) {
      byStatus.put(200, found);
    }
    if (!missing.isEmpty()) {
      byStatus.put(404, missing);
    }
    return byStatus;
  }
}
