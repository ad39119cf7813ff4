package dev.tcplay.volume;

import static java.util.stream.Collectors.joining;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is said where no header opens: what was tried, what the host looks like, and what else may
 * help.
 *
 * @param families the families that were tried
 */
record UnlockFailure(
    List<HeaderFamily> families, BlockDevice host, String hostName, UnlockRequest request) {

  /**
   * Returns the exception for a plan that was run in vain.
   *
   * @param skipped the trials that could not run, each with the reason
   * @param looked where the places are: the host, or a file of headers
   * @param ofBackups whether they are those of backups in the host
   */
  FileSystemException of(
      TrialPlan plan, Map<HeaderTrial, String> skipped, BlockDevice looked, boolean ofBackups)
      throws IOException {
    String hint = ofBackups || !looked.equals(host) ? "" : backupHint();
    for (HeaderTrial trial : plan.trials().toList()) {
      HeaderCodec.Verdict damage = trial.damage();
      if (damage != null) {
        return new CorruptHeaderException(
            hostName,
            "wrong CRC in the %s, over its %s%s%s"
                .formatted(
                    trial.slot().name(),
                    damage.part(),
                    hint,
                    "; as a last resort"
                        + " it opens read-only all the same (ignoreHeaderCrc, in the command"
                        + " --ignore-header-crc)"));
      }
    }
    String memory = skipped.values().stream().findFirst().orElse("");
    if (request.hints().hashes().size() == 1 && !skipped.isEmpty()) {
      return new FileSystemException(hostName, null, memory);
    }
    String cipher =
        plan.trials().flatMap(trial -> Stream.ofNullable(trial.missing())).findFirst().orElse("");
    if (request.hints().cipher() != null && !cipher.isEmpty()) {
      return new FileSystemException(hostName, null, cipher);
    }
    String missing =
        Stream.of(memory, cipher).filter(each -> !each.isEmpty()).collect(joining("; "));
    return new WrongPasswordException(
        hostName,
        "wrong password, PIM or keyfiles, or not a volume (%s%s%s%s)%s%s"
            .formatted(
                plan.describe(skipped.keySet()),
                cutPasswords(plan),
                encodings(),
                missing.isEmpty() ? "" : "; not tried: " + missing,
                likeness(looked),
                hint));
  }

  /** Returns what is said of the encodings of the password, where a second one was asked for. */
  private String encodings() {
    if (request.cannotBeLatin1()) {
      return "; the password in UTF-8 only, as ISO-8859-1 lacks some of its characters";
    }
    return request.isLatin1() ? "; the password in UTF-8, then in ISO-8859-1" : "";
  }

  /** Returns what is said of a password that is longer than a format takes. */
  private String cutPasswords(TrialPlan plan) {
    String cut =
        plan.formats().stream()
            .filter(format -> !request.takesPassword(format))
            .map(format -> "; " + format.displayName() + " by " + firstBytes(format))
            .collect(joining());
    int most = VolumeFormat.VERACRYPT.maximumPasswordBytes();
    return request.takesPassword(VolumeFormat.VERACRYPT)
        ? cut
        : cut + "; VeraCrypt not, as it takes at most %d bytes".formatted(most);
  }

  /** Returns how the part of a password is called that a format takes. */
  static String firstBytes(VolumeFormat format) {
    return "the first %d bytes of the password, which are all that %s takes"
        .formatted(format.maximumPasswordBytes(), format.displayName());
  }

  /** Returns what is said of the look of the host, or of the file of headers in its place. */
  String likeness(BlockDevice looked) throws IOException {
    String name = looked.equals(host) ? "the file" : "the file of headers";
    return Likeness.of(looked).map(type -> "; " + name + " looks like " + type).orElse("");
  }

  /**
   * Returns what is said of the backups where no header opened. Where they are read next, nobody
   * sees it unless that was in vain, too. The command shows it, so that it names the option of
   * both.
   */
  private String backupHint() {
    if (families.stream().allMatch(family -> family.layout().backups(host).isEmpty())) {
      return "";
    }
    return request.readsBackupToo()
        ? "; no backup header opens either"
        : "; if its start is damaged, the backup header may open it"
            + " (backupHeader, in the command --backup-header)";
  }
}
