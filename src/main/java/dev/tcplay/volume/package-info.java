/**
 * TrueCrypt and VeraCrypt headers, keyfiles, unlocking and making volumes.
 *
 * <p>A header is 512 bytes, 64 of salt and the rest encrypted under a key that is derived from the
 * password. A {@link dev.tcplay.volume.HeaderFamily} is a generation of volumes: its {@link
 * dev.tcplay.volume.VolumeLayout} says where headers stand and holds every field against the host,
 * its {@link dev.tcplay.volume.HeaderCodec} reads them. {@link dev.tcplay.volume.TrialPlan} says
 * which functions, modes and chains to try on them, and {@link dev.tcplay.volume.HeaderSearch} runs
 * the trials. What remains is a stack of devices, which {@link dev.tcplay.volume.Unlocker} builds.
 */
@NullMarked
package dev.tcplay.volume;

import org.jspecify.annotations.NullMarked;
