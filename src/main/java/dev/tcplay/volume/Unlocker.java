package dev.tcplay.volume;

import dev.tcplay.CorruptHeaderException;
import dev.tcplay.NotAContainerException;
import dev.tcplay.WrongPasswordException;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.CryptDevice;
import dev.tcplay.block.FileDevice;
import dev.tcplay.block.LinearDevice;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Opens volumes. A header does not say how it is encrypted, so every function and chain that the
 * request leaves open is tried, the cheap ones first.
 */
public final class Unlocker {

  private final String hostName;
  private final UnlockRequest request;

  private Unlocker(String hostName, UnlockRequest request) {
    this.hostName = hostName;
    this.request = request;
  }

  /**
   * Opens the volume in a host. This may take a minute when nothing is known of the volume; an
   * interrupt ends it.
   *
   * @param host holds the container from its first byte to its last; the volume takes it over, but
   *     stays with the caller when this method throws
   * @param hostName what exceptions call the host
   * @param request what to open it with; the caller keeps and closes it
   * @throws WrongPasswordException if no header opens; the message says what was tried
   * @throws NotAContainerException if the host, or the file of headers, has an impossible size
   * @throws CorruptHeaderException if a header opens and one of its fields cannot be
   * @throws InterruptedIOException if the thread is interrupted while keys are derived; its flag
   *     stays set
   * @throws IllegalStateException if the request is closed
   * @throws IOException if a header or a keyfile cannot be read, or the heap cannot hold Argon2id
   *     that was asked for by name
   */
  public static OpenedVolume open(BlockDevice host, String hostName, UnlockRequest request)
      throws IOException {
    try (UnlockedHeader header = unlock(host, hostName, request)) {
      return mount(host, hostName, header);
    }
  }

  /** Returns the header that the request opens, its fields not yet checked. */
  static UnlockedHeader unlock(BlockDevice host, String hostName, UnlockRequest request)
      throws IOException {
    return new Unlocker(hostName, request).header(host);
  }

  /** Returns the volume that a header describes, with keys of its own. */
  static OpenedVolume mount(BlockDevice host, String hostName, UnlockedHeader header)
      throws CorruptHeaderException {
    DataArea area = DataArea.locate(header.fields(), header.slot(), host.size(), hostName);
    BlockDevice window = new LinearDevice(host, area.offset(), area.length());
    BlockDevice plaintext = new CryptDevice(window, header.dataCipher(), area.firstUnit());
    return new OpenedVolume(plaintext, header.info(area));
  }

  private UnlockedHeader header(BlockDevice host) throws IOException {
    Path headerFile = request.headerFile();
    if (headerFile != null) {
      try (BlockDevice device = FileDevice.open(headerFile, true, false, hostName)) {
        return find(host, Layout.headerFile(device, headerFile.toString(), request.kind()));
      }
    }
    BlockDevice device = request.headerDevice();
    if (device != null) {
      return find(host, Layout.headerFile(device, hostName, request.kind()));
    }
    return find(
        host,
        request.backupHeader()
            ? Layout.backups(host, hostName, request.kind())
            : Layout.headers(host, hostName, request.kind()));
  }

  private UnlockedHeader find(BlockDevice host, List<HeaderSlot> slots) throws IOException {
    TrialPlan plan = TrialPlan.of(slots, request);
    if (plan.stages().isEmpty()) {
      throw new NotAContainerException(
          hostName, "%d bytes are too short for a VeraCrypt volume".formatted(host.size()));
    }
    byte[] password = request.secrets().derivationInput();
    try {
      HeaderSearch search =
          new HeaderSearch(plan, BlockDeriver.of(password), request.progressListener());
      UnlockedHeader header = search.run();
      if (header != null) {
        return header;
      }
      throw notFound(plan, search.skipped());
    } catch (InterruptedException e) {
      throw Interrupts.asIoException(e);
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  private FileSystemException notFound(TrialPlan plan, Map<HeaderTrial, String> skipped) {
    for (HeaderTrial trial : plan.trials().toList()) {
      if (trial.metDamage()) {
        return new CorruptHeaderException(
            hostName, "wrong CRC in the %s".formatted(trial.slot().name()));
      }
    }
    String missing = skipped.values().stream().findFirst().orElse("");
    if (request.hash() != null && !skipped.isEmpty()) {
      return new FileSystemException(hostName, null, missing);
    }
    return new WrongPasswordException(
        hostName,
        "wrong password, PIM or keyfiles, or not a volume (%s%s)"
            .formatted(
                plan.describe(skipped.keySet()),
                skipped.isEmpty() ? "" : "; not tried: " + missing));
  }
}
