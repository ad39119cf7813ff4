package dev.tcplay.serve.fuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Volumes of FAT and exFAT in the kernel's tree, used by the programs of others through it. The
 * system property {@code tcplay.steps} says how much is done by chance with a file (300).
 */
@Timeout(600)
@EnabledOnOs(OS.LINUX)
class FuseMountIT {

  private static final int STEPS = Integer.getInteger("tcplay.steps", 300);
  private static final long BYTES = 48 << 20;
  private static final List<String> TYPES = List.of("fat", "exfat");

  @TempDir private static Path folder;
  private static MountProcess program;

  @BeforeAll
  static void mount() throws Exception {
    program = MountProcess.start(List.of());
    for (String type : TYPES) {
      Plaintext.make(container(type), type, BYTES);
      program.mount(container(type), Files.createDirectory(mounted(type)));
    }
  }

  @AfterAll
  static void unmount() throws Exception {
    if (program != null) {
      for (String type : TYPES) {
        String answer = program.say("close", mounted(type));
        for (int i = 0; i < 10 && answer.startsWith("MountBusyException"); i++) {
          // What was mapped stays so until it is collected.
          System.gc();
          answer = program.say("close", mounted(type));
        }
        assertEquals("closed", answer);
      }
      program.end();
      for (String type : TYPES) {
        Plaintext.check(container(type), type, folder.resolve("plain.img"));
      }
    }
  }

  private static Path container(String type) {
    return folder.resolve(type + ".hc");
  }

  private static Path mounted(String type) {
    return folder.resolve(type);
  }

  /** Runs lines of the shell in a new directory of a mount. */
  private static String shell(Path directory, String... lines) throws Exception {
    Files.createDirectories(directory);
    String script = "set -e\ncd \"$1\"\n" + String.join("\n", lines);
    Judge.Verdict verdict =
        Judge.run(
            "bash",
            "-c",
            script,
            "bash",
            directory.toString(),
            Path.of("").toAbsolutePath().toString());
    assertEquals(0, verdict.status(), verdict::output);
    return verdict.output();
  }

