package dev.tcplay.volume;

import static java.util.stream.Collectors.joining;

import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.Origins;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.Algorithm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** All that the families of volumes use, for people who choose a cipher or a hash. */
public final class Catalogue {

  private Catalogue() {}

  private static List<HeaderFamily> families() {
    return Stream.concat(HeaderFamily.all().stream(), HeaderFamily.system().stream()).toList();
  }

  /** Returns the cipher chains, those of the first families first. */
  public static List<Algorithm> ciphers() {
    Map<String, List<String>> sources = new LinkedHashMap<>();
    Map<String, Map<String, Set<String>>> uses = new LinkedHashMap<>();
    for (HeaderFamily family : families()) {
      for (CipherSuite suite : family.suites()) {
        String name = suite.chain().veraCryptName();
        sources.put(name, sources(suite.chain()));
        uses.computeIfAbsent(name, key -> new LinkedHashMap<>())
            .computeIfAbsent(suite.mode().id(), key -> new LinkedHashSet<>())
            .add(generation(family));
      }
    }
    List<Algorithm> all = new ArrayList<>();
    uses.forEach(
        (name, byMode) ->
            all.add(
                new Algorithm(name, inModes(byMode), Objects.requireNonNull(sources.get(name)))));
    return all;
  }

  /** In the order of the chain's name, which is not that of its keys. */
  private static List<String> sources(CipherChain chain) {
    List<String> sources = new ArrayList<>(chain.keyOrder().stream().map(Origins::of).toList());
    Collections.reverse(sources);
    return sources;
  }

  private static List<String> inModes(Map<String, Set<String>> generations) {
    return generations.entrySet().stream()
        .map(
            entry ->
                entry.getValue().stream()
                    .collect(joining(", ", entry.getKey().toUpperCase(Locale.ROOT) + " of ", "")))
        .toList();
  }

  /** Returns the functions of the header key. */
  public static List<Algorithm> hashes() {
    Map<Prf, Set<String>> uses = new LinkedHashMap<>();
    for (HeaderFamily family : families()) {
      for (Prf prf : family.costs().prfs()) {
        uses.computeIfAbsent(prf, key -> new LinkedHashSet<>()).add(generation(family));
      }
    }
    return uses.entrySet().stream()
        .map(
            entry ->
                new Algorithm(
                    entry.getKey().id(),
                    List.copyOf(entry.getValue()),
                    List.of(Origins.of(entry.getKey()))))
        .toList();
  }

  /** Returns the programs whose volumes a family are, as people know them. */
  private static String generation(HeaderFamily family) {
    if (HeaderFamily.system().contains(family)) {
      return "system drives of " + family.format().displayName();
    } else if (family.format() == VolumeFormat.VERACRYPT) {
      return family.format().displayName();
    }
    boolean isXts = family.suites().stream().anyMatch(suite -> suite.mode() == CipherMode.XTS);
    return isXts ? "TrueCrypt 5 to 7" : "TrueCrypt 1 to 4";
  }
}
