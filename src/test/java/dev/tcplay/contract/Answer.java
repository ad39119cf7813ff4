package dev.tcplay.contract;

/** What comes of a case. */
enum Answer {
  YES("yes"),
  NO("no"),
  NOT_OFFERED("not offered"),
  /** The case does not run there. */
  NONE("–");

  private final String text;

  Answer(String text) {
    this.text = text;
  }

  static Answer of(String text) {
    for (Answer answer : values()) {
      if (answer.text.equals(text)) {
        return answer;
      }
    }
    throw new IllegalArgumentException("no answer: " + text);
  }
}