  private static void need(String tool) throws Exception {
    assumeTrue(
        Judge.run("bash", "-c", "command -v " + tool).status() == 0, "tool not installed: " + tool);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fat", "exfat"})
  void filesHoldWhatAModelHolds(String type) throws Exception {
    long seed = Seeds.of("FuseMountIT." + type);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        FileExerciser exerciser =
            new FileExerciser(mounted(type).resolve("exercised" + i), seed + i);
        all.add(
            threads.submit(
                () -> {
                  exerciser.run(STEPS);
                  return 0;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fat", "exfat"})
  void sixtyFourProcessesWorkAtOnce(String type) throws Exception {
    String printed =
        shell(
            mounted(type).resolve("processes"),
            "for i in $(seq 64); do (",
            "  mkdir d$i; seq 2000 >d$i/a; cp d$i/a d$i/b; echo more >>d$i/b; mv d$i/b d$i/c",
            "  cmp d$i/c <(seq 2000; echo more); rm d$i/a; mv d$i e$i; ls e$i",
            ") & pids=\"$pids $!\"; done",
            "for p in $pids; do wait $p; done",
            "ls | wc -l");
    assertTrue(printed.endsWith("64\n"), printed);
    assertEquals(64, printed.lines().filter("c"::equals).count(), printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fat", "exfat"})
  void sqliteFindsItsDatabaseWhole(String type) throws Exception {
    need("sqlite3");
    for (String journal : List.of("delete", "wal", "truncate")) {
      String printed =
          shell(
              mounted(type).resolve("sqlite"),
              "sqlite3 " + journal + ".db <<'END'",
              "pragma journal_mode=" + journal + ";",
              "create table t(a integer primary key, b text); create index i on t(b);",
              "with recursive c(x) as (select 1 union all select x + 1 from c where x < 3000)",
              "  insert into t select x, hex(randomblob(20)) from c;",
              "begin; delete from t where a % 3 = 0; rollback;",
              "begin; update t set b = hex(randomblob(30)) where a % 2 = 0; commit; vacuum;",
              "pragma integrity_check; select count(*) from t;",
              "END");
      assertEquals(journal + "\nok\n3000\n", printed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fat", "exfat"})
  void gitAndTarBringBackWhatTheyTook(String type) throws Exception {
    need("git");
    shell(
        mounted(type).resolve("tools"),
        "tar -C \"$2/src/main\" -cf one.tar java/dev/tcplay/serve java/dev/tcplay/model",
        "mkdir -p work && tar -C work -xf one.tar",
        "diff -r work/java/dev/tcplay/model \"$2/src/main/java/dev/tcplay/model\"",
        "cd work && git init -q && git config user.name x && git config user.email x@example.org",
        "git add . && git commit -qm one && cd .. && git clone -q work clone",
        "cd clone && git fsck --full --strict && test -z \"$(git status --porcelain)\"",
        "diff -r java ../work/java");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fat", "exfat"})
  void fioReadsWhatItWrote(String type) throws Exception {
    need("fio");
    shell(
        mounted(type).resolve("fio"),
        "fio --name=v --size=2m --rw=randrw --bsrange=1k-64k --verify=crc32c --numjobs=2"
            + " --ioengine=psync --fsync=50 --output=/dev/null",
        "fio --name=d --size=2m --rw=randwrite --bs=4k --direct=1 --verify=crc32c"
            + " --ioengine=psync --output=/dev/null",
        "rm v.* d.*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fat", "exfat"})
  void aDeletedFileIsReadOnAndNoOtherNameIsSeen(String type) throws Exception {
    String printed =
        shell(
            mounted(type).resolve("deleted"),
            "exec 7<>a; echo abc >&7; rm a; ls -A; echo def >&7; cat /proc/self/fd/7",
            "stat -L -c %s:%h /proc/self/fd/7; truncate -s 2 /proc/self/fd/7",
            "stat -L -c %s /proc/self/fd/7; echo new >a; echo other >b; exec 8<a; mv b a; cat <&8; cat a",
            "ls -A",
            "mkdir d; exec 9<>d/f; rm d/f; ! rmdir d 2>/dev/null; mv d e; stat -L -c %h /proc/self/fd/9",
            "exec 9<&-; for i in $(seq 300); do rmdir e 2>/dev/null && break; sleep 0.1; done; ls -A");
    assertEquals("abc\ndef\n8:0\n2\nnew\nother\na\n0\na\n", printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fat", "exfat"})
  void systemCallsAnswerAsUnderVfat(String type) throws Exception {
    String printed =
        shell(
            mounted(type).resolve("answers"),
            "echo abc >a; mkdir d; echo x >d/x",
            "no() { if e=$(LC_ALL=C \"$@\" 2>&1); then echo \"done: $*\"; else echo \"${e##*: }\"; fi; }",
            "no ln -s a l; no ln a l; no chown 4321 a; no chmod u+s a; no rmdir d; no mkdir 'x:y'",
            "no mkdir $(printf '%0300d' 0); no mkdir $'\\xe9'; no cat gone; no mv -T a d",
            "chmod 444 a; stat -c %a a; chmod a-w a; stat -c %a a; chmod 755 a; rm d/x; rmdir d",
            "touch -d '2001-02-03 04:05:06 UTC' a; stat -c %Y a; du -k --apparent-size a | cut -f1",
            "touch -d @99999999999999999 a 2>/dev/null || true",
            "test $(du -k a | cut -f1) -gt 0; ls -i a >/dev/null; ls");
    assertEquals(
        """
        Operation not permitted
        Operation not permitted
        Operation not permitted
        Operation not permitted
        Directory not empty
        Invalid argument
        File name too long
        Invalid argument
        No such file or directory
        Is a directory
        755
        555
        981173106
        1
        a
        """,
        printed.replace("cannot overwrite directory 'd' with non-directory", "Is a directory"));
    long total = Files.getFileStore(mounted(type)).getTotalSpace();
    assertTrue(total > BYTES * 9 / 10 && total <= BYTES, () -> "statfs: " + total);
  }
}
