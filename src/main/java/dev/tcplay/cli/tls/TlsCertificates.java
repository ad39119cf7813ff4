package dev.tcplay.cli.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CRL;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The folder by which a server proves who it is and may know its clients, with the file names of
 * GnuTLS that NBD programs use: {@code server-cert.pem} and {@code server-key.pem} are its own,
 * {@code ca-cert.pem} has signed the certificate that each client must show, and {@code
 * ca-crl.pem}, which may be missing, lists those that no longer count.
 */
public final class TlsCertificates {

  private static final String AUTHORITY = "ca-cert.pem";
  private static final String REVOKED = "ca-crl.pem";
  private static final String CERTIFICATE = "server-cert.pem";
  private static final String KEY = "server-key.pem";

  /** Of a store that never leaves the memory. */
  private static final char[] NO_PASSWORD = {};

  /** What the key signs to show that it is the certificate's; any bytes will do. */
  private static final byte[] PROOF = new byte[32];

  /** Makes an object of one block of a file. */
  private interface Maker<T> {
    T make(CertificateFactory factory, ByteArrayInputStream block) throws GeneralSecurityException;
  }

  private final Path folder;

  private TlsCertificates(Path folder) {
    this.folder = folder;
  }

  /**
   * Returns what lets clients in that show a certificate which counts here.
   *
   * @throws IOException if a file is missing or is not what its name says; the message names it
   */
  public static SSLContext mutual(Path folder) throws IOException {
    TlsCertificates certificates = new TlsCertificates(folder);
    KeyManager[] own = certificates.own();
    return certificates.context(own, certificates.trusted());
  }

  /**
   * Returns what only shows clients who the server is; the files for their certificates are not
   * looked at.
   *
   * @throws IOException if a file is missing or is not what its name says; the message names it
   */
  public static SSLContext server(Path folder) throws IOException {
    TlsCertificates certificates = new TlsCertificates(folder);
    return certificates.context(certificates.own(), null);
  }

  private SSLContext context(KeyManager[] own, TrustManager @Nullable [] trusted)
      throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own, trusted, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw noTls(e);
    }
  }

  private KeyManager[] own() throws IOException {
    List<X509Certificate> own = certificates(CERTIFICATE);
    PrivateKey key = PrivateKeys.read(folder.resolve(KEY));
    checkPair(own.get(0).getPublicKey(), key);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key, NO_PASSWORD, own.toArray(Certificate[]::new));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, NO_PASSWORD);
      return keys.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw noTls(e);
    }
  }

  private TrustManager[] trusted() throws IOException {
    List<X509Certificate> authorities = certificates(AUTHORITY);
    List<CRL> revoked =
        Files.exists(folder.resolve(REVOKED))
            ? blocks(REVOKED, "X509 CRL", CertificateFactory::generateCRL)
            : List.of();
    try {
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(new CertPathTrustManagerParameters(clients(authorities, revoked)));
      return trust.getTrustManagers();
    } catch (GeneralSecurityException e) {
      throw noTls(e);
    }
  }

  private FileSystemException noTls(GeneralSecurityException e) {
    return new FileSystemException(folder.toString(), null, "no TLS with it: " + e.getMessage());
  }

  private static PKIXBuilderParameters clients(List<X509Certificate> authorities, List<CRL> revoked)
      throws GeneralSecurityException {
    Set<TrustAnchor> anchors = new HashSet<>();
    for (X509Certificate authority : authorities) {
      anchors.add(new TrustAnchor(authority, null));
    }
    PKIXBuilderParameters clients = new PKIXBuilderParameters(anchors, new X509CertSelector());
    clients.setRevocationEnabled(!revoked.isEmpty());
    clients.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(revoked)));
    return clients;
  }

  private List<X509Certificate> certificates(String file) throws IOException {
    return blocks(
        file,
        "CERTIFICATE",
        (factory, block) -> (X509Certificate) factory.generateCertificate(block));
  }

  private <T> List<T> blocks(String name, String label, Maker<T> maker) throws IOException {
    Path file = folder.resolve(name);
    List<T> made = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (PemBlock block : PemBlock.read(file)) {
        if (block.label().equals(label)) {
          made.add(maker.make(factory, new ByteArrayInputStream(block.bytes())));
        }
      }
    } catch (GeneralSecurityException e) {
      throw new FileSystemException(file.toString(), null, "a damaged " + label);
    }
    if (made.isEmpty()) {
      throw new FileSystemException(file.toString(), null, "has no " + label + " in PEM");
    }
    return made;
  }

  /** Without this a pair that does not fit is found by the first client only. */
  private void checkPair(PublicKey certified, PrivateKey key) throws IOException {
    String scheme =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    boolean fits;
    try {
      Signature signature = Signature.getInstance(scheme);
      signature.initSign(key);
      signature.update(PROOF);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(PROOF);
      fits = signature.verify(signed);
    } catch (GeneralSecurityException e) {
      fits = false;
    }
    if (!fits) {
      throw new FileSystemException(
          folder.resolve(KEY).toString(), null, "is not the key of " + CERTIFICATE);
    }
  }
}
