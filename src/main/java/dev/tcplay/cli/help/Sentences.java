package dev.tcplay.cli.help;

/** Parts of descriptions. */
final class Sentences {

  private Sentences() {}

  /** Returns the first sentence of a description, without the full stop. */
  static String first(String... description) {
    String text = description.length == 0 ? "" : description[0];
    int end = text.indexOf(". ");
    String sentence = end < 0 ? text : text.substring(0, end);
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
