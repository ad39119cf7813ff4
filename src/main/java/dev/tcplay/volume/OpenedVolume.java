package dev.tcplay.volume;

import dev.tcplay.VolumeInfo;
import dev.tcplay.block.BlockDevice;

/**
 * A volume whose header was opened.
 *
 * @param plaintext the decrypted data area; closing it wipes the keys and closes the host
 * @param info what the header says, none of it secret
 */
public record OpenedVolume(BlockDevice plaintext, VolumeInfo info) {}
