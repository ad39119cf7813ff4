/** Certificates and keys for servers, from the PEM files of a folder. */
@NullMarked
package dev.tcplay.cli.tls;

import org.jspecify.annotations.NullMarked;
