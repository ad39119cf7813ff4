package dev.tcplay.cli.dialect;

import dev.tcplay.cli.dialect.TcplayLine.Answer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes through options in their order: some answer at once, whatever comes behind them. */
final class LineParser {

  private static final int FAILED = 1;
  private static final String HELP = "help";

  private final Map<TcplayOption, List<String>> values = new EnumMap<>(TcplayOption.class);
  private final StringBuilder err = new StringBuilder();

  TcplayLine parse(List<String> arguments) {
    try {
      for (Getopt.Given given : Getopt.split(arguments)) {
        values.computeIfAbsent(given.option(), option -> new ArrayList<>()).add(given.value());
        Answer answer = answerTo(given);
        if (answer != null) {
          return answer;
        }
      }
      return TcplayRequest.of(values, err.toString());
    } catch (UsageException e) {
      if (!String.valueOf(e.getMessage()).isEmpty()) {
        err.append("tcplay: ").append(e.getMessage()).append('\n');
      }
      return new Answer(FAILED, "", err + Usage.TEXT);
    }
  }

  private @Nullable Answer answerTo(Getopt.Given given) throws UsageException {
    String value = given.value();
    switch (given.option()) {
      case HELP -> throw new UsageException("");
      case VERSION -> {
        return new Answer(0, "tcplay v3.3\n", err.toString());
      }
      case WEAK_KEYS ->
          err.append(
              "WARNING: Using urandom as source of entropy for key material is a really bad"
                  + " idea.\n");
      case PBKDF_PRF, PBKDF_PRF_HIDDEN, NEW_PBKDF_PRF -> {
        checkOnce(given.option());
        if (!AlgorithmNames.isPrf(value)) {
          return refusal(value, AlgorithmNames.prfList());
        }
      }
      case CIPHER, CIPHER_HIDDEN -> {
        checkOnce(given.option());
        if (!AlgorithmNames.isChain(value)) {
          return refusal(value, "Invalid cipher: " + value + "\n" + AlgorithmNames.chainList());
        }
      }
      default -> {
        // Its meaning depends on the others.
      }
    }
    return null;
  }

  private void checkOnce(TcplayOption option) throws UsageException {
    if (values.getOrDefault(option, List.of()).size() > 1) {
      throw new UsageException("");
    }
  }

  /** A wrong name is answered by the list, too, with which only {@code help} is content. */
  private Answer refusal(String value, String list) {
    return value.equals(HELP)
        ? new Answer(0, "", err + list)
        : new Answer(FAILED, "", err + list + Usage.TEXT);
  }
}
