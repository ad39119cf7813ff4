package dev.tcplay;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What pom.xml says for a release holds, and says what Maven Central asks of it. */
class ReleaseTest {

  private static final XPath XPATH = XPathFactory.newInstance().newXPath();

  private static List<String> texts(String path) throws Exception {
    Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse("pom.xml");
    NodeList nodes = (NodeList) XPATH.evaluate(path, pom, XPathConstants.NODESET);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }

  @Test
  void thePomSaysWhatMavenCentralAsksFor() throws Exception {
    for (String path :
        List.of(
            "name",
            "description",
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/connection",
            "scm/url")) {
      List<String> found = texts("/project/" + path);
      assertEquals(1, found.size(), path);
      assertFalse(found.get(0).isBlank(), path);
    }
  }

  @Test
  void theComparisonOfInterfacesLooksAtEachExportedPackage() throws Exception {
    ModuleDescriptor module;
    try (var descriptor = Files.newInputStream(Path.of("target/classes/module-info.class"))) {
      module = ModuleDescriptor.read(descriptor);
    }
    Set<String> exported =
        module.exports().stream()
            .filter(each -> !each.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(toCollection(TreeSet::new));
    assertEquals(exported, new TreeSet<>(texts("//profile[id='api']//include")));
  }

  @Test
  void noUserOfTheLibraryIsGivenADependency() throws Exception {
    assertEquals(
        List.of(),
        texts("/project/dependencies/dependency[not(optional='true') and not(scope)]/artifactId"));
  }

  @Test
  void theChangesNameThisVersion() throws Exception {
    String changes = Files.readString(Path.of("CHANGELOG.md"));
    String version = texts("/project/version").get(0);
    assertTrue(
        changes.contains("\n## [" + version + "] - ")
            || changes.contains("\n## [Unreleased]\n\nWill be " + version),
        version);
  }
}
