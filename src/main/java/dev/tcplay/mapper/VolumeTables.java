package dev.tcplay.mapper;

import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherLayer;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.model.Encryption;
import dev.tcplay.model.VolumeInfo;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The tables by which dm-crypt, and {@link DeviceMapper}, map the plaintext of a volume. */
public final class VolumeTables {

  private static final String SYSTEM = "system";

  private VolumeTables() {}

  /**
   * Returns a device for each cipher of a volume, the one that stands on the container first:
   * {@code NAME.0}, {@code NAME.1} and {@code NAME} of a cascade of three, as tcplay names them.
   *
   * @param name the device of the plaintext
   * @param volume the facts of the volume
   * @param key its master key, as {@link dev.tcplay.model.VolumeKeyUser} has it; the caller wipes
   *     it
   * @param device what tables name the container by
   * @param shift bytes before the container in that device, a multiple of 512
   * @return devices whose tables the caller closes
   * @throws IllegalArgumentException if the name or the device cannot stand in a table
   * @throws FileSystemException if dm-crypt has no such ciphers or cannot chain them, or the volume
   *     is a system drive, of which only a part is encrypted, or a plain image
   */
  public static List<DeviceTable> of(
      String name, VolumeInfo volume, byte[] key, String device, long shift)
      throws FileSystemException {
    if (volume.kind().equals(SYSTEM)) {
      throw unmappable(
          device, "a system drive is encrypted in a part only, which no table of one volume says");
    }
    Encryption encryption =
        volume
            .encryption()
            .orElseThrow(() -> unmappable(device, "a plain image has no table of crypt"));
    CipherMode mode =
        CipherMode.all().stream()
            .filter(each -> each.id().equals(encryption.mode()))
            .findFirst()
            .orElseThrow();
    CipherSuite suite = new CipherSuite(mode, CipherChain.parse(encryption.cipher()));
    List<CipherLayer> layers = layers(suite, key, device);
    try {
      return tables(name, volume, layers, device, shift);
    } finally {
      layers.forEach(layer -> Arrays.fill(layer.key(), (byte) 0));
    }
  }

  private static List<CipherLayer> layers(CipherSuite suite, byte[] key, String device)
      throws FileSystemException {
    try {
      return CipherLayer.ofLinux(suite, key);
    } catch (IllegalArgumentException e) {
      throw unmappable(device, String.valueOf(e.getMessage()));
    }
  }

  private static FileSystemException unmappable(String device, String reason) {
    return new FileSystemException(device, null, reason);
  }

  private static List<DeviceTable> tables(
      String name, VolumeInfo volume, List<CipherLayer> layers, String device, long shift) {
    List<DeviceTable> tables = new ArrayList<>();
    String below = device;
    long offset = (shift + volume.dataOffset()) / TargetType.SECTOR;
    for (int i = 0; i < layers.size(); i++) {
      CipherLayer layer = layers.get(i);
      List<String> words =
          List.of(
              layer.spec().toString(),
              Long.toString(volume.firstUnit()),
              below,
              Long.toString(offset));
      String own = i == layers.size() - 1 ? name : name + "." + i;
      try {
        tables.add(table(own, volume, words, layer.key()));
      } catch (RuntimeException | Error e) {
        tables.forEach(table -> table.table().close());
        throw e;
      }
      below = "/dev/mapper/" + own;
      offset = 0;
    }
    return tables;
  }

  private static DeviceTable table(String name, VolumeInfo volume, List<String> words, byte[] key) {
    long sectors = volume.dataLength() / TargetType.SECTOR;
    TableLine line = TableLine.crypt(0, sectors, words, key);
    try {
      return new DeviceTable(name, Table.of(List.of(line)));
    } catch (MalformedTableException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      line.wipe();
      throw e;
    }
  }
}
