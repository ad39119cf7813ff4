package dev.tcplay.crypttab;

import dev.tcplay.model.ContainerOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the tables of Debian and systemd have in common, as both of them open volumes by
 * libcryptsetup: most options, and that an entry is TrueCrypt's only where an option says so.
 */
abstract class CryptsetupDialect extends Dialect {

  /** Returns the options that both have in the same meaning, for a dialect to add its own. */
  static Map<String, Rule> commonRules() {
    Map<String, Rule> rules = new HashMap<>();
    rules.put("tcrypt", Rule.flag(draft -> draft.tcrypt = true));
    rules.put("readonly", Rule.flag(EntryDraft::readOnly));
    rules.put("read-only", Rule.flag(EntryDraft::readOnly));
    rules.put("discard", Rule.flag(draft -> draft.discards = true));
    rules.put("noauto", Rule.flag(draft -> draft.automatic = false));
    rules.put("tries", Rule.value((draft, value) -> draft.tries = Rule.number(value, 1_000_000)));
    ignore(
        rules,
        // Of formats without a header of TrueCrypt's.
        "cipher",
        "size",
        "hash",
        "offset",
        "skip",
        "keyfile-offset",
        "keyfile-size",
        "sector-size",
        // Of new passwords.
        "verify",
        // Of the kernel's threads.
        "same-cpu-crypt",
        "submit-from-crypt-cpus",
        "no-read-workqueue",
        "no-write-workqueue");
    return rules;
  }

  /** Adds options that mean nothing here. */
  static void ignore(Map<String, Rule> rules, String... names) {
    for (String name : names) {
      rules.put(name, Rule.IGNORED);
    }
  }

  @Override
  Optional<String> foreign(String option) {
    return switch (nameOf(option)) {
      case "luks" -> Optional.of("LUKS");
      case "plain" -> Optional.of("plain dm-crypt");
      case "bitlk" -> Optional.of("BitLocker");
      case "swap", "tmp" -> Optional.of(nameOf(option) + ", which is made anew at each start");
      default -> Optional.empty();
    };
  }

  @Override
  final Optional<String> finish(EntryDraft draft, List<String> raw) {
    if (!draft.tcrypt) {
      return Optional.of("LUKS or plain dm-crypt, as there is no option tcrypt");
    }
    draft.options.putIfAbsent(ContainerOptions.HIDDEN, false);
    conclude(draft, raw);
    return Optional.empty();
  }

  /** Draws the conclusions from all fields of an entry that is TrueCrypt's or VeraCrypt's. */
  abstract void conclude(EntryDraft draft, List<String> raw);
}
