package dev.tcplay.cli.dialect;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The options of tcplay(8) 3.3, with a letter or without, in its order. */
public enum TcplayOption {
  CREATE('c', "create", false),
  CIPHER('b', "cipher", true),
  CIPHER_HIDDEN('y', "cipher-hidden", true),
  HIDDEN('g', "hidden", false),
  PBKDF_PRF('a', "pbkdf-prf", true),
  PBKDF_PRF_HIDDEN('x', "pbkdf-prf-hidden", true),
  INFO('i', "info", false),
  INFO_MAPPED('j', "info-mapped", true),
  MAP('m', "map", true),
  KEYFILE('k', "keyfile", true),
  KEYFILE_HIDDEN('f', "keyfile-hidden", true),
  PROTECT_HIDDEN('e', "protect-hidden", false),
  PROMPT_PASSPHRASE('p', "prompt-passphrase", false),
  DEVICE('d', "device", true),
  SYSTEM_ENCRYPTION('s', "system-encryption", true),
  ALLOW_TRIM('t', "allow-trim", false),
  FDE("fde", false),
  USE_BACKUP("use-backup", false),
  USE_HDR_FILE("use-hdr-file", true),
  USE_HIDDEN_HDR_FILE("use-hidden-hdr-file", true),
  MODIFY("modify", false),
  NEW_KEYFILE("new-keyfile", true),
  NEW_PBKDF_PRF("new-pbkdf-prf", true),
  RESTORE_FROM_BACKUP_HDR("restore-from-backup-hdr", false),
  SAVE_HDR_BACKUP("save-hdr-backup", true),
  UNMAP('u', "unmap", true),
  VERSION('v', "version", false),
  WEAK_KEYS('w', "weak-keys", false),
  INSECURE_ERASE('z', "insecure-erase", false),
  HELP('h', "help", false),
  NO_RETRIES("no-retries", false);

  private static final char NONE = 0;

  private final char letter;
  private final String longName;
  private final boolean takesValue;

  TcplayOption(char letter, String longName, boolean takesValue) {
    this.letter = letter;
    this.longName = longName;
    this.takesValue = takesValue;
  }

  TcplayOption(String longName, boolean takesValue) {
    this(NONE, longName, takesValue);
  }

  String longName() {
    return longName;
  }

  boolean takesValue() {
    return takesValue;
  }

  /** Returns the option of a letter. */
  static Optional<TcplayOption> ofLetter(char letter) {
    return Arrays.stream(values()).filter(o -> o.letter == letter && letter != NONE).findFirst();
  }

  /** Returns the options that a long name, perhaps cut short, may stand for. */
  static List<TcplayOption> ofLongName(String name) {
    List<TcplayOption> exact =
        Arrays.stream(values()).filter(o -> o.longName.equals(name)).toList();
    return exact.isEmpty()
        ? Arrays.stream(values()).filter(o -> o.longName.startsWith(name)).toList()
        : exact;
  }
}
