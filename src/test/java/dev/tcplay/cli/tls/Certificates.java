package dev.tcplay.cli.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.testing.Judge;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/**
 * Certificates that openssl makes: {@code server} and {@code client} are folders as programs want
 * them, {@code stranger} holds what another authority has signed, and {@code authority} has no
 * certificate of its own.
 */
public final class Certificates {

  private static final String MAKE =
      """
      set -e
      cd "$0"
      mkdir server client stranger authority
      authority() {
        openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out $1.key
        openssl req -x509 -new -key $1.key -subj "/CN=$1" -days 2 -out $1.pem \\
          -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign,cRLSign
      }
      signed() { # authority, folder, what, use
        [ -f $2/$3-key.pem ] ||
          openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out $2/$3-key.pem
        openssl req -new -key $2/$3-key.pem -subj "/CN=$3" -out r.csr
        printf '%s\\n' basicConstraints=critical,CA:false keyUsage=critical,digitalSignature \\
          extendedKeyUsage=$4 subjectAltName=DNS:localhost,IP:127.0.0.1 >r.ext
        openssl x509 -req -in r.csr -CA $1.pem -CAkey $1.key -CAcreateserial -days 2 \\
          -extfile r.ext -out $2/$3-cert.pem
      }
      authority ours
      authority theirs
      sh -c "$1" "$0/server/server-key.pem"
      signed ours server server serverAuth
      signed ours client client clientAuth
      signed theirs stranger client clientAuth
      for each in server client stranger authority; do cp ours.pem $each/ca-cert.pem; done
      """;

  private static final String REVOKE =
      """
      set -e
      cd "$0"
      : >index
      printf '[ca]\\ndefault_ca=c\\n[c]\\ndatabase=index\\ndefault_md=sha256\\n' >ca.cnf
      revoke() { openssl ca -config ca.cnf -cert ours.pem -keyfile ours.key "$@"; }
      if [ "$1" != nobody ]; then revoke -revoke client/client-cert.pem; fi
      revoke -gencrl -crldays 2 -out server/ca-crl.pem
      """;

  /** The commands by which a key is made in the forms that programs write. */
  public static final String PKCS8_EC =
      "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out $0";

  public static final String SEC1_EC = "openssl ecparam -name prime256v1 -genkey -out $0";
  public static final String PKCS1_RSA = "openssl genrsa -traditional -out $0 2048";
  public static final String PKCS8_RSA = "openssl genrsa -out $0 2048";
  public static final String PKCS8_ED25519 = "openssl genpkey -algorithm ed25519 -out $0";

  private final Path folder;

  /** Makes all of them in a new folder, the key of the server by a command. */
  public Certificates(Path parent, String key) throws Exception {
    Judge.run("openssl", "version");
    folder = Files.createTempDirectory(parent, "tls");
    run(MAKE, key);
  }

  /** Makes all of them in a new folder. */
  public Certificates(Path parent) throws Exception {
    this(parent, PKCS8_EC);
  }

  private void run(String script, String argument) throws Exception {
    Judge.Verdict made = Judge.run("bash", "-c", script, folder.toString(), argument);
    assertEquals(0, made.status(), made.output());
  }

  /** Makes a list of those that do not count any more: the client's or none. */
  public void revoke(boolean client) throws Exception {
    run(REVOKE, client ? "client" : "nobody");
  }

  /** Returns a folder. */
  public Path of(String who) {
    return folder.resolve(who);
  }

  /** Returns the client as a server's folder is read, so that a test can be the client. */
  public SSLContext client() throws Exception {
    Path own = Files.createDirectory(folder.resolve("own"));
    Files.copy(of("client").resolve("client-cert.pem"), own.resolve("server-cert.pem"));
    Files.copy(of("client").resolve("client-key.pem"), own.resolve("server-key.pem"));
    Files.copy(of("client").resolve("ca-cert.pem"), own.resolve("ca-cert.pem"));
    return TlsCertificates.mutual(own);
  }
}
