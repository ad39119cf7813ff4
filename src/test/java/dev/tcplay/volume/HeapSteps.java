package dev.tcplay.volume;

import dev.tcplay.ContainerCreator;
import dev.tcplay.ContainerOpener;
import dev.tcplay.Keyfiles;
import dev.tcplay.OpenContainer;
import dev.tcplay.Tcplay;
import dev.tcplay.model.Keys;
import dev.tcplay.testing.HeapDump;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * A program that takes steps in the life of a volume, ends each, and writes what its heap holds
 * then. Passwords come by its standard input and are wiped after the step; everything else that the
 * steps have made, settings and exceptions too, is kept.
 */
final class HeapSteps {

  /** The steps, a line each; of those that leak, the secrets are to be found. */
  @SuppressWarnings("ImmutableEnumChecker") // what takes a step has no state
  enum Step {
    CREATE(s -> s.creator("new.hc").create()),
    CREATE_CASCADE(s -> s.creator("new.hc").cipher("Serpent-Twofish-AES").create()),
    CREATE_TRUECRYPT(s -> s.creator("new.hc").format("TrueCrypt").pim(0).create()),
    CREATE_BUT_FAIL(s -> fails(() -> s.creator("outer.hc").create())),
    CREATE_HIDDEN(s -> s.hiddenCreator().create()),
    CREATE_WITH_HIDDEN(
        s ->
            s.creator("new.hc")
                .size(HiddenVolumes.MIN_HOST)
                .withHidden(HiddenVolumes.MIN_SIZE, s.hiddenKeys)
                .create()),
    MOUNT(s -> s.use(s.opener().mount())),
    OPEN_BY_BACKUP(s -> s.opener().backupHeader(true).open().close()),
    OPEN_BY_AUTOMATIC_BACKUP(s -> keep(Tcplay.open(s.in("torn.hc"))).keys(s.keys).open().close()),
    OPEN_BY_KEY_FILE(
        s ->
            keep(Tcplay.open(s.outer))
                .volumeKeyFile(s.in("volume key"))
                .cipher("AES")
                .open()
                .close()),
    VERIFY(s -> s.opener().readOnly(true).open().close()),
    OPEN_HIDDEN(s -> s.hiddenOpener().open().close()),
    PROTECT_HIDDEN(s -> s.protect()),
    INFO(s -> keep(Tcplay.headers(s.outer).keys(s.keys)).info()),
    CHANGE(s -> keep(Tcplay.change(s.outer)).from(s.keys).to(s.newKeys).change()),
    CHANGE_BUT_FAIL(
        s -> fails(() -> keep(Tcplay.change(s.outer)).from(s.newKeys).to(s.keys).change())),
    CHANGE_SINGLE_HEADER(HeapSteps::changeSingle),
    BACK_UP(s -> keep(Tcplay.headers(s.outer).keys(s.keys)).backUp(s.in("headers"))),
    RESTORE(s -> keep(Tcplay.headers(s.outer).keys(s.keys)).restore()),
    RESTORE_BUT_FAIL(s -> fails(() -> Tcplay.headers(s.in("raw.hc")).keys(s.keys).restore())),
    USE_KEY(s -> keep(Tcplay.headers(s.outer).keys(s.keys)).useKey((info, key) -> keep(info))),
    EXPORT_KEY(s -> keep(Tcplay.headers(s.outer).keys(s.keys)).exportKey(s.in("exported"))),
    EXPAND(s -> keep(keep(Tcplay.expand(s.outer)).keys(s.keys).expand(LARGER))),
    EXPAND_PROTECTING(
        s ->
            keep(
                keep(Tcplay.expand(s.outer))
                    .keys(s.keys)
                    .protectHidden(s.hiddenKeys)
                    .expand(LARGER))),
    EXPAND_BUT_FAIL(s -> fails(() -> keep(Tcplay.expand(s.outer)).keys(s.keys).expand(512))),
    CREATE_KEYFILE(s -> Keyfiles.create(s.in("new keyfile"))),
    CHECK_KEYFILE(s -> keep(Keyfiles.check(List.of(s.in("keyfile"), s.folder)))),
    WRONG_PASSWORD(s -> fails(() -> s.opener().keys(s.newKeys).open())),
    WRONG_PASSWORD_BLIND(s -> fails(() -> s.blind(s.newPassword).open())),
    NO_FILE_SYSTEM(s -> fails(() -> s.raw().filesystem("fat").mount())),
    LEAK_PASSWORDS(HeapSteps::leakPasswords),
    LEAK_KEYS(s -> keep(s.opener().open())),
    LEAK_EXPORTED_KEY(
        s -> Tcplay.headers(s.outer).keys(s.keys).useKey((info, key) -> keep(key.clone()))),
    LEAK_KEYFILE(
        s -> {
          Keyfiles.create(s.in("new keyfile"));
          keep(Files.readAllBytes(s.in("new keyfile")));
        });

    private final Taken taken;

    Step(Taken taken) {
      this.taken = taken;
    }
  }

  private interface Taken {
    void by(HeapSteps steps) throws Exception;
  }

  private interface Failing {
    void run() throws IOException;
  }

