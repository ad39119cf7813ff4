package dev.tcplay.crypttab;

import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.Keys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * systemd-cryptsetup: field 3 is a file whose first line is the passphrase, keyfiles are options,
 * and VeraCrypt's format is tried only where the table says so. Where the file does not open the
 * volume, a person is asked.
 */
final class SystemdDialect extends CryptsetupDialect {

  private static final Map<String, Rule> RULES = commonRules();

  static {
    RULES.put("tcrypt-hidden", tcrypt(EntryDraft::hidden));
    RULES.put("tcrypthidden", tcrypt(EntryDraft::hidden));
    RULES.put("tcrypt-system", tcrypt(draft -> draft.options.put(ContainerOptions.SYSTEM, true)));
    RULES.put("tcrypt-veracrypt", tcrypt(draft -> draft.veraCrypt = true));
    RULES.put("veracrypt", tcrypt(draft -> draft.veraCrypt = true));
    RULES.put(
        "tcrypt-keyfile",
        Rule.value(
            (draft, value) -> {
              draft.tcrypt = true;
              draft.keyfiles.add(Path.of(value));
            }));
    RULES.put(
        "veracrypt-pim",
        Rule.value(
            (draft, value) -> draft.pim = OptionalInt.of(Rule.number(value, Keys.LARGEST_PIM))));
    RULES.put(
        "veracrypt-query-pim",
        Rule.refusedIfOn("would have us ask for the PIM, which veracrypt-pim= says"));
    RULES.put("header", Rule.value((draft, value) -> draft.headerFile(onThisSystem(value))));
    RULES.put("headless", Rule.toggle((draft, on) -> draft.asks = !on));
    RULES.put("allow-discards", Rule.flag(draft -> draft.discards = true));
    RULES.put("timeout", Rule.value((draft, value) -> draft.timeout = TimeSpan.parse(value)));
    RULES.put("keyfile-erase", Rule.refusedIfOn("would have us delete the file of the passphrase"));
    ignore(
        RULES,
        // Of formats without a header of TrueCrypt's.
        "pkcs11-uri",
        "fido2-device",
        "fido2-cid",
        "fido2-rp",
        "fido2-pin",
        "fido2-up",
        "fido2-uv",
        "tpm2-device",
        "tpm2-pcrs",
        "tpm2-pcrlock",
        "tpm2-signature",
        "tpm2-pin",
        "tpm2-measure-pcr",
        "tpm2-measure-bank",
        "tpm2-measure-keyslot-nvpcr",
        "token-timeout",
        "link-volume-key",
        "fixate-volume-key",
        // Of boot, of how it is asked.
        "auto",
        "fail",
        "nofail",
        "_netdev",
        "keyfile-timeout",
        "password-echo",
        "password-cache",
        "try-empty-password",
        "x-initrd.attach",
        "x-systemd.device-timeout");
  }

  /** A slot of keys makes the entry LUKS there, whatever else it says. */
  @Override
  Optional<String> foreign(String option) {
    return switch (nameOf(option)) {
      case "key-slot", "keyslot" -> Optional.of("LUKS");
      default -> super.foreign(option);
    };
  }

  private static Rule tcrypt(Consumer<EntryDraft> setter) {
    return Rule.flag(
        draft -> {
          draft.tcrypt = true;
          setter.accept(draft);
        });
  }

  /** A path may name a device behind a colon, which systemd mounts. */
  private static String onThisSystem(String path) {
    if (path.indexOf(':') >= 0) {
      throw new IllegalArgumentException("names a file on another device, which we do not mount");
    }
    return path;
  }

  @Override
  public String name() {
    return "systemd";
  }

  @Override
  List<String> split(String line) {
    String text = line.strip();
    return text.isEmpty() || text.startsWith("#")
        ? List.of()
        : Arrays.asList(text.split("\\s+", -1));
  }

  /** Splits at commas, but for those behind a backslash. */
  @Override
  List<String> splitOptions(String field) {
    List<String> options = new ArrayList<>();
    StringBuilder option = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '\\') {
        i++;
        if (i == field.length() || (field.charAt(i) != ',' && field.charAt(i) != '\\')) {
          throw new IllegalArgumentException("a backslash must stand before a comma or another");
        }
        option.append(field.charAt(i));
      } else if (c == ',') {
        options.add(option.toString());
        option.setLength(0);
      } else {
        option.append(c);
      }
    }
    options.add(option.toString());
    return options.stream().filter(each -> !each.isEmpty() && !each.equals("none")).toList();
  }

  @Override
  String decoded(String field) {
    return field;
  }

  @Override
  int leastFields() {
    return 2;
  }

  @Override
  boolean isNone(String key) {
    return key.equals("none") || key.equals("-");
  }

  @Override
  Map<String, Rule> rules() {
    return RULES;
  }

  @Override
  void conclude(EntryDraft draft, List<String> raw) {
    if (!draft.veraCrypt) {
      draft.options.put(ContainerOptions.FORMAT, "TrueCrypt");
      draft.pim = OptionalInt.empty();
    }
    if (draft.key != null) {
      try {
        draft.passphrase = Passphrases.firstLine(draft.keyFile(onThisSystem(draft.key)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("field 3, the key: " + e.getMessage(), e);
      }
    }
  }
}
