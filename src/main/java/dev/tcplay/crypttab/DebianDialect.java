package dev.tcplay.crypttab;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The scripts of Debian's cryptsetup: field 3 is a file that is the passphrase, byte for byte, or
 * the argument of a program that prints it. Its cryptsetup tries VeraCrypt's format whether the
 * table says so or not.
 */
final class DebianDialect extends CryptsetupDialect {

  private static final Path SCRIPTS = Path.of("/lib/cryptsetup/scripts");

  private static final Map<String, Rule> RULES = commonRules();

  static {
    RULES.put("tcrypthidden", Rule.flag(EntryDraft::hidden));
    RULES.put("tcrypt-hidden", Rule.flag(EntryDraft::hidden));
    RULES.put("veracrypt", Rule.flag(draft -> draft.veraCrypt = true));
    RULES.put("tcrypt-veracrypt", Rule.flag(draft -> draft.veraCrypt = true));
    RULES.put("header", Rule.value(EntryDraft::headerFile));
    RULES.put("keyscript", Rule.value((draft, value) -> draft.keyscript = value));
    Rule check = Rule.refused("checks a device of the kernel's, and there is none");
    RULES.put("check", check);
    RULES.put("checkargs", check);
    ignore(
        RULES,
        "keyslot",
        "key-slot",
        // Of boot, of what is printed.
        "initramfs",
        "noearly",
        "loud",
        "quiet");
  }

  @Override
  public String name() {
    return "debian";
  }

  @Override
  List<String> split(String line) {
    String text = line.strip();
    return text.isEmpty() || text.startsWith("#")
        ? List.of()
        : Arrays.asList(text.split("[ \t\r]+", -1));
  }

  @Override
  List<String> splitOptions(String field) {
    return Arrays.stream(field.split(",", -1)).filter(option -> !option.isEmpty()).toList();
  }

  @Override
  String decoded(String field) {
    return Octal.decode(field);
  }

  @Override
  int leastFields() {
    return 3;
  }

  @Override
  boolean isNone(String key) {
    return key.equals("none");
  }

  @Override
  Map<String, Rule> rules() {
    return RULES;
  }

  @Override
  Optional<String> foreign(String option) {
    return nameOf(option).equals("fvault2") ? Optional.of("FileVault") : super.foreign(option);
  }

  @Override
  void conclude(EntryDraft draft, List<String> raw) {
    if (draft.keyscript != null) {
      String argument = decoded(raw.get(2));
      String program = SCRIPTS.resolve(draft.keyscript).toString();
      draft.passphrase = new Keyscript(List.of(program, argument), environment(raw), false);
      draft.asks = false;
    } else if (draft.key != null) {
      draft.passphrase = Passphrases.whole(draft.keyFile(draft.key));
      draft.asks = false;
    }
  }

  /** What crypttab(5) promises to programs; we run one once. */
  private Map<String, String> environment(List<String> raw) {
    Map<String, String> environment = new HashMap<>();
    List<String> names = List.of("NAME", "SOURCE", "KEY", "OPTIONS");
    for (int i = 0; i < raw.size(); i++) {
      environment.put("_CRYPTTAB_" + names.get(i), raw.get(i));
      environment.put("CRYPTTAB_" + names.get(i), decoded(raw.get(i)));
    }
    for (String option : splitOptions(raw.size() > 3 ? raw.get(3) : "")) {
      String value = valueOf(option);
      environment.put(
          "CRYPTTAB_OPTION_" + variable(nameOf(option)), value == null ? "yes" : decoded(value));
    }
    environment.put("CRYPTTAB_TRIED", "0");
    return environment;
  }

  private static String variable(String option) {
    return switch (option) {
      case "read-only" -> "readonly";
      case "tcrypt-hidden" -> "tcrypthidden";
      case "tcrypt-veracrypt" -> "veracrypt";
      case "key-slot" -> "keyslot";
      default -> option.toLowerCase(Locale.ROOT).replace('-', '_');
    };
  }
}
