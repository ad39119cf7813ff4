package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.VolumeInfo;
import java.util.List;

/**
 * A volume whose header was opened.
 *
 * @param plaintext the decrypted data area; closing it wipes the keys and closes the host. It is
 *     read-only if the host is, or holds less than the header says
 * @param info what the header says, none of it secret
 * @param warnings what is amiss though the volume opened, a sentence each
 */
public record OpenedVolume(BlockDevice plaintext, VolumeInfo info, List<String> warnings) {}