  private static final long LARGER = HiddenVolumes.MIN_HOST + (256 << 10);
  private static final List<Object> KEPT = new ArrayList<>();

  private final Path folder;
  private final Path outer;
  private final byte[] password;
  private final byte[] newPassword;
  private final byte[] hiddenPassword;
  private final Keys keys;
  private final Keys newKeys;
  private final Keys hiddenKeys;

  private HeapSteps(Path folder, byte[] password, byte[] newPassword, byte[] hiddenPassword) {
    this.folder = folder;
    this.outer = in("outer.hc");
    this.password = password;
    this.newPassword = newPassword;
    this.hiddenPassword = hiddenPassword;
    keys = hinted(password).keyfile(in("keyfile")).build();
    newKeys = hinted(newPassword).keyfile(in("keyfile")).build();
    hiddenKeys = hinted(hiddenPassword).build();
  }

  /**
   * Takes steps from standard input: for each its name, the folder of its containers, and three
   * passwords, each after its length. When the heap is written, so is an empty file "ended".
   */
  public static void main(String[] arguments) throws Exception {
    // Without a buffer, which would keep passwords.
    try (FileInputStream in = new FileInputStream(FileDescriptor.in);
        DataInputStream data = new DataInputStream(in)) {
      for (String name = data.readUTF(); !name.isEmpty(); name = data.readUTF()) {
        Path folder = Path.of(data.readUTF());
        take(Step.valueOf(name), folder, password(data), password(data), password(data));
        HeapDump.write(folder.resolve("heap.hprof"));
        Files.write(
            folder.resolve("classes"),
            HeapDump.classes("dev.tcplay.crypto.kernel", "javax.crypto", "com.sun.crypto"));
        Files.createFile(folder.resolve("ended"));
      }
    }
  }

  private static void take(Step step, Path folder, byte[] first, byte[] second, byte[] third)
      throws Exception {
    HeapSteps steps = new HeapSteps(folder, first, second, third);
    try {
      KEPT.add(steps);
      step.taken.by(steps);
    } finally {
      steps.keys.close();
      steps.newKeys.close();
      steps.hiddenKeys.close();
      Arrays.fill(first, (byte) 0);
      Arrays.fill(second, (byte) 0);
      Arrays.fill(third, (byte) 0);
    }
  }

  private static byte[] password(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readUnsignedByte()];
    in.readFully(bytes);
    return bytes;
  }

  static Keys.Builder hinted(byte[] password) {
    return Keys.builder().password(password).hash("sha512").pim(1).cipher("AES");
  }

  private Path in(String name) {
    return folder.resolve(name);
  }

  private static <T> T keep(T object) {
    KEPT.add(object);
    return object;
  }

  private static void fails(Failing step) {
    try {
      step.run();
    } catch (IOException e) {
      keep(e);
      return;
    }
    throw new IllegalStateException("it did not fail");
  }

  private ContainerCreator creator(String name) {
    return keep(Tcplay.create(in(name)))
        .size(HiddenVolumes.MIN_WITHOUT)
        .password(password)
        .keyfile(in("keyfile"))
        .pim(1);
  }

  private ContainerCreator hiddenCreator() {
    return keep(Tcplay.create(outer))
        .hiddenIn(keys)
        .keys(hiddenKeys)
        .size(HiddenVolumes.MIN_SIZE)
        .replaceExisting(true);
  }

  private ContainerOpener opener() {
    return keep(Tcplay.open(outer)).keys(keys);
  }

  private ContainerOpener blind(byte[] wrong) {
    return keep(Tcplay.open(outer)).password((Supplier<?>) () -> wrong).format("TrueCrypt");
  }

  private ContainerOpener raw() {
    return keep(Tcplay.open(in("raw.hc"))).keys(keys);
  }

  private ContainerOpener hiddenOpener() {
    return keep(Tcplay.open(outer)).keys(hiddenKeys).hidden(true);
  }

  private void use(FileSystem volume) throws IOException {
    try (volume) {
      Files.writeString(volume.getPath("/letter.txt"), "dear reader");
      keep(Files.readAllBytes(volume.getPath("/letter.txt")));
      keep(volume.getPath("/letter.txt"));
    }
    keep(volume);
  }

  private void protect() throws IOException {
    ContainerOpener opener = opener().protectHidden(hiddenKeys);
    use(opener.mount());
    OpenContainer opened = keep(opener.open());
    opened.close();
  }

  /** TrueCrypt 5 has neither a backup nor a PIM. */
  private void changeSingle() throws IOException {
    try (Keys from = Keys.builder().password(password).hash("sha512").cipher("AES").build();
        Keys to = Keys.builder().password(newPassword).hash("sha512").cipher("AES").build()) {
      keep(Tcplay.change(in("old.hc"))).from(from).to(to).headerBackup(in("old header")).change();
      keep(from);
      keep(to);
    }
  }

  private void leakPasswords() {
    keep(password.clone());
    keep(new String(newPassword, StandardCharsets.UTF_8));
    char[] chars = new String(hiddenPassword, StandardCharsets.UTF_8).toCharArray();
    keep(chars);
    ByteBuffer little = StandardCharsets.UTF_16LE.encode(new String(chars));
    keep(little);
  }
}
