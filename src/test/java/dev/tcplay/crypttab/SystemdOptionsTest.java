package dev.tcplay.crypttab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.model.ContainerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The options of systemd's crypttab(5). */
@DisabledOnOs(OS.WINDOWS)
class SystemdOptionsTest {

  @Test
  void systemdsOptionsBecomeOurs() throws Exception {
    Entry entry =
        CrypttabTest.one(
            "systemd",
            "vol /x /dev/null tcrypt-hidden,tcrypt-veracrypt,tcrypt-system,tcrypt-keyfile=/a\\,b,"
                + "tcrypt-keyfile=/c,veracrypt-pim=485,header=/h,read-only,discard,noauto,tries=0,"
                + "timeout=1min30s,nofail,x-systemd.device-timeout=5");
    assertEquals(
        Map.of(
            ContainerOptions.HIDDEN,
            true,
            ContainerOptions.SYSTEM,
            true,
            ContainerOptions.READ_ONLY,
            true,
            ContainerOptions.HEADER_FILE,
            Path.of("/h")),
        entry.options());
    assertEquals(List.of(Path.of("/a,b"), Path.of("/c")), entry.keyfiles());
    assertEquals(OptionalInt.of(485), entry.pim());
    assertTrue(entry.discards());
    assertFalse(entry.automatic());
    assertEquals(0, entry.tries());
    assertEquals(Duration.ofSeconds(90), entry.timeout());
  }

  /** Options of releases up to 260 that mean nothing for TrueCrypt's format, and switches. */
  @Test
  void systemdsOtherOptionsAreKnown() throws Exception {
    Entry entry =
        CrypttabTest.one(
            "systemd",
            "vol /x - tcrypt,allow-discards,headless=no,keyfile-erase=no,veracrypt-query-pim=0,auto,"
                + "fail,password-cache=yes,link-volume-key=@u::%logon:x,fixate-volume-key=00,"
                + "tpm2-pcrlock=/p,tpm2-measure-pcr=yes,tpm2-measure-bank=sha256,fido2-pin=no");
    assertTrue(entry.discards());
    assertTrue(entry.asks());
    assertFalse(CrypttabTest.one("systemd", "vol /x - tcrypt,headless=yes").asks());
  }

  @Test
  void withoutItsOptionSystemdKnowsNeitherVeraCryptNorAPim() throws Exception {
    Entry entry = CrypttabTest.one("systemd", "vol /x - tcrypt,veracrypt-pim=485");
    assertEquals("TrueCrypt", entry.options().get(ContainerOptions.FORMAT));
    assertEquals(OptionalInt.empty(), entry.pim());
    assertTrue(entry.keys(false).isEmpty());
  }
}
