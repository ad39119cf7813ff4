package dev.tcplay.cli.dialect;

/** What is printed to who has called tcplay(8) wrongly. */
final class Usage {

  static final String TEXT =
      """
      usage, as tcplay(8):
        tcplay -c -d DEVICE [-g] [-z] [-w] [-a PRF] [-b CIPHER] [-k FILE]... [-f FILE]... [-x PRF] [-y CIPHER]
        tcplay -i -d DEVICE [OPENING]...
        tcplay -m NAME -d DEVICE [-t] [OPENING]...
        tcplay --modify -d DEVICE [-w] [--new-keyfile FILE]... [--new-pbkdf-prf PRF]
               [--restore-from-backup-hdr] [--save-hdr-backup FILE] [OPENING]...
        tcplay -j NAME | -u NAME | -v
      OPENING: -k FILE, -p, -e, -f FILE, -s DISK, --fde, --use-backup, --use-hdr-file FILE,
               --use-hidden-hdr-file FILE, --no-retries
      "-a help" and "-b help" list the names; "tcplay --help" tells of the commands that are words.
      """;

  private Usage() {}
}
