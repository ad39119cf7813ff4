package dev.tcplay.volume;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Makes volumes in memory, and opens them. */
abstract class BuiltVolumes {

  static final byte[] PASSWORD = GenuineVolumes.bytes("correct horse battery");

  FileSystem memory;
  Path folder;

  @BeforeEach
  void openMemory() throws IOException {
    memory = Jimfs.newFileSystem(Configuration.unix());
    folder = Files.createDirectory(memory.getPath("/volumes"));
  }

  @AfterEach
  void closeMemory() throws IOException {
    memory.close();
  }

  static VolumeBuilder small() {
    return new VolumeBuilder().password(PASSWORD).pim(1);
  }

  static UnlockRequest.Builder small(UnlockRequest.Builder request) {
    return request.password(PASSWORD).pim(1).hash("sha512");
  }

  Path randomFile(int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return Files.write(memory.getPath("/random" + size), bytes);
  }

  static OpenedVolume open(Path file, UnlockRequest.Builder builder) throws IOException {
    BlockDevice host = FileDevice.open(file, HostOpen.reading());
    try (UnlockRequest request = builder.build()) {
      return Unlocker.open(host, file.toString(), request);
    } catch (IOException e) {
      host.close();
      throw e;
    }
  }
}
