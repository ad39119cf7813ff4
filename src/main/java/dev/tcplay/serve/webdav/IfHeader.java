package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.HttpFailure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The field {@code If} of RFC 4918, section 10.4: lists of conditions, of which one must hold.
 * Immutable.
 *
 * @param lists in their order
 */
record IfHeader(List<StateList> lists) {

  /**
   * Conditions that must all hold.
   *
   * @param resource the URI that they are about; empty for that of the request
   */
  record StateList(Optional<String> resource, List<Condition> conditions) {}

  /**
   * One condition.
   *
   * @param not whether it must not hold
   * @param tag whether it is about an entity tag, and not about a token
   * @param value the tag with its quotes, or the token
   */
  record Condition(boolean not, boolean tag, String value) {}

  private static final Pattern LIST = Pattern.compile("\\s*(?:<([^<>\\s]+)>\\s*)?\\(([^()]*)\\)");
  private static final Pattern CONDITION =
      Pattern.compile(
          "\\s*(Not\\s*)?(?:<([^<>\\s]+)>|\\[\\s*((?:W/)?\"[^\"]*\")\\s*\\])",
          Pattern.CASE_INSENSITIVE);

  /** Copies the lists. */
  IfHeader {
    lists = List.copyOf(lists);
  }

  /**
   * Reads a field.
   *
   * @throws HttpFailure with 400 if it is malformed
   */
  static IfHeader parse(String field) throws HttpFailure {
    List<StateList> lists = new ArrayList<>();
    Optional<String> resource = Optional.empty();
    Matcher list = LIST.matcher(field);
    int end = 0;
    while (list.region(end, field.length()).lookingAt()) {
      if (list.group(1) != null) {
        resource = Optional.of(list.group(1));
      }
      lists.add(new StateList(resource, conditions(list.group(2))));
      end = list.end();
    }
    if (lists.isEmpty() || !field.substring(end).isBlank()) {
      throw new HttpFailure(400, "A malformed field If");
    }
    return new IfHeader(lists);
  }

  private static List<Condition> conditions(String text) throws HttpFailure {
    List<Condition> conditions = new ArrayList<>();
    Matcher condition = CONDITION.matcher(text);
    int end = 0;
    while (condition.region(end, text.length()).lookingAt()) {
      boolean tag = condition.group(3) != null;
      conditions.add(new Condition(condition.group(1) != null, tag, condition.group(tag ? 3 : 2)));
      end = condition.end();
    }
    if (conditions.isEmpty() || !text.substring(end).isBlank()) {
      throw new HttpFailure(400, "A malformed list in field If");
    }
    return conditions;
  }

  /** Returns all tokens in it, also those of lists that do not hold. */
  Set<String> tokens() {
    Set<String> tokens = new LinkedHashSet<>();
    for (StateList list : lists) {
      for (Condition condition : list.conditions()) {
        if (!condition.tag()) {
          tokens.add(condition.value());
        }
      }
    }
    return tokens;
  }
}
